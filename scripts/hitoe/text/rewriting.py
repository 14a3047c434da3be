"""Replaces nodes of a text, wherever they stand in it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from hitoe.text import Bullets, Fence, Formula, Inline, Numbers


def mapped(node: Any, change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Any:
    """Return a node with what `change` makes of its children, and of the blocks of each item if it is a list."""
    if isinstance(node, Bullets | Numbers):
        return replace(node, items=tuple(map(change, node.items)))
    children = getattr(node, "children", ())
    return replace(node, children=change(children)) if children else node


def rewritten(nodes: Iterable[Any], instead: Callable[[Any], Iterable[Inline] | None]) -> tuple[Any, ...]:
    """Return nodes with others in place of each node for which `instead` returns some; None: look into it.

    Formulas and blocks of code stay as they are.
    """
    found: list[Any] = []
    for node in nodes:
        if (others := instead(node)) is not None:
            found += others
        elif isinstance(node, Formula | Fence):
            found.append(node)
        else:
            found.append(mapped(node, lambda inner: rewritten(inner, instead)))
    return tuple(found)
