"""The content of a sheet: a block for each entry, with the items that are printed and where they may be cut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from hitoe import figures
from hitoe.figures import Drawing
from hitoe.model.project import PlacedEntry, Project
from hitoe.schema import Item, Source
from hitoe.sheet.layout import column_widths
from hitoe.sheet.layout.column_widths import Columns
from hitoe.text import Text
from hitoe.typography.page_geometry import SMALLEST, Geometry

A4 = Geometry()
LOOSE, ANYWHERE = 1, 2
"""How an item is set of which text would stand out: with room on the right, and with lines that may end anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockItem:
    """An item on the sheet. Its strips are what no column break cuts: rows, steps, lines of code, or the whole item.

    `columns` are those of a table, that of the row labels first; else there are none. `drawing` is the item's figure.
    """

    key: str
    item: Item
    strips: int
    columns: Columns | None
    drawing: Drawing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An entry on the sheet, numbered from 1. `opens`: it is the first of its topic."""

    number: int
    file: str
    key: str
    title: Text
    topic: str
    sources: Sequence[Source]
    pieces: Sequence[BlockItem]
    opens: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """The strips of an item from `start` up to, not including, `stop`.

    `loose`: text would stand out of its column or cell, so lines end earlier and may break within phrases; ANYWHERE
    if it would even so.
    """

    piece: BlockItem
    start: int
    stop: int
    loose: int = 0

    @property
    def anywhere(self) -> bool:
        """Whether lines may end anywhere."""
        return self.loose >= ANYWHERE

    @property
    def item(self) -> Item:
        """The item that is cut."""
        return self.piece.item

    @property
    def kind(self) -> str:
        """The kind of the item."""
        return self.piece.item.kind

    @property
    def strips(self) -> Sequence[object]:
        """The rows, steps or lines that stand here."""
        return self.item.strips[self.start : self.stop]

    @property
    def picture(self) -> str | None:
        """The address of the item's picture within the content folder, where the item ends."""
        image = self.item.image
        return quote(image.file) if image and self.stop == self.piece.strips else None

    @property
    def drawing(self) -> Drawing | None:
        """The item's figure, where the item ends."""
        return self.piece.drawing if self.stop == self.piece.strips else None


Wanted = Callable[[PlacedEntry, Item], bool]


def everything(_placed: PlacedEntry, _item: Item) -> bool:
    """Want all items."""
    return True


def blocks(
    project: Project,
    geometry: Geometry = A4,
    size: float = SMALLEST,
    wanted: Wanted = everything,
    *,
    sources: bool = True,
) -> list[Block]:
    """Return the blocks of wanted items in file order, without what is retired or extra, for letters of a size.

    An entry of which nothing is left has no block, but all have the numbers that they have where all is wanted.
    `sources`: whether blocks have the sources of their entries.
    """
    entries = [placed for placed in project.entries() if any(item.on_sheet for item in placed.live_items.values())]
    found: list[Block] = []
    for number, placed in enumerate(entries, 1):
        if pieces := list(_pieces(placed, geometry, size, wanted)):
            block = Block(
                number=number,
                file=placed.file,
                key=placed.key,
                title=placed.entry.title,
                topic=placed.topic_title,
                sources=placed.entry.sources if sources else (),
                pieces=pieces,
                opens=not found or found[-1].topic != placed.topic_title,
            )
            found.append(block)
    return found


def _pieces(placed: PlacedEntry, geometry: Geometry, size: float, wanted: Wanted) -> Iterator[BlockItem]:
    # Figures are drawn for the width of the column, but not for less than a telephone's, from which on they shrink.
    wide = max(figures.SCREEN, min(figures.PAPER, figures.PAPER * geometry.column / A4.column))
    for key, item in placed.live_items.items():
        if item.on_sheet and wanted(placed, item):
            drawing = figures.draw(item.figure, wide) if item.figure else None
            grid = item.grid
            columns = column_widths.columns(grid.head, grid.rows, geometry.table(size)) if grid else None
            yield BlockItem(key=key, item=item, strips=len(item.strips), columns=columns, drawing=drawing)
