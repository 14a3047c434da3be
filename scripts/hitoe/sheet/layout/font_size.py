"""The largest letters with which the blocks take no more pages than there may be.

There may be as many pages as the author says, else as many as the smallest letters take. Blocks are high as a power of
the size of their letters, so pages are estimated for all sizes from blocks that were measured at one; the size that is
chosen is measured too. Nearly all sheets need one or two sizes measured of the eleven there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from sys import maxsize

from hitoe.sheet.author_errors import AuthorErrors
from hitoe.sheet.layout.packing import TooHighError
from hitoe.sheet.layout.pages import Layout
from hitoe.typography.page_geometry import Geometry

FIRST = 7.1
"""The size that is measured first: sheets of many pages, which take longest to measure, end with small letters."""
FEW = 40
"""So few strips mostly fit on a page with the largest letters, which are measured first then, and no others."""
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


def largest(geometry: Geometry, strips: int, measured: Callable[[float], Layout], errors: AuthorErrors) -> Fitted:
    """Return the largest size that fits; `measured` lays blocks out with letters of a size, `strips` is their number.

    Raises:
        InputError: not even the smallest letters fit.
    """
    free = geometry.pages is not None or strips < MANY
    sizes = geometry.sizes if free else geometry.sizes[:1]
    smallest = sizes[0]
    first = sizes[-1] if strips < FEW else min(max(FIRST, smallest), sizes[-1])
    layouts = {first: measured(first)}

    def pages(size: float) -> int:
        return _pages(layouts, size, smallest, errors)

    if pages(smallest) == maxsize:
        layouts[smallest] = measured(smallest)
    count = geometry.pages or pages(smallest)
    while True:
        fitting = [size for size in sizes if pages(size) <= count] or [smallest]
        best = max((size for size in fitting if size in layouts), default=0.0)
        if best + WORTH > fitting[-1]:
            break
        layouts[fitting[-1]] = measured(fitting[-1])
        count = geometry.pages or max(count, pages(smallest))
    if pages(best) > count:
        raise errors.too_many_pages(layouts[best])
    return Fitted(best, layouts[best], count if free else inf)


def _pages(layouts: Mapping[float, Layout], size: float, smallest: float, errors: AuthorErrors) -> int:
    """Return how many pages letters of a size take; `maxsize` if a strip is then higher than a column."""
    nearest = min(layouts, key=lambda measured: abs(measured - size))
    spare = 1.0 if size in (nearest, smallest) else SPARE
    try:
        return layouts[nearest].pages_needed(spare * size / nearest)
    except TooHighError as error:
        if nearest == smallest:
            raise errors.too_high(layouts[nearest], error.index) from None
        return maxsize
