"""Nested bullets of the log: a list, in which a list holds the children of the element before it."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Discriminator, Tag
from typing_extensions import TypeAliasType

from hitoe.text import Text
from hitoe.values.scalars import Prose


def _shape(value: Any) -> str:
    return ":list" if isinstance(value, list | tuple) else ":text"


Bullet = TypeAliasType(  # type: ignore[misc]
    "Bullet",
    Annotated[
        Annotated[Prose, Tag(":text")] | Annotated[tuple["Bullet", ...], Tag(":list")],  # type: ignore[misc]
        Discriminator(_shape),
    ],
)
"""A bullet's text, or the list of the bullets below the one before."""


@dataclass(frozen=True, slots=True)
class Point:
    """A bullet and the bullets below it."""

    text: Text
    children: tuple["Point", ...] = ()


def nested(bullets: tuple[Any, ...]) -> tuple[Point, ...]:
    """Return the bullets as a tree. A list that has no bullet before it must have been refused earlier."""
    points: list[Point] = []
    for bullet in bullets:
        if isinstance(bullet, Text):
            points.append(Point(bullet))
        else:
            points[-1] = Point(points[-1].text, points[-1].children + nested(bullet))
    return tuple(points)
