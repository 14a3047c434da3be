"""The coverage of the exam's domains as a table for the terminal: each domain, and below it its topics."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hitoe.stats.counts import Count
from hitoe.stats.coverage import DomainCoverage
from hitoe.stats.domains import percent
from hitoe.terminal.text_table import Row, aligned

HEADS = ("entries", "items", "cards", "share", "weight")


def table(domains: Sequence[DomainCoverage]) -> str:
    """Return the lines of the table; its last row is the sum of all domains."""
    total = sum((domain.count for domain in domains), Count())
    return "\n".join(aligned([*_rows(domains), ("all", *_numbers(total))], HEADS))


def _rows(domains: Sequence[DomainCoverage]) -> Iterator[Row]:
    for domain in domains:
        yield domain.title or "no domain", *_numbers(domain.count), _percent(domain.share), _percent(domain.weight)
        for topic, count in domain.topics.items():
            yield f"  {topic}", *_numbers(count)


def _numbers(count: Count) -> Row:
    return f"{count.entries:,}", f"{count.items:,}", f"{count.cards:,}"


def _percent(part: Fraction | None) -> str:
    return "-" if part is None else f"{percent(part)} %"
