"""Where things were laid out: read off WeasyPrint's boxes.

WeasyPrint has no public way to the boxes of a page. This module alone reads the private one, to measure and validate.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

PX = 25.4 / 96
"""A CSS pixel in mm."""
DIGITS = 4
"""Decimals of heights in mm: equal heights must not differ by how floats were added."""
FIGURE = "{http://www.w3.org/2000/svg}svg"


class ItemHeight(NamedTuple):
    """The heights of an item in mm.

    `lead` is what stands before its first strip and again after a cut, a table's head for instance. It is part of the
    first strip.
    """

    lead: float
    strips: Sequence[float]


class BlockHeight(NamedTuple):
    """The heights of a block in mm: its bar, the bar where it goes on in another column, its items, its sources."""

    bar: float
    continued: float
    items: Sequence[ItemHeight]
    sources: float


def root(page: Any) -> Any:
    """Return the outermost box of a page of a WeasyPrint document."""
    return page._page_box


def role(box: Any) -> str:
    """Return the `data-role` of the element that a box belongs to, empty if it has none."""
    return "" if box.element is None else str(box.element.get("data-role", ""))


def answer(element: Any, printed: str) -> str:
    """Return the letters of the answer if an element is the number of its blank, else what is `printed` of it."""
    return printed if element is None else str(element.get("data-blank", printed))


def words(element: Any) -> Iterator[str]:
    """Yield the words of an element of a figure."""
    yield answer(element, element.text or "")
    for child in element:
        yield from words(child)
        yield child.tail or ""


def with_role(box: Any, *roles: str) -> Iterator[Any]:
    """Yield the boxes within a box whose elements have one of the roles as `data-role`, in reading order."""
    seen = set()
    for inner in box.descendants():
        # An element's lines and texts, and what CSS adds before and after it, belong to the same element.
        if role(inner) in roles and id(inner.element) not in seen:
            seen.add(id(inner.element))
            yield inner


def is_text(box: Any) -> bool:
    """Return whether a box is a piece of text in a line."""
    return type(box).__name__ == "TextBox"


def is_block(box: Any) -> bool:
    """Return whether a box is as wide as there is room, no line in it."""
    return type(box).__name__ == "BlockBox"


def is_generated(box: Any) -> bool:
    """Return whether CSS made a box, the number of a step for instance."""
    return "::" in box.element_tag


def is_cell(box: Any) -> bool:
    """Return whether a box is a cell of a table."""
    return type(box).__name__ == "TableCellBox"


def is_figure(box: Any) -> bool:
    """Return whether a box is a drawing."""
    return box.element is not None and box.element.tag == FIGURE


def formula(box: Any) -> str:
    """Return the TeX of the formula that a box is the drawing of, empty if it is none."""
    return "" if box.element is None else str(box.element.get("data-formula", ""))


def height(page: Any) -> BlockHeight:
    """Return the heights of a block that was laid out on a page of its own, with both bars."""
    bar, continued, *rest = with_role(root(page), "bar", "item", "sources")
    items = [_item(box) for box in rest if role(box) == "item"]
    return BlockHeight(_height(bar), _height(continued), items, sum(map(_height, rest[len(items) :])))


def _item(item: Any) -> ItemHeight:
    top = item.position_y * PX
    first, *others = [box.position_y * PX for box in with_role(item, "strip")] or [top]
    edges = [top, *others, top + _height(item)]
    return ItemHeight(round(first - top, DIGITS), [round(after - before, DIGITS) for before, after in pairwise(edges)])


def _height(box: Any) -> float:
    return round(float(box.margin_height()) * PX, DIGITS)
