"""The content of a sheet: a block for each entry, with the items that are printed and where they may be cut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from hitoe import figures
from hitoe.figures import Drawing
from hitoe.model.project import PlacedEntry, Project
from hitoe.schema import Code, Item, Row, Source, Step, Steps, Table
from hitoe.sheet.layout import column_widths
from hitoe.sheet.layout.column_widths import Columns
from hitoe.text import Text
from hitoe.typography.page_geometry import SMALLEST, Geometry

A4 = Geometry()
HANG, DEEPEST = 2, 24
"""By how many characters a line of code that is too long goes on further right, and how far right at most."""


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
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """The strips of an item from `start` up to, not including, `stop`.

    `loose`: text stood out of its column or cell, so lines end earlier and may break within phrases.
    """

    piece: BlockItem
    start: int
    stop: int
    loose: bool = False

    @property
    def item(self) -> Item:
        """The item that is cut."""
        return self.piece.item

    @property
    def kind(self) -> str:
        """The kind of the item."""
        return self.piece.item.kind

    @property
    def rows(self) -> dict[str, Row]:
        """The rows of a table that stand here, by key."""
        assert isinstance(self.item, Table)
        return dict(list(self.item.live_rows.items())[self.start : self.stop])

    @property
    def steps(self) -> dict[str, Step]:
        """The steps that stand here, by key."""
        assert isinstance(self.item, Steps)
        return dict(list(self.item.live_steps.items())[self.start : self.stop])

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines of code that stand here, each after the characters by which it is to hang when it is too long."""
        assert isinstance(self.item, Code)
        return [(_indent(line) + HANG, line) for line in _lines(self.item)[self.start : self.stop]]

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
    `sources`: whether they tell from where they have it.
    """
    entries = [placed for placed in project.entries() if any(map(printed, placed.live_items.values()))]
    pieces = [list(_pieces(placed, geometry, size, wanted)) for placed in entries]
    found = [
        Block(
            number=number,
            file=placed.file,
            key=placed.key,
            title=placed.entry.title,
            topic=placed.topic_title,
            sources=placed.entry.sources if sources else (),
            pieces=own,
        )
        for number, (placed, own) in enumerate(zip(entries, pieces, strict=True), 1)
        if own
    ]
    before = [None, *(block.topic for block in found)]
    return [replace(block, opens=block.topic != last) for block, last in zip(found, before, strict=False)]


def printed(item: Item) -> bool:
    """Return whether an item, retired or not, is for the sheet: what is extra is left to the deck."""
    return item.tier == "core"


def _pieces(placed: PlacedEntry, geometry: Geometry, size: float, wanted: Wanted) -> Iterator[BlockItem]:
    # A narrow column has figures of a narrower kind, down to that of a telephone; only there they shrink.
    wide = max(figures.SCREEN, min(figures.PAPER, figures.PAPER * geometry.column / A4.column))
    for key, item in placed.live_items.items():
        if printed(item) and wanted(placed, item):
            drawing = figures.draw(item.figure, wide) if item.figure else None
            columns = _columns(item, geometry.table(size))
            yield BlockItem(key=key, item=item, strips=_strips(item), columns=columns, drawing=drawing)


def _strips(item: Item) -> int:
    match item:
        case Table():
            return len(item.live_rows)
        case Steps():
            return len(item.live_steps)
        case Code():
            return len(_lines(item))
        case _:
            return 1


def _lines(item: Code) -> list[str]:
    return item.answer.rstrip("\n").split("\n")


def _indent(line: str) -> int:
    return min(len(line) - len(line.lstrip(" ")), DEEPEST)


def _columns(item: Item, width: float) -> Columns | None:
    if not isinstance(item, Table):
        return None
    head = [item.corner, *(column.title for column in item.live_columns.values())]
    rows = [
        [item.label(key), *(row.cells[column].answer for column in item.live_columns)]
        for key, row in item.live_rows.items()
    ]
    return column_widths.columns(head, rows, width)
