"""Neighbours: blocks that may stand on one page. What is blanked in one of them must not be read in another."""

from collections.abc import Iterator, Sequence

from hitoe.sheet import echoes
from hitoe.sheet.blanks import Blanked
from hitoe.sheet.echoes import Blank
from hitoe.sheet.measuring import BlockHeight


def strange(
    names: Sequence[str], heights: Sequence[BlockHeight], reach: float, blanked: Blanked
) -> dict[str, list[Blank]]:
    """Return for each block the blanks of its neighbours whose words can be read in it; others are not named.

    The names of the blocks, and their heights, are in the order in which they are printed; `reach` is how much a page
    holds, in mm.
    """
    asked = [_asked(name, blanked) for name in names]
    found = {
        name: [blank for other in _near(index, heights, reach) for blank in echoes.told(asked[other], seen)]
        for index, name in enumerate(names)
        if (seen := blanked.seen.get(name))
    }
    return {name: blanks for name, blanks in found.items() if blanks}


def _asked(name: str, blanked: Blanked) -> list[Blank]:
    """Return the blanks of a block whose words cannot be read in the block itself."""
    seen = echoes.letters(blanked.seen.get(name, ""))
    return [blank for blank in blanked.key.get(name, ()) if echoes.letters(blank.text) not in seen]


def _near(index: int, heights: Sequence[BlockHeight], reach: float) -> Iterator[int]:
    """Yield the numbers of the blocks between which and this one there is less than a page."""
    for way in (range(index - 1, -1, -1), range(index + 1, len(heights))):
        between = 0.0
        for other in way:
            if between >= reach:
                break
            yield other
            between += _height(heights[other])


def _height(block: BlockHeight) -> float:
    return block.bar + sum(sum(piece.strips) for piece in block.pieces) + block.sources
