"""`hitoe coverage`: the coverage of the exam's domains as a table, as a drawing, and as warnings."""

from collections.abc import Sequence
from dataclasses import dataclass

from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.stats import coverage
from hitoe.stats.coverage_drawing import coverage_drawing
from hitoe.stats.coverage_table import table
from hitoe.templating import Templates

FILE = "coverage.svg"
"""The name of the drawing in build/."""


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """A table for the terminal, a drawing as SVG, and a warning for each entry that no domain counts."""

    table: str
    drawing: str
    uncounted: Sequence[Problem]


def of(project: Project) -> CoverageReport:
    """Return the coverage report of a project."""
    domains = coverage.domain_coverage(project)
    language = project.deck.language
    templates = Templates("page", language)
    drawing = coverage_drawing(domains, templates)
    svg = templates.render("coverage/coverage.svg.j2", drawing=drawing, language=language)
    return CoverageReport(table(domains), svg, coverage.without_domain(project))
