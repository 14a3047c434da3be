"""Replaces nodes of a text, wherever they stand in it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from hitoe.text import Bullets, ClozeSpan, Emphasis, Inline, Link, Numbers, Paragraph, Strong


def rewritten(nodes: Iterable[Any], instead: Callable[[Any], Iterable[Inline] | None]) -> tuple[Any, ...]:
    """Return nodes with others in place of each node for which `instead` returns some; None: look into it.

    Formulas and blocks of code stay as they are.
    """
    found: list[Any] = []
    for node in nodes:
        if (others := instead(node)) is not None:
            found += others
        elif isinstance(node, Bullets | Numbers):
            found.append(replace(node, items=tuple(rewritten(item, instead) for item in node.items)))
        elif isinstance(node, Paragraph | Strong | Emphasis | Link | ClozeSpan):
            found.append(replace(node, children=rewritten(node.children, instead)))
        else:
            found.append(node)
    return tuple(found)
