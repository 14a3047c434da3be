"""`hitoe coverage`: the coverage of the exam's domains as a table, as a drawing, and as warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.stats import coverage
from hitoe.stats.counts import Count
from hitoe.stats.coverage import DomainCoverage
from hitoe.stats.coverage_drawing import coverage_drawing
from hitoe.stats.domains import percent
from hitoe.templating import Templates
from hitoe.terminal.text_table import Row, aligned

FILE = "coverage.svg"
"""The name of the drawing in build/."""
HEADS = (say("entries"), say("items"), say("cards"), say("share"), say("weight"))


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The lines of a table for the terminal, a drawing as SVG, and a warning for each entry that no domain counts."""

    table: Sequence[str]
    drawing: str
    uncounted: Sequence[Problem]


def of(project: Project) -> CoverageReport:
    """Return the coverage report of a project."""
    domains = coverage.domain_coverage(project)
    drawing = coverage_drawing(domains, Templates("page", project.deck.language))
    return CoverageReport(_table(domains), drawing, coverage.without_domain(project))


def _table(domains: Sequence[DomainCoverage]) -> list[str]:
    """Return each domain and below it its topics; the last row is the sum of all domains."""
    rows = []
    for domain in domains:
        rows.append(
            _row(domain.title or say("no domain"), domain.count, _percent(domain.share), _percent(domain.weight))
        )
        rows += [_row(f"  {topic}", count) for topic, count in domain.topics.items()]
    rows.append(_row(say("all"), sum((domain.count for domain in domains), Count())))
    return aligned(rows, HEADS)


def _row(title: str, count: Count, *parts: str) -> Row:
    return title, f"{count.entries:,}", f"{count.items:,}", f"{count.cards:,}", *parts


def _percent(part: Fraction | None) -> str:
    return "-" if part is None else f"{percent(part)} %"
