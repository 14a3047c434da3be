"""Which parts of which blocks stand on which page, with the gaps between them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import floor, inf
from typing import NamedTuple

from hitoe.sheet.layout import packing
from hitoe.sheet.layout.blocks import Block, BlockItem, Cut
from hitoe.sheet.layout.boxes import BlockHeight
from hitoe.sheet.layout.packing import Span, Strip
from hitoe.typography.page_geometry import Geometry

BLOCK_GAP, BLOCK_STRETCH = 2.4, 7.0
"""The room above a block, and by how much it should grow at most so that columns end flush, in mm."""
SET_OFF = 1.1
"""The room above and below a table, steps, code and calculations, in mm."""
ITEM_GAP, ITEM_STRETCH = 0.35, 2.0
"""The room between other items, and by how much it should grow at most, in mm."""
CUT_BLOCK, CUT_ITEM, CUT_CODE = 10.0, 28.0, 45.0
"""The cost of a cut between two items of a block, two strips of an item, or two lines of code, in mm of white."""
LONELY = 18.0
"""The extra cost of leaving one item of a block, or one strip of an item, alone in a column."""
OVER = 1.5
"""How much more than they should gaps grow where a column would end higher than others."""
LEEWAY = 0.985
"""How full columns may have to be: where there is no choice of where to cut, much is cut badly."""
GROWTH = 1.05
"""The height of all blocks grows with this power of the size of the letters: measured."""
PER_MM = 100
"""Gaps are whole hundredths of a millimetre, so that equal ones share a CSS rule; no column becomes higher by that."""


@dataclass(frozen=True, slots=True)
class BlockPart:
    """The part of a block in one column. `gap` is the room above it, and `gaps` are those above its cuts, in 1/100 mm.

    `continued`: it began in a column before; `ends`: it goes on in none.
    """

    block: Block
    gap: int
    cuts: Sequence[Cut]
    gaps: Sequence[int]
    continued: bool
    ends: bool

    def path(self, cut: Cut) -> str:
        """Return the path of a cut item."""
        return path(self.block, cut.piece)

    @property
    def spaced(self) -> list[tuple[int, Cut]]:
        """The gap above each cut, and the cut."""
        return list(zip(self.gaps, self.cuts, strict=True))


@dataclass(frozen=True, slots=True)
class Page:
    """A page, whose columns go from left to right; its version differs from that of pages with other content."""

    columns: Sequence[Sequence[BlockPart]]
    version: str = ""

    @property
    def parts(self) -> list[BlockPart]:
        """The parts of blocks on the page, in order."""
        return [part for column in self.columns for part in column]

    @property
    def cuts(self) -> list[tuple[str, Cut]]:
        """The path of each cut item on the page with the cut, in order."""
        return [(part.path(cut), cut) for part in self.parts for cut in part.cuts]

    @property
    def topics(self) -> tuple[str, ...]:
        """The first and the last topic on the page, or the only one."""
        topics = [part.block.topic for part in self.parts]
        return tuple(dict.fromkeys([topics[0], topics[-1]])) if topics else ()


class Place(NamedTuple):
    """Where a strip comes from: the block, the item in it, and its number in the item."""

    block: int
    piece: int
    strip: int


def path(block: Block, piece: BlockItem) -> str:
    """Return the path of an item."""
    return f"{block.key}.{piece.key}"


def gaps(pages: Sequence[Page]) -> list[int]:
    """Return the different gaps on pages, in 1/100 mm, rising."""
    return sorted({gap for page in pages for part in page.parts for gap in (part.gap, *part.gaps) if gap})


class Layout:
    """The strips of all blocks with their heights, ready to be packed; `loose` has the paths of loose items."""

    def __init__(
        self,
        blocks: Sequence[Block],
        heights: Sequence[BlockHeight],
        geometry: Geometry,
        loose: Collection[str] = frozenset(),
    ) -> None:
        self._columns, self._room = geometry.columns, geometry.room
        self._blocks, self._loose = blocks, loose
        self.places = [
            Place(b, p, s)
            for b, block in enumerate(blocks)
            for p, piece in enumerate(block.pieces)
            for s in range(piece.strips)
        ]
        self.strips = [_strip(place, blocks[place.block], heights[place.block]) for place in self.places]

    def pages_needed(self, scale: float = 1.0) -> int:
        """Return the least number of pages, 1 for nothing at all; an estimate for letters `scale` times as large.

        Raises:
            TooHighError: no column holds a strip.
        """
        room = LEEWAY * self._room / scale**GROWTH
        return max(1, -(-packing.fewest(self.strips, room) // self._columns))

    def excess(self, count: int) -> tuple[int, float]:
        """Return the first strip without room on so many pages, and how high it and all after it are, in mm."""
        room = LEEWAY * self._room
        first = packing.held(self.strips, room, count * self._columns)
        return first, packing.height(self.strips, Span(first, len(self.strips)))

    def pages(self, most: float = inf) -> list[Page]:
        """Return pages that hold all blocks, no more than so many."""
        spans = packing.flow(self.strips, self._room)
        if len(spans) >= most * self._columns:  # all columns are needed, so they are filled evenly
            spans = packing.pack(self.strips, self._room, int(most) * self._columns)
        *full, last = (spans[at : at + self._columns] for at in range(0, len(spans), self._columns)) if spans else [[]]
        return list(map(self._page, [*full, packing.level(self.strips, last, self._room, self._columns)]))

    def _page(self, spans: Sequence[Span]) -> Page:
        natural = [packing.height(self.strips, span) for span in spans]
        widest = [height + sum(self._gives(span)) for height, span in zip(natural, spans, strict=True)]
        # A page that is not full ends flush too: where its columns can meet.
        depth = min(self._room, max([*natural, min((width for width in widest if width), default=0.0)]))
        return Page([self._column(span, depth - height) for span, height in zip(spans, natural, strict=True)])

    def _gives(self, span: Span) -> list[float]:
        return [strip.give for strip in self.strips[span.start + 1 : span.stop]]

    def _column(self, span: Span, white: float) -> list[BlockPart]:
        inside = range(span.start + 1, span.stop)
        most = [OVER * give for give in self._gives(span)]
        gaps = packing.stretch([self.strips[i].gap for i in inside], white, most)
        return list(self._parts(span, dict(zip(inside, _rounded(gaps), strict=True))))

    def _parts(self, span: Span, gaps: dict[int, int]) -> Iterator[BlockPart]:
        for block, members in groupby(range(span.start, span.stop), lambda i: self.places[i].block):
            indexes = list(members)
            firsts = [next(group) for _, group in groupby(indexes, lambda i: self.places[i].piece)]
            cuts = [self._cut(first, last) for first, last in zip(firsts, [*firsts[1:], indexes[-1] + 1], strict=True)]
            yield BlockPart(
                self._blocks[block],
                gap=gaps.get(indexes[0], 0),
                cuts=cuts,
                gaps=[0, *(gaps[first] for first in firsts[1:])],
                continued=(self.places[indexes[0]].piece, self.places[indexes[0]].strip) != (0, 0),
                ends=indexes[-1] + 1 == len(self.places) or self.places[indexes[-1] + 1].block != block,
            )

    def _cut(self, first: int, after: int) -> Cut:
        place = self.places[first]
        block = self._blocks[place.block]
        piece = block.pieces[place.piece]
        return Cut(piece, place.strip, self.places[after - 1].strip + 1, loose=path(block, piece) in self._loose)


def whole(block: Block, loose: Collection[str] = frozenset()) -> BlockPart:
    """Return a block in one part, to measure it."""
    cuts = [Cut(piece, 0, piece.strips, loose=path(block, piece) in loose) for piece in block.pieces]
    return BlockPart(block, gap=0, cuts=cuts, gaps=[0] * len(cuts), continued=False, ends=True)


def _rounded(gaps: Sequence[float]) -> list[int]:
    """Return gaps in hundredths of a millimetre; what rounding takes away from one is given to the next."""
    sums = [floor(PER_MM * total) for total in accumulate(gaps, initial=0.0)]
    return [after - before for before, after in pairwise(sums)]


def _stretch(place: Place) -> float:
    if place.strip:
        return 0.0
    return ITEM_STRETCH if place.piece else BLOCK_STRETCH


def _strip(place: Place, block: Block, heights: BlockHeight) -> Strip:
    piece, height = block.pieces[place.piece], heights.items[place.piece]
    first = (place.piece, place.strip) == (0, 0)
    last = (place.piece, place.strip) == (len(block.pieces) - 1, piece.strips - 1)
    return Strip(
        height=height.strips[place.strip] + (heights.bar if first else 0.0) + (heights.sources if last else 0.0),
        gap=_gap(place, block),
        give=_stretch(place),
        opening=0.0 if first else heights.continued + (height.lead if place.strip else 0.0),
        hurt=_hurt(place, block, piece),
    )


def _gap(place: Place, block: Block) -> float:
    if place.strip:
        return 0.0
    if not place.piece:
        return BLOCK_GAP
    neighbours = block.pieces[place.piece - 1 : place.piece + 1]
    return ITEM_GAP if all(piece.item.running for piece in neighbours) else SET_OFF


def _hurt(place: Place, block: Block, piece: BlockItem) -> float:
    if place.strip:
        lonely = place.strip == 1 or place.strip == piece.strips - 1
        return (CUT_CODE if piece.item.kept_together else CUT_ITEM) + (LONELY if lonely else 0.0)
    if not place.piece:
        return 0.0
    return CUT_BLOCK + (LONELY if place.piece in (1, len(block.pieces) - 1) else 0.0)
