"""Loosening: an item in which text stands out of its column or cell is set again, with narrower and looser lines.

WeasyPrint may leave on a line what must not begin the next one, where an element ends before it, however long the line
is then. In a loose item phrases may be broken, and lines end early enough for such a sign or two.
"""

from collections.abc import Collection
from typing import Any

from hitoe.typography.line_breaking import GLUE


def loosen(root: Any, paths: Collection[str]) -> None:
    """Loosen the items of a tree that have these paths."""
    for item in root.iter():
        if item.get("data-role") == "item" and item.get("data-path") in paths:
            item.set("class", f"{item.get('class', '')} loose".lstrip())
            for element in item.iter():
                element.text = element.text and element.text.replace(GLUE, "")
                if element is not item:
                    element.tail = element.tail and element.tail.replace(GLUE, "")
