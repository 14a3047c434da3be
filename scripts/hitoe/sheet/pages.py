"""Pages of columns of parts of blocks: what the template prints, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

from hitoe.sheet import packing
from hitoe.sheet.blocks import Block, Cut, Piece
from hitoe.sheet.measuring import BlockHeight
from hitoe.sheet.packing import Span, Strip
from hitoe.typography.page_geometry import Geometry

BLOCK_GAP, BLOCK_STRETCH = 2.6, 7.0
SET_OFF = 1.2
"""Above and below a table, steps, code and calculations, in mm."""
ITEM_GAP, ITEM_STRETCH = 0.35, 2.0
CUT_BLOCK, CUT_ITEM, CUT_CODE = 10.0, 28.0, 45.0
"""What it costs to cut between two items of a block, two strips of an item, or two lines of code, in mm of white."""
LONELY = 18.0
"""What it costs on top to leave one item of a block, or one strip of an item, alone in a column."""
OVER = 1.5
"""How much more than they should gaps grow where a column would end higher than others."""
LEEWAY = 0.985
"""How full columns may have to be: where there is no choice of where to cut, much is cut badly."""
GROWTH = 1.05
"""The height of all blocks grows with this power of the size of the letters: measured."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands of a block in one column. `gap` is the room above it, in mm, and `gaps` those above its cuts.

    `continued`: it began in a column before; `ends`: it goes on in none.
    """

    block: Block
    gap: float
    cuts: Sequence[Cut]
    gaps: Sequence[float]
    continued: bool
    ends: bool

    def path(self, cut: Cut) -> str:
        """Return the path of a cut item."""
        return f"{self.block.key}.{cut.piece.key}"

    @property
    def spaced(self) -> list[tuple[float, Cut]]:
        """The gap above each cut, and the cut."""
        return list(zip(self.gaps, self.cuts, strict=True))


@dataclass(frozen=True, slots=True)
class Page:
    """A page, whose columns go from left to right; its version tells it from pages on which something else stands."""

    columns: Sequence[Sequence[Part]]
    version: str = ""

    @property
    def paths(self) -> list[str]:
        """The paths of the items on the page, in order; of those that are cut, once for each column."""
        return [part.path(cut) for column in self.columns for part in column for cut in part.cuts]

    @property
    def topics(self) -> tuple[str, ...]:
        """The first and the last topic on the page, or the only one."""
        topics = [part.block.topic for column in self.columns for part in column]
        return tuple(dict.fromkeys([topics[0], topics[-1]])) if topics else ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a strip comes from: the block, the piece in it, and its number in the piece."""

    block: int
    piece: int
    strip: int


class Sheet:
    """The strips of all blocks with their heights, ready to be packed."""

    def __init__(self, blocks: Sequence[Block], heights: Sequence[BlockHeight], geometry: Geometry) -> None:
        self._columns, self._room = geometry.columns, geometry.room
        self._blocks = blocks
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
        if len(spans) > most * self._columns:
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

    def _column(self, span: Span, white: float) -> list[Part]:
        inside = range(span.start + 1, span.stop)
        most = [OVER * give for give in self._gives(span)]
        gaps = packing.stretch([self.strips[i].gap for i in inside], white, most)
        return list(self._parts(span, dict(zip(inside, gaps, strict=True))))

    def _parts(self, span: Span, gaps: dict[int, float]) -> Iterator[Part]:
        for block, members in groupby(range(span.start, span.stop), lambda i: self.places[i].block):
            indexes = list(members)
            firsts = [next(group) for _, group in groupby(indexes, lambda i: self.places[i].piece)]
            cuts = [self._cut(first, last) for first, last in zip(firsts, [*firsts[1:], indexes[-1] + 1], strict=True)]
            yield Part(
                self._blocks[block],
                gap=gaps.get(indexes[0], 0.0),
                cuts=cuts,
                gaps=[0.0, *(gaps[first] for first in firsts[1:])],
                continued=(self.places[indexes[0]].piece, self.places[indexes[0]].strip) != (0, 0),
                ends=indexes[-1] + 1 == len(self.places) or self.places[indexes[-1] + 1].block != block,
            )

    def _cut(self, first: int, after: int) -> Cut:
        place = self.places[first]
        return Cut(self._blocks[place.block].pieces[place.piece], place.strip, self.places[after - 1].strip + 1)


def everything(blocks: Sequence[Block]) -> list[Page]:
    """Return one page with all blocks whole in one column, to measure them."""
    return [Page([[_whole(block) for block in blocks]])]


def _whole(block: Block) -> Part:
    cuts = [Cut(piece, 0, piece.strips) for piece in block.pieces]
    return Part(block, gap=0.0, cuts=cuts, gaps=[0.0] * len(cuts), continued=False, ends=True)


def _stretch(place: Place) -> float:
    if place.strip:
        return 0.0
    return ITEM_STRETCH if place.piece else BLOCK_STRETCH


def _strip(place: Place, block: Block, heights: BlockHeight) -> Strip:
    piece, height = block.pieces[place.piece], heights.pieces[place.piece]
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


def _hurt(place: Place, block: Block, piece: Piece) -> float:
    if place.strip:
        lonely = place.strip == 1 or place.strip == piece.strips - 1
        return (CUT_CODE if piece.item.kept_together else CUT_ITEM) + (LONELY if lonely else 0.0)
    if not place.piece:
        return 0.0
    return CUT_BLOCK + (LONELY if place.piece in (1, len(block.pieces) - 1) else 0.0)
