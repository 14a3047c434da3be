"""The paper of the sheet: how large it is, how it is divided into columns, and how large letters on it may be."""

from dataclasses import dataclass
from math import floor

from hitoe.schema import Sheet

PAPERS = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A5": (148.0, 210.0),
    "B4": (257.0, 364.0),
    "B5": (182.0, 257.0),
    "Letter": (215.9, 279.4),
}
"""Width and height of upright paper, in mm; B4 and B5 are those of JIS, which are larger than those of ISO."""
MARGIN, GUTTER = 8.0, 4.3
"""Left and right of a page, and between two columns, in mm: page.css has the same."""
AROUND = 27.4
"""What is above and below columns, in mm: margins, the head, and 2.4 mm, for WeasyPrint moves full columns away."""
NARROWEST = 80.0
"""How wide columns must be at least, in mm."""
SMALLEST, LARGEST = 7.0, 8.0
"""Sizes of the letters, in pt: with larger ones, as in narrower columns, words of real tables stand out."""
TABLE_SIZE = 7.7
"""The size of the letters for which tables are divided, in pt, unless they are larger."""
IN_LISTS = 0.7
"""How much of a column is left to words in lists in lists, beside markers."""
PT = 25.4 / 72
"""A point in mm."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """A page's width and height in mm, its columns, the smallest letters in pt, and how many pages there may be."""

    width: float = PAPERS["A4"][1]
    height: float = PAPERS["A4"][0]
    columns: int = 3
    smallest: float = SMALLEST
    pages: int | None = None

    @property
    def body(self) -> float:
        """The width of all columns together in mm."""
        return self.width - 2 * MARGIN

    @property
    def column(self) -> float:
        """The width of a column in mm."""
        wide = (self.body - (self.columns - 1) * GUTTER) / self.columns
        # Were all together too wide by the rounding of a number, the last column would go below the others.
        return floor(100 * wide - 0.5) / 100

    @property
    def room(self) -> float:
        """The height of a column in mm."""
        return self.height - AROUND

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes that letters may have, in pt, rising."""
        largest = max(self.smallest, LARGEST)
        return tuple(size / 10 for size in range(round(10 * self.smallest), round(10 * largest) + 1))

    @property
    def word(self) -> float:
        """How long words may be in em to stay whole in the largest letters, also in lists in lists."""
        return IN_LISTS * self.column / PT / self.sizes[-1]

    def table(self, size: float) -> float:
        """Return the width of a table in em, where letters have this size."""
        return self.column / PT / max(size, TABLE_SIZE)


def geometry(settings: Sheet) -> Geometry:
    """Return the geometry of an author's settings."""
    width, height = PAPERS[settings.paper]
    if settings.orientation == "landscape":
        width, height = height, width
    columns = settings.columns or max(1, most_columns(width))
    smallest = SMALLEST if settings.smallest is None else float(settings.smallest)
    return Geometry(width, height, columns, smallest, settings.pages)


def most_columns(width: float) -> int:
    """Return how many columns a page of a width in mm has at most."""
    return floor((width - 2 * MARGIN + GUTTER) / (NARROWEST + GUTTER))
