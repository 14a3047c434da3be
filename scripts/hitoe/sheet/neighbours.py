"""Neighbours: blocks that may stand on one page. What is blanked in one of them must not be read in another."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hitoe.paper import Geometry
from hitoe.sheet import echoes
from hitoe.sheet.blocks import Block
from hitoe.sheet.echoes import Blank

POINT = 25.4 / 72
"""A pt in mm."""
LEADING = 1.2
"""The least height of a line, in em."""
WIDE, WIDTHS = "\u2e80", (0.4, 0.75)
"""From which character on letters are wide, and how wide letters before and after it are at least on average, in em."""


class Reading(NamedTuple):
    """What can be read in a block whose answers are blanked, and these."""

    blanks: Sequence[Blank]
    seen: str


def strange(
    blocks: Sequence[Block], readings: Sequence[Reading], geometry: Geometry, size: float
) -> dict[int, list[str]]:
    """Return what is blanked in a block's neighbours and can be read in it, by the block's number in `blocks`.

    The blocks are in the order in which they are printed, with letters of `size` pt. Nothing was measured yet: blocks
    are neighbours if it takes little enough room what stands between them at least.
    """
    asked = [_asked(reading) for reading in readings]
    heights = [_least(block, reading, geometry, size) for block, reading in zip(blocks, readings, strict=True)]
    reach = geometry.columns * geometry.room
    found = {
        index: echoes.told({words for other in _near(index, heights, reach) for words in asked[other]}, reading.seen)
        for index, reading in enumerate(readings)
    }
    return {index: words for index, words in found.items() if words}


def _asked(reading: Reading) -> list[str]:
    """Return what is blanked in a block and cannot be read there."""
    seen = echoes.letters(reading.seen)
    return [blank.text for blank in reading.blanks if echoes.letters(blank.text) not in seen]


def _near(index: int, heights: Sequence[float], reach: float) -> Iterator[int]:
    """Yield the numbers of the blocks between which and this one there is less than a page."""
    for way in (range(index - 1, -1, -1), range(index + 1, len(heights))):
        between = 0.0
        for other in way:
            if between >= reach:
                break
            yield other
            between += heights[other]


def _least(block: Block, reading: Reading, geometry: Geometry, size: float) -> float:
    """Return how high a block is at least in mm: as its lines of text, or as its strips with a line each."""
    ems = sum(WIDTHS[letter >= WIDE] for letter in reading.seen)
    lines = max(ems * size * POINT / geometry.column, sum(piece.strips for piece in block.pieces))
    return LEADING * size * POINT * lines
