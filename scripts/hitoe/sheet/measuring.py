"""How high things are when set in a column: read off WeasyPrint's boxes, in mm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hitoe.sheet.blocks import Block

PX = 25.4 / 96
"""A CSS pixel in mm."""
DIGITS = 4
"""Of heights in mm, behind the point: what is as high as before must not differ from it by how floats were added."""


@dataclass(frozen=True, slots=True)
class PieceHeight:
    """The heights of an item: `lead` is what stands before its first strip and again after a cut, a table's head say.

    The lead is part of the first strip, the item's bottom edge, `tail`, part of the last.
    """

    lead: float
    strips: Sequence[float]
    tail: float = 0.0


@dataclass(frozen=True, slots=True)
class BlockHeight:
    """The heights of a block: its bar, the bar where the block goes on in another column, its items, its sources."""

    bar: float
    continued: float
    pieces: Sequence[PieceHeight]
    sources: float


def boxes(box: Any) -> Iterator[Any]:
    """Yield a WeasyPrint box and all boxes within it, in reading order."""
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def with_role(box: Any, *roles: str) -> Iterator[Any]:
    """Yield the boxes within a box whose elements have one of the roles as `data-role`, in reading order."""
    seen = set()
    for inner in boxes(box):
        element = inner.element
        # The lines and letters of an element, and what CSS makes before and after it, name the same element.
        if element is not None and element.get("data-role") in roles and id(element) not in seen:
            seen.add(id(element))
            yield inner


def height(page: Any, block: Block) -> BlockHeight:
    """Return the heights of a block that was laid out on a page of its own."""
    marked = with_role(page, "bar", "item", "sources")
    return BlockHeight(
        bar=_height(next(marked)),
        continued=_height(next(marked)),
        pieces=[_piece(next(marked)) for _ in block.pieces],
        sources=_height(next(marked)) if block.sources else 0.0,
    )


def heights(page: Any, *roles: str) -> list[float]:
    """Return how high all is on a page that has one of the roles, in reading order."""
    return [_height(box) for box in with_role(page, *roles)]


def _piece(item: Any) -> PieceHeight:
    top, bottom = item.position_y * PX, item.position_y * PX + _height(item)
    strips = list(with_role(item, "strip")) or [item]
    edges = [box.position_y * PX for box in strips]
    lead = edges[0] - top
    tail = bottom - edges[-1] - _height(strips[-1])
    edges[0] = top
    own = [round(after - before, DIGITS) for before, after in pairwise([*edges, bottom])]
    return PieceHeight(round(lead, DIGITS), own, round(tail, DIGITS))


def _height(box: Any) -> float:
    return round(float(box.margin_height()) * PX, DIGITS)
