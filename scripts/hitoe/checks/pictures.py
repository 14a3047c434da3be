"""Checks of the picture files that the deck and items name."""

from collections.abc import Iterator

from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Problem


def inside_project(project: Project) -> Iterator[Problem]:
    """A picture is a file of the content folder."""
    content = (project.root / CONTENT).resolve()
    series = project.deck.series
    if series and series.hero_image and (fault := series.hero_image.fault(content)):
        yield Problem(project.at(DECK_FILE, "series", "hero_image", "file"), fault)
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if item.image and (fault := item.image.fault(content)):
                yield Problem(project.at(placed.file, *placed.loc, "items", key, "image", "file"), fault)
