"""Levels: every piece is as high as in the edition where it is highest, so that all editions have the same places."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hitoe.sheet.blocks import Block
from hitoe.sheet.measuring import BlockHeight, PieceHeight
from hitoe.sheet.pages import Page

Levels = Mapping[str, PieceHeight]
"""The heights of items by path."""
NOTHING = 0.0001
"""What is not seen, in mm."""
TITLES = frozenset({"steps-title", "code-title"})
"""Classes of what stands before the first strip of an item; of a table it is the caption."""


def highest(editions: Sequence[Sequence[BlockHeight]]) -> list[BlockHeight]:
    """Return for each block its greatest heights, strip by strip."""
    return [
        BlockHeight(
            bar=max(each.bar for each in block),
            continued=max(each.continued for each in block),
            pieces=[_highest(piece) for piece in zip(*(each.pieces for each in block), strict=True)],
            sources=max(each.sources for each in block),
        )
        for block in zip(*editions, strict=True)
    ]


def _highest(pieces: Sequence[PieceHeight]) -> PieceHeight:
    return PieceHeight(
        lead=max(each.lead for each in pieces),
        strips=[max(strip) for strip in zip(*(each.strips for each in pieces), strict=True)],
        tail=max(each.tail for each in pieces),
    )


def levels(blocks: Sequence[Block], heights: Sequence[BlockHeight]) -> Levels:
    """Return the heights of all items, and by the keys of blocks those of their sources."""
    return {
        path: height
        for block, measured in zip(blocks, heights, strict=True)
        for path, height in [
            *((f"{block.key}.{piece.key}", own) for piece, own in zip(block.pieces, measured.pieces, strict=True)),
            (block.key, PieceHeight(0.0, [measured.sources])),
        ]
    }


def level(root: Any, pages: Sequence[Page], heights: Levels, own: Levels) -> None:
    """Make the strips in the tree of a sheet as high as `heights` say, and begin there, where `own` says how they are.

    The pages are what it was printed from; whether it has all that is on them is for the proofreader to tell.
    """
    parts = [part for page in pages for column in page.columns for part in column]
    sourced = (part for part in parts if part.ends and part.block.sources)
    for sources, part in zip(
        (each for each in root.iter() if each.get("data-role") == "sources"), sourced, strict=False
    ):
        sources.set("style", f"min-height:{heights[part.block.key].strips[0]:.4f}mm")
    cuts = ((part.path(cut), cut) for part in parts for cut in part.cuts)
    items = (element for element in root.iter() if element.get("data-role") == "item")
    for item, (path, cut) in zip(items, cuts, strict=False):
        _lower(item, heights[path].lead - own[path].lead)
        strips = [inner for inner in item.iter() if inner.get("data-role") == "strip"]
        most = list(_own(heights[path], cuttable=bool(strips)))[cut.start : cut.stop]
        for strip, height in zip(strips or [item], most, strict=False):
            kind = "height" if strip.tag == "tr" else "min-height"
            strip.set("style", f"{strip.get('style', '')};{kind}:{height:.4f}mm".lstrip(";"))


def _lower(item: Any, by: float) -> None:
    """Set the strips of an item lower: its title is longer in another edition."""
    if by < NOTHING:
        return
    for title in list(item.iter()):
        if title.tag == "caption" or TITLES.intersection(title.get("class", "").split()):
            title.append(title.makeelement("span", {"style": f"display:block;height:{by:.4f}mm"}))


def _own(height: PieceHeight, *, cuttable: bool) -> Iterator[float]:
    """Yield how high strips are without what stands before the first and below the last."""
    last = len(height.strips) - 1
    for index, whole in enumerate(height.strips):
        yield whole - cuttable * ((height.lead if index == 0 else 0.0) + (height.tail if index == last else 0.0))
