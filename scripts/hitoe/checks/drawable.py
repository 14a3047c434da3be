"""A check of figures: each can be drawn."""

from collections.abc import Iterator

from hitoe import figures
from hitoe.model.project import Project
from hitoe.problems import Problem


def figures_drawable(project: Project) -> Iterator[Problem]:
    """A figure can be drawn: its parts go together, and its words fit on paper and on a telephone."""
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if item.figure:
                for fault in figures.faults(item.figure):
                    at = project.at(placed.file, *placed.loc, "items", key, "figure", *fault.loc, key=fault.key)
                    yield Problem(at, str(fault))
