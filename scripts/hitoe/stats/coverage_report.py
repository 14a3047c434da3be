"""How the notes lie over the examination's domains: a table for the terminal, and a drawing for the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.stats import coverage
from hitoe.stats.coverage_drawing import drawing
from hitoe.stats.coverage_table import table
from hitoe.templating import Templates

FILE = "coverage.svg"
"""The name of the drawing in build/."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table, the drawing as SVG, and what is counted under no domain."""

    table: str
    drawing: str
    apart: Sequence[Problem]


def of(project: Project) -> Coverage:
    """Return the coverage of a project."""
    domains = coverage.domains(project)
    print_ = Templates("page", project.deck.language)
    drawn = print_.render("coverage/coverage.svg.j2", it=drawing(domains, print_), language=project.deck.language)
    return Coverage(table(domains), drawn, coverage.without_domain(project))
