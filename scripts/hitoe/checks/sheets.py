"""Checks of how the sheet is to be printed."""

from collections.abc import Iterator

from hitoe import paper
from hitoe.problems import Problem
from hitoe.project import DECK_FILE, Project


def columns_wide_enough(project: Project) -> Iterator[Problem]:
    """Columns must hold a table."""
    geometry = paper.geometry(project.deck.sheet)
    if geometry.column < paper.NARROWEST:
        most = paper.most_columns(geometry.width)
        yield Problem(
            project.at(DECK_FILE, "sheet", "columns"),
            f"{geometry.columns} columns would be {geometry.column:.0f} mm wide, not {paper.NARROWEST:.0f} mm: "
            f"write {most} or fewer, or take wider paper",
        )
