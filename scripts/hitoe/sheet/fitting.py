"""Fitting: the largest letters with which the blocks take no more pages than there may be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from sys import maxsize

from hitoe.problems import PrintError
from hitoe.sheet import composing, neighbours
from hitoe.sheet.blanks import Worksheet
from hitoe.sheet.blocks import Block
from hitoe.sheet.complaints import Complaints
from hitoe.sheet.echoes import Told
from hitoe.sheet.levels import Levels, highest, levels
from hitoe.sheet.neighbours import Reading
from hitoe.sheet.packing import TooHighError
from hitoe.sheet.pages import Sheet
from hitoe.sheet.surveying import Column, Known, Survey
from hitoe.typography.page_geometry import TABLE_SIZE, Geometry

FIRST = 7.5
"""The size that is measured first where there is a choice, to estimate the others by."""
SPARE, WORTH = 1.01, 0.15
"""How much larger estimated letters have to be and fit yet; and for which gain in pt a size that fits is given up."""
MANY = 800
"""So many strips, some fourteen pages, have the smallest letters unless the author says how many pages there may be:

a tenth of a point then takes a quarter of a page, larger letters would fill the last page to the brim, and one more
word would set all pages anew, smaller.
"""
COLOUR, WORKSHEET = MEASURED = ("colour", "worksheet")
"""The other editions differ from the colour edition in nothing that takes room; the worksheet mostly takes more."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The blocks with letters of one size: packed, and how high each item is.

    `whole`: all editions were measured, not the worksheet alone, to estimate by; only then all the rest is known.
    """

    size: float
    whole: bool
    sheet: Sheet
    levels: Levels
    worksheet: Worksheet
    own: Mapping[str, Levels]
    """How high each item is by itself, by edition."""
    loose: Mapping[str, frozenset[str]]
    """The paths of loose items, by edition."""
    column: Column
    most: float = inf
    """How many pages there may be."""


class Fitting:
    """Looks for the size of letters; `divided` returns the blocks for a size, and `html` an edition of them.

    `furniture` is what stands on any page of the worksheet.
    """

    def __init__(
        self,
        geometry: Geometry,
        divided: Callable[[float], Sequence[Block]],
        html: Callable[[Sequence[Block], float, str], str],
        survey: Survey,
        complaints: Complaints,
        furniture: str = "",
    ) -> None:
        self._geometry = geometry
        self._divided = divided
        self._html = html
        self._survey = survey
        self._complaints = complaints
        self._furniture = furniture
        strips = sum(piece.strips for block in divided(TABLE_SIZE) for piece in block.pieces)
        free = geometry.pages is not None or strips < MANY
        self._sizes = geometry.sizes if free else geometry.sizes[:1]
        self._free = free
        self._measured: dict[float, Measured] = {}

    def largest(self) -> Measured:
        """Return the blocks with the largest letters that take no more pages than there may be.

        There may be as many as the author says, else as the smallest size takes. Sizes that were not measured are
        estimated from the nearest that was; the one that is returned was measured.

        Raises:
            InputError: an item is higher than a column, or the smallest letters take too many pages.
            PrintError: WeasyPrint complains.
        """
        smallest, most = self._sizes[0], self._geometry.pages
        if len(self._sizes) > 1:
            self._measure((WORKSHEET,), max(FIRST, smallest))
        if not self._measured or self._pages_needed(smallest) == maxsize:
            self._measure(MEASURED, smallest)
        count = most or self._pages_needed(smallest)
        chosen = 0.0
        while True:
            fitting = [size for size in self._sizes if self._pages_needed(size) <= count] or [smallest]
            if chosen in fitting and chosen + WORTH > fitting[-1]:
                break
            chosen = fitting[-1]
            self._measure(MEASURED, chosen)
            count = most or max(count, self._pages_needed(smallest))
        if self._pages_needed(chosen) > count:
            raise self._complaints.too_many_pages(self._measured[chosen].sheet)
        return replace(self._measured[chosen], most=count if self._free else inf)

    def _pages_needed(self, size: float) -> int:
        """Return how many pages letters of a size take; `maxsize` if an item is then higher than a column."""
        nearest = min(self._measured, key=lambda measured: abs(measured - size))
        sheet = self._measured[nearest].sheet
        spare = 1.0 if size in (nearest, self._sizes[0]) else SPARE
        try:
            return sheet.pages_needed(spare * size / nearest)
        except TooHighError as error:
            if nearest == self._sizes[0]:
                raise self._complaints.too_high(sheet, error.index) from None
            return maxsize

    def _measure(self, editions: Sequence[str], size: float) -> None:
        """Measure the blocks with letters of a size in some editions, unless that was done."""
        whole = COLOUR in editions
        if size in self._measured and (self._measured[size].whole or not whole):
            return
        divided = self._divided(max(size, TABLE_SIZE))
        columns = {
            edition: Column(composing.composed(self._html(divided, size, edition)), divided) for edition in editions
        }
        found: dict[str, list[Known]] = {}
        readings: Sequence[Reading] = []
        told: Sequence[Told] = [Told()] * len(divided)
        try:
            if whole:
                # No block is lower on the worksheet: so far do its neighbours reach at most.
                found = self._survey.measured({COLOUR: columns[COLOUR]}, {})
                heights = [known.height for known in found[COLOUR]]
                readings = [known.reading for known in found[COLOUR]]
                told = neighbours.told(readings, heights, self._geometry.columns * self._geometry.room, self._furniture)
            found |= self._survey.measured({WORKSHEET: columns[WORKSHEET]}, {WORKSHEET: told})
        except PrintError as error:
            raise self._complaints.unreadable_picture(str(error)) or error from None
        most = highest([[known.height for known in each] for each in found.values()])
        self._measured[size] = Measured(
            size,
            whole,
            Sheet(divided, most, self._geometry),
            levels(divided, most),
            _worksheet(divided, found[WORKSHEET], told, readings),
            {edition: levels(divided, [known.height for known in each]) for edition, each in found.items()},
            {edition: frozenset(path for known in each for path in known.loose) for edition, each in found.items()},
            columns[editions[0]],
        )


def _worksheet(
    blocks: Sequence[Block], found: Sequence[Known], told: Sequence[Told], readings: Sequence[Reading]
) -> Worksheet:
    return Worksheet(
        key={
            block.key: known.reading.blanks for block, known in zip(blocks, found, strict=True) if known.reading.blanks
        },
        told={block.key: words for block, words in zip(blocks, told, strict=True) if any(words)},
        revealed=[blank for reading in readings for blank in neighbours.revealed(reading)],
    )
