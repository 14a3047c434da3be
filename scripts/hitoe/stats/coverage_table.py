"""Coverage in a terminal: each domain, and below it its topics."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hitoe.stats.counts import Count
from hitoe.stats.coverage import Domain
from hitoe.stats.domains import percent
from hitoe.terminal.text_table import Row, aligned

HEADS = ("entries", "items", "cards", "share", "weight")


def table(domains: Sequence[Domain]) -> str:
    """Return what is printed. `share` is that of the cards, beside the `weight` of the domain in the exam."""
    whole = sum((domain.whole for domain in domains), Count())
    return "\n".join(aligned([*_rows(domains), ("all", *_numbers(whole))], HEADS))


def _rows(domains: Sequence[Domain]) -> Iterator[Row]:
    for domain in domains:
        yield domain.title or "no domain", *_numbers(domain.whole), _part(domain.share), _part(domain.weight)
        for topic, count in domain.topics.items():
            yield f"  {topic}", *_numbers(count)


def _numbers(count: Count) -> Row:
    return f"{count.entries:,}", f"{count.items:,}", f"{count.cards:,}"


def _part(part: Fraction | None) -> str:
    return "-" if part is None else f"{percent(part)} %"
