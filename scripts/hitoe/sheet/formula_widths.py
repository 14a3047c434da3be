"""Formulas that are so much wider than their column that they are printed in letters too small to read."""

from collections.abc import Iterator, Mapping

from hitoe.formulas import drawing
from hitoe.messages import joined, say
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.schema import Item
from hitoe.sheet.layout import cells, column_widths
from hitoe.source import Loc
from hitoe.text import Text
from hitoe.typography import page_geometry
from hitoe.typography.page_geometry import Geometry

LEAST = 0.7
"""How small a formula may become: as small as a fraction within a line."""
KEY = 24.0
"""The width of a column of the worksheet's answers, which is narrower than those of the sheet, in em."""
SHORT, SHORT_IN_CELLS = 28, 8
"""Signs of TeX up to which columns, and cells, are wide enough: to draw a formula takes a hundredth of a second."""
REMEDY = say("write it as two, or as lines of \\begin{aligned} … \\\\ … \\end{aligned}")


def shrunk(project: Project) -> Iterator[Problem]:
    """Yield a warning for each text with a formula that is printed smaller than LEAST."""
    geometry = page_geometry.geometry(project.deck.sheet)
    for placed in project.live_items():
        item = placed.item
        texts = _long(item) if item.on_sheet else []
        rooms = _rooms(item, geometry) if texts else {}
        for loc, text in texts:
            ems = max(drawing(each.source, each.display).width for each in text.formulas)
            room = rooms.get(text, geometry.table(geometry.smallest) if loc == (item.kind,) else KEY)
            if room < LEAST * ems:
                small = say(
                    "a formula {ems:.0f} em wide is printed small in columns of paper, here of {room:.0f} em",
                    ems=ems,
                    room=room,
                )
                yield Problem(project.at(placed.entry.file, *placed.loc, *loc), joined(": ", (small, REMEDY)))


def _long(item: Item) -> list[tuple[Loc, Text]]:
    """Return the texts of an item that have a formula which may be wide, with their locations."""
    short = SHORT_IN_CELLS if item.grid else SHORT
    return [(loc, text) for loc, text in item.texts() if any(len(each.source) > short for each in text.formulas)]


def _rooms(item: Item, geometry: Geometry) -> Mapping[Text, float]:
    """Return how wide formulas in a table's cells may be, by the texts of these, in em."""
    if not (grid := item.grid):
        return {}
    width = geometry.table(geometry.smallest)
    columns = column_widths.columns(grid.head, grid.rows, width)
    found = (cell for line in (grid.head, *grid.rows) for cell in zip(line, columns.rooms, strict=True))
    return {text: ems - (0.0 if cells.alone(text) else cells.MARK) for text, ems in found if text}
