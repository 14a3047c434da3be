"""Checks of deck.yaml."""

from collections.abc import Iterator

from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.typography import page_geometry


def columns_wide_enough(project: Project) -> Iterator[Problem]:
    """The sheet's columns are wide enough for a table."""
    geometry = page_geometry.geometry(project.deck.sheet)
    if geometry.column < page_geometry.NARROWEST:
        most = page_geometry.most_columns(geometry.width)
        yield Problem(
            project.at(DECK_FILE, "sheet", "columns"),
            f"{geometry.columns} columns would be {geometry.column:.0f} mm wide, not {page_geometry.NARROWEST:.0f} mm: "
            f"write {most} or fewer, or take wider paper",
        )


def hero_image_exists(project: Project) -> Iterator[Problem]:
    """The picture of the series is a file of the content folder."""
    series = project.deck.series
    if series and series.hero_image and (fault := series.hero_image.fault((project.root / CONTENT).resolve())):
        yield Problem(project.at(DECK_FILE, "series", "hero_image", "file"), fault)
