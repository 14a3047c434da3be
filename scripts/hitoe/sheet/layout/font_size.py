"""The largest letters with which the blocks take no more pages than there may be.

There may be as many pages as the author says, else as many as the smallest letters take. Blocks are high as a power of
the size of their letters, so pages are estimated for all sizes from blocks that were measured at one; the size that is
chosen is measured too. Nearly all sheets need one or two sizes measured of the eleven there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from sys import maxsize

from hitoe.sheet.layout.packing import TooHighError
from hitoe.sheet.layout.pages import Layout
from hitoe.typography.page_geometry import Geometry

FIRST = 7.4
"""The size that is measured first: in the middle of those that sheets of a few pages end with."""
SPARE, WORTH = 1.01, 0.15
"""How much larger estimated letters have to be and still fit; and the gain in pt for which another size is measured."""
MANY = 800
"""So many strips, some fourteen pages, have the smallest letters unless the author says how many pages there may be.

A tenth of a point then takes a quarter of a page: larger letters would fill the last page, and one more word would make
all letters smaller and change every page.
"""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The chosen size of letters in pt, the blocks measured with it, and how many pages they may take."""

    size: float
    layout: Layout
    pages: float


class TooManyPagesError(Exception):
    """The smallest letters take more pages than there may be; `layout` is measured with these."""

    def __init__(self, layout: Layout) -> None:
        super().__init__("too many pages")
        self.layout = layout


class TooHighItemError(Exception):
    """With the smallest letters a strip is higher than a column: that with the number `index` of the layout."""

    def __init__(self, layout: Layout, index: int) -> None:
        super().__init__(f"strip {index} is too high")
        self.layout = layout
        self.index = index


def largest(geometry: Geometry, strips: int, measured: Callable[[float], Layout]) -> Fitted:
    """Return the largest size that fits; `measured` lays blocks out with letters of a size, `strips` is their number.

    Raises:
        TooHighItemError, TooManyPagesError: not even the smallest letters fit.
    """
    free = geometry.pages is not None or strips < MANY
    search = _Search(geometry.sizes if free else geometry.sizes[:1], geometry.pages, measured)
    size, count = search.largest()
    return Fitted(size, search.layouts[size], count if free else inf)


class _Search:
    """What is known of sizes: those in `layouts` were measured."""

    def __init__(self, sizes: Sequence[float], most: int | None, measured: Callable[[float], Layout]) -> None:
        self._sizes, self._smallest = sizes, sizes[0]
        self._most = most
        self._measured = measured
        self.layouts: dict[float, Layout] = {}

    def largest(self) -> tuple[float, int]:
        """Return the largest size that fits, and how many pages there may be."""
        self._measure(max(FIRST, self._smallest) if len(self._sizes) > 1 else self._smallest)
        if self._pages(self._smallest) == maxsize:
            self._measure(self._smallest)
        count = self._most or self._pages(self._smallest)
        while True:
            fitting = [size for size in self._sizes if self._pages(size) <= count] or [self._smallest]
            best = max((size for size in fitting if size in self.layouts), default=0.0)
            if best + WORTH > fitting[-1]:
                break
            self._measure(fitting[-1])
            count = self._most or max(count, self._pages(self._smallest))
        if self._pages(best) > count:
            raise TooManyPagesError(self.layouts[best])
        return best, count

    def _measure(self, size: float) -> None:
        if size not in self.layouts:
            self.layouts[size] = self._measured(size)

    def _pages(self, size: float) -> int:
        """Return how many pages letters of a size take; `maxsize` if a strip is then higher than a column."""
        nearest = min(self.layouts, key=lambda measured: abs(measured - size))
        layout = self.layouts[nearest]
        spare = 1.0 if size in (nearest, self._smallest) else SPARE
        try:
            return layout.pages_needed(spare * size / nearest)
        except TooHighError as error:
            if nearest == self._smallest:
                raise TooHighItemError(layout, error.index) from None
            return maxsize
