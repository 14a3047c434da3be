"""Checks of what must hold between values: each looks at a whole project and yields problems.

To add a check, write a function and put it into CHECKS, or into WARNINGS if a build can go on. What concerns the values
of one item belongs to its kind, as `Item.mistakes`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from hitoe.checks import characters, drawable, entries, identities, items, pictures, sheets, sources
from hitoe.model.loader import parse
from hitoe.model.project import Project
from hitoe.problems import InputError, Problem

CHECKS: tuple[Callable[[Project], Iterator[Problem]], ...] = (
    entries.keys_unique,
    entries.filled,
    entries.domains_known,
    entries.points_nested,
    items.sound,
    items.compared_rows_exist,
    identities.unique,
    identities.paths_readable,
    sheets.columns_wide_enough,
    pictures.inside_project,
    drawable.figures_drawable,
    sources.listed_once,
)


WARNINGS: tuple[Callable[[Project], Iterator[Problem]], ...] = (characters.kept_by_anki, sources.titled_alike)
"""Checks whose findings an author can leave as they are."""


def warnings(project: Project) -> list[Problem]:
    """Return the findings of WARNINGS, sorted by position."""
    return sorted({warning for warn in WARNINGS for warning in warn(project)})


def problems(project: Project) -> list[Problem]:
    """Return the findings of CHECKS."""
    return [problem for check in CHECKS for problem in check(project)]


def trusted(root: Path) -> Project:
    """Read and check a project.

    Raises:
        InputError: with every problem of every file.
    """
    project, found = parse(root)
    if project is not None:
        reported = {(problem.at.file, problem.at.line) for problem in found}
        found = found + [each for each in problems(project) if (each.at.file, each.at.line) not in reported]
    if found or project is None:
        raise InputError(found)
    return project
