"""`hitoe coverage`: the coverage of the exam's domains as a table."""

from collections.abc import Sequence
from fractions import Fraction

from hitoe.messages import say
from hitoe.stats.counts import Count
from hitoe.stats.coverage import DomainCoverage
from hitoe.stats.domains import percent
from hitoe.terminal.text_table import Row, aligned

HEADS = (say("entries"), say("items"), say("cards"), say("share"), say("weight"))


def table(domains: Sequence[DomainCoverage]) -> list[str]:
    """Return the lines of a table: each domain and below it its topics; the last row is the sum of all domains."""
    rows = []
    for domain in domains:
        shares = _percent(domain.share), _percent(domain.weight)
        rows.append(_row(domain.title or say("no domain"), domain.count, *shares))
        rows += [_row(f"  {topic}", count) for topic, count in domain.topics.items()]
    rows.append(_row(say("all"), sum((domain.count for domain in domains), Count())))
    return aligned(rows, HEADS)


def _row(title: str, count: Count, *parts: str) -> Row:
    return title, f"{count.entries:,}", f"{count.items:,}", f"{count.cards:,}", *parts


def _percent(part: Fraction | None) -> str:
    return "-" if part is None else f"{percent(part)} %"
