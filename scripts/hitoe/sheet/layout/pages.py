"""Which parts of which blocks stand on which page, with the gaps between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import floor, inf
from types import MappingProxyType
from typing import NamedTuple

from hitoe.sheet.layout import packing
from hitoe.sheet.layout.blocks import ANYWHERE, Block, BlockItem, Cut
from hitoe.sheet.layout.boxes import BlockHeight
from hitoe.sheet.layout.packing import ColumnSpan, Strip
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

    `continued`: it began in a column before; `ends`: it goes on in none; `loose`: how its title and sources are set.
    """

    block: Block
    gap: int
    cuts: Sequence[Cut]
    gaps: Sequence[int]
    continued: bool
    ends: bool
    loose: int = 0

    def path(self, cut: Cut) -> str:
        """Return the path of a cut item."""
        return path(self.block, cut.piece)

    @property
    def anywhere(self) -> bool:
        """Whether lines of its title and sources may end anywhere."""
        return self.loose >= ANYWHERE

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
    """The strips of all blocks with their heights, ready to be packed.

    `loose` says how loose items are set, by path, and titles and sources, by the key of their block.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        heights: Sequence[BlockHeight],
        geometry: Geometry,
        loose: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._columns, self._room = geometry.columns, geometry.room
        self._blocks, self._loose = blocks, loose
        self.places = [
            Place(b, p, s)
            for b, block in enumerate(blocks)
            for p, piece in enumerate(block.pieces)
            for s in range(piece.strips)
        ]
        self._strips = [_strip(place, blocks[place.block], heights[place.block]) for place in self.places]

    def pages_needed(self, scale: float = 1.0) -> int:
        """Return the least number of pages, 1 for nothing at all; an estimate for letters `scale` times as large.

        Raises:
            TooHighError: no column holds a strip.
        """
        room = LEEWAY * self._room / scale**GROWTH
        return max(1, -(-packing.fewest(self._strips, room) // self._columns))

    def excess(self, count: int) -> tuple[int, float]:
        """Return the first strip without room on so many pages, and how high it and all after it are, in mm."""
        first = packing.held(self._strips, LEEWAY * self._room, count * self._columns)
        return first, packing.height(self._strips, ColumnSpan(first, len(self._strips)))

    def pages(self, most: float = inf) -> list[Page]:
        """Return pages that hold all blocks, no more than so many."""
        spans = packing.flow(self._strips, self._room)
        if len(spans) >= most * self._columns:  # all columns are needed, so they are filled evenly
            spans = packing.pack(self._strips, self._room, int(most) * self._columns)
        *full, last = (spans[at : at + self._columns] for at in range(0, len(spans), self._columns)) if spans else [[]]
        return list(map(self._page, [*full, packing.level(self._strips, last, self._room, self._columns)]))

    def _page(self, spans: Sequence[ColumnSpan]) -> Page:
        natural = [packing.height(self._strips, span) for span in spans]
        greatest = [packing.greatest_height(self._strips, span) for span in spans]
        # A page that is not full ends flush too: where its columns can meet.
        depth = min(self._room, max([*natural, min(filter(None, greatest), default=0.0)]))
        return Page([self._column(span, depth - height) for span, height in zip(spans, natural, strict=True)])

    def _column(self, span: ColumnSpan, white: float) -> list[BlockPart]:
        inside = self._strips[span.start + 1 : span.stop]
        gaps = packing.stretch([strip.gap for strip in inside], white, [OVER * strip.give for strip in inside])
        rounded = dict(enumerate([0, *_rounded(gaps)], span.start))
        parts = groupby(range(span.start, span.stop), lambda index: self.places[index].block)
        return [self._part(self._blocks[block], list(indexes), rounded) for block, indexes in parts]

    def _part(self, block: Block, indexes: Sequence[int], gaps: Mapping[int, int]) -> BlockPart:
        items = [list(each) for _, each in groupby(indexes, lambda index: self.places[index].piece)]
        first, last = self.places[indexes[0]], self.places[indexes[-1]]
        return BlockPart(
            block,
            gap=gaps[indexes[0]],
            cuts=[self._cut(block, item[0], item[-1]) for item in items],
            gaps=[0, *(gaps[item[0]] for item in items[1:])],
            continued=(first.piece, first.strip) != (0, 0),
            ends=(last.piece, last.strip) == (len(block.pieces) - 1, block.pieces[-1].strips - 1),
            loose=self._loose.get(block.key, 0),
        )

    def _cut(self, block: Block, first: int, last: int) -> Cut:
        piece = block.pieces[self.places[first].piece]
        loose = self._loose.get(path(block, piece), 0)
        return Cut(piece, self.places[first].strip, self.places[last].strip + 1, loose)


def whole(block: Block, loose: Mapping[str, int] = MappingProxyType({})) -> BlockPart:
    """Return a block in one part, to measure it."""
    cuts = [Cut(piece, 0, piece.strips, loose=loose.get(path(block, piece), 0)) for piece in block.pieces]
    return BlockPart(block, 0, cuts, gaps=[0] * len(cuts), continued=False, ends=True, loose=loose.get(block.key, 0))


def _rounded(gaps: Sequence[float]) -> list[int]:
    """Return gaps in hundredths of a millimetre; what rounding takes away from one is given to the next."""
    sums = [floor(PER_MM * total) for total in accumulate(gaps, initial=0.0)]
    return [after - before for before, after in pairwise(sums)]


def _strip(place: Place, block: Block, heights: BlockHeight) -> Strip:
    """Return a strip, with what it and a column break before it take and cost by what it begins."""
    piece, height = block.pieces[place.piece], heights.items[place.piece]
    last_piece, last_strip = len(block.pieces) - 1, piece.strips - 1
    own, hurt, lonely = height.strips[place.strip], 0.0, False
    if (place.piece, place.strip) == (last_piece, last_strip):
        own += heights.sources
    if place.strip:  # goes on with an item
        gap, give, opening = 0.0, 0.0, heights.continued + height.lead
        hurt, lonely = CUT_CODE if piece.item.kept_together else CUT_ITEM, place.strip in (1, last_strip)
    elif place.piece:  # begins an item
        running = piece.item.running and block.pieces[place.piece - 1].item.running
        gap, give, opening = ITEM_GAP if running else SET_OFF, ITEM_STRETCH, heights.continued
        hurt, lonely = CUT_BLOCK, place.piece in (1, last_piece)
    else:  # begins a block
        own += heights.bar
        gap, give, opening = BLOCK_GAP, BLOCK_STRETCH, 0.0
    return Strip(height=own, gap=gap, give=give, opening=opening, hurt=hurt + LONELY * lonely)
