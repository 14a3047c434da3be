"""What must hold between values: each check looks at a whole project and yields problems.

To add a check, write a function and put it into CHECKS; if nothing need stop for it, into WARNINGS.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from hitoe.checks import characters, clozes, entries, figures, identities, pictures, sheets, sources, tables
from hitoe.model.loader import parse
from hitoe.model.project import Project
from hitoe.problems import InputError, Problem

CHECKS: tuple[Callable[[Project], Iterator[Problem]], ...] = (
    entries.keys_unique,
    entries.filled,
    entries.domains_known,
    entries.points_nested,
    entries.formulas_computable,
    clozes.numbers_complete,
    tables.rows_complete,
    tables.asked_columns_known,
    tables.reverse_unambiguous,
    tables.compared_rows_exist,
    identities.unique,
    identities.paths_readable,
    sheets.columns_wide_enough,
    pictures.inside_project,
    pictures.regions_found,
    figures.drawable,
    sources.listed_once,
)


WARNINGS: tuple[Callable[[Project], Iterator[Problem]], ...] = (characters.kept_by_anki, sources.titled_alike)
"""What an author should know, and may leave as it is."""


def warnings(project: Project) -> list[Problem]:
    """Return what the author should know of a project, by place."""
    return sorted({warning for warn in WARNINGS for warning in warn(project)})


def problems(project: Project) -> list[Problem]:
    """Return what all checks say of a project."""
    return [problem for check in CHECKS for problem in check(project)]


def trusted(root: Path) -> Project:
    """Read and check a project.

    Raises:
        InputError: with every problem of every file.
    """
    project, found = parse(root)
    if project is not None:
        told = {(problem.at.file, problem.at.line) for problem in found}
        found = found + [each for each in problems(project) if (each.at.file, each.at.line) not in told]
    if found or project is None:
        raise InputError(found)
    return project
