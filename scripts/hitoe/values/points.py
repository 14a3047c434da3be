"""The points of an entry: bullets for the log, nested as YAML lists below the bullet before them."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Discriminator, Tag
from typing_extensions import TypeAliasType

from hitoe.text import Text
from hitoe.values.scalars import Prose

Bullet = TypeAliasType(  # type: ignore[misc]
    "Bullet",
    Annotated[
        Annotated[Prose, Tag(":text")] | Annotated[tuple["Bullet", ...], Tag(":list")],  # type: ignore[misc]
        Discriminator(lambda value: ":list" if isinstance(value, list | tuple) else ":text"),
    ],
)
"""A bullet's text, or the list of the bullets below the one before."""


@dataclass(frozen=True, slots=True)
class Point:
    """A bullet and the bullets below it."""

    text: Text
    children: tuple["Point", ...] = ()


def nested(bullets: tuple[Any, ...]) -> tuple[Point, ...]:
    """Return the bullets as a tree. Each nested list must have a bullet before it, which `checks` verifies."""
    points: list[Point] = []
    for bullet in bullets:
        if isinstance(bullet, Text):
            points.append(Point(bullet))
        else:
            points[-1] = Point(points[-1].text, points[-1].children + nested(bullet))
    return tuple(points)
