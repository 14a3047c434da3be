"""How entries, items and cards are distributed over the domains of the exam and, within each, over the topics."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hitoe.model.project import DECK_FILE, PlacedEntry, Project
from hitoe.problems import Position, Problem
from hitoe.stats.counts import AddedCount, Count
from hitoe.stats.domains import domain_shares


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainCoverage:
    """A domain's count, and its count by topic title. `title` is None for the entries that name no domain.

    `share` (of all cards that have a domain with a weight) and `weight` are fractions of 1, None without a weight.
    """

    title: str | None
    count: Count
    topics: Mapping[str, Count]
    share: Fraction | None = None
    weight: Fraction | None = None


def domain_coverage(project: Project) -> list[DomainCoverage]:
    """Return the domains in the order of deck.yaml, empty ones too; last, if any, the entries without a domain."""
    topics: dict[str | None, dict[str, Count]] = {}
    for placed in _live(project):
        by_title = topics.setdefault(placed.entry.domain, {})
        by_title[placed.topic_title] = by_title.get(placed.topic_title, Count()) + _count(placed)
    totals = {key: AddedCount(total=sum(by_title.values(), Count())) for key, by_title in topics.items()}
    domains = [
        DomainCoverage(
            title=domain.title.plain,
            count=domain.count.total,
            topics=topics.get(domain.key, {}),
            share=domain.share,
            weight=domain.weight,
        )
        for domain in domain_shares(project.deck, totals)
    ]
    if None in topics:
        domains.append(DomainCoverage(title=None, count=totals[None].total, topics=topics[None]))
    return domains


def without_domain(project: Project) -> list[Problem]:
    """Return a warning for each entry without a domain, or a single one when deck.yaml defines no domains."""
    if not project.deck.domains:
        return [Problem(Position(DECK_FILE), "no domains to count by: add `domains:` with their weights")]
    return [
        Problem(
            project.at(placed.file, *placed.loc, key=True),
            f"entry '{placed.key}' has no domain and is counted under none: add `domain:`",
        )
        for placed in _live(project)
        if placed.entry.domain is None
    ]


def _live(project: Project) -> Iterator[PlacedEntry]:
    return (placed for placed in project.entries() if placed.live_items)


def _count(placed: PlacedEntry) -> Count:
    items = placed.live_items.values()
    return Count(1, len(items), sum(item.card_count for item in items))
