"""How entries, items and cards are distributed over the domains of the exam and, within each, over the topics."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hitoe.messages import say
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import Position, Problem
from hitoe.stats.counts import AddedCount, Count
from hitoe.stats.domains import domain_shares


@dataclass(frozen=True, slots=True)
class DomainCoverage:
    """A domain and its counts by topic title. `title` is None for the entries that name no domain.

    `share` (of all cards that have a domain with a weight) and `weight` are fractions of 1, None without a weight.
    """

    title: str | None
    topics: Mapping[str, Count]
    share: Fraction | None = None
    weight: Fraction | None = None

    @property
    def count(self) -> Count:
        """The sum of all topics."""
        return sum(self.topics.values(), Count())


def domain_coverage(project: Project) -> list[DomainCoverage]:
    """Return the domains in the order of deck.yaml, empty ones too; last, if any, the entries without a domain."""
    topics: dict[str | None, dict[str, Count]] = {}
    for placed in project.entries():
        if items := placed.live_items.values():
            by_title = topics.setdefault(placed.entry.domain, {})
            count = Count(1, len(items), sum(item.card_count for item in items))
            by_title[placed.topic_title] = by_title.get(placed.topic_title, Count()) + count
    totals = {key: AddedCount(total=sum(by_title.values(), Count())) for key, by_title in topics.items()}
    domains = [
        DomainCoverage(domain.title.plain, topics.get(domain.key, {}), domain.share, domain.weight)
        for domain in domain_shares(project.deck, totals)
    ]
    return [*domains, DomainCoverage(None, topics[None])] if None in topics else domains


def without_domain(project: Project) -> list[Problem]:
    """Return a warning for each entry without a domain, or a single one when deck.yaml defines no domains."""
    if not project.deck.domains:
        return [Problem(Position(DECK_FILE), say("no domains to count by: add `domains:` with their weights"))]
    return [
        Problem(
            project.at(placed.file, *placed.loc, key=True),
            say("entry '{key}' has no domain and is counted under none: add `domain:`", key=placed.key),
        )
        for placed in project.entries()
        if placed.live_items and placed.entry.domain is None
    ]
