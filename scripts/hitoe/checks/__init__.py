"""What must hold between values: each check looks at a whole project and yields problems.

To add a check, write a function and put it into CHECKS.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from hitoe.checks import clozes, entries, identities, pictures, tables
from hitoe.problems import InputError, Problem
from hitoe.project import Project, parse

CHECKS: tuple[Callable[[Project], Iterator[Problem]], ...] = (
    entries.keys_unique,
    entries.domains_known,
    entries.points_nested,
    entries.formulas_computable,
    clozes.numbers_complete,
    tables.rows_complete,
    tables.asked_columns_known,
    tables.reverse_unambiguous,
    identities.unique,
    identities.paths_readable,
    pictures.inside_project,
)


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
        found = found + problems(project)
    if found or project is None:
        raise InputError(found)
    return project
