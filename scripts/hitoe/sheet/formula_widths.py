"""Formulas that are so much wider than their column that they are printed in letters too small to read."""

from collections.abc import Iterator, Mapping

from hitoe.formulas import drawing
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.schema import Item
from hitoe.sheet.layout import column_widths
from hitoe.sheet.layout.blocks import printed
from hitoe.text import Text
from hitoe.typography import page_geometry
from hitoe.typography.page_geometry import Geometry

LEAST = 0.7
"""How small a formula may become: as small as a fraction within a line."""
KEY = 24.0
"""The width of a column of the worksheet's answers, which is narrower than those of the sheet, in em."""
ALWAYS_WIDE_ENOUGH = 4.0
"""Formulas of fewer em are looked at no further."""


def shrunk(project: Project) -> Iterator[Problem]:
    """Yield a warning for each text with a formula that is printed smaller than LEAST."""
    geometry = page_geometry.geometry(project.deck.sheet)
    for placed in project.entries():
        for key, item in placed.live_items.items():
            wide = [(loc, text, ems) for loc, text in item.texts() if (ems := _width(text)) > ALWAYS_WIDE_ENOUGH]
            cells = _cells(item, geometry) if wide and printed(item) else {}
            for loc, text, ems in wide if printed(item) else ():
                room = cells.get(text, geometry.table(geometry.smallest) if loc == (item.kind,) else KEY)
                if room < LEAST * ems:
                    message = (
                        f"a formula {ems:.0f} em wide is printed small in columns of paper, here of {room:.0f} em: "
                    )
                    message += r"write it as two, or as lines of \begin{aligned} … \\ … \end{aligned}"
                    yield Problem(project.at(placed.file, *placed.loc, "items", key, *loc), message)


def _width(text: Text) -> float:
    """Return the width of the widest formula in a text, in em."""
    return max((drawing(each.source, each.display).width for each in text.formulas), default=0.0)


def _cells(item: Item, geometry: Geometry) -> Mapping[Text, float]:
    """Return the widths of a table's cells by their texts, in em."""
    if not (grid := item.grid):
        return {}
    width = geometry.table(geometry.smallest)
    columns = column_widths.columns(grid.head, grid.rows, width)
    wide = [share / 100 * width - column_widths.PADDING for share in columns.widths]
    cells = (cell for line in (grid.head, *grid.rows) for cell in zip(line, wide, strict=True))
    return {text: ems for text, ems in cells if text}
