"""How items and cards lie over domains and topics."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hitoe.model.project import DECK_FILE, PlacedEntry, Project
from hitoe.problems import Position, Problem
from hitoe.stats import domains as shares
from hitoe.stats.counts import Count, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain with all that it holds, and that again by the titles of topics; no `title` for entries without one.

    `share` (of all cards that have a domain with a weight) and `weight` are parts of 1, None where there is no weight.
    """

    title: str | None
    whole: Count
    topics: Mapping[str, Count]
    share: Fraction | None = None
    weight: Fraction | None = None


def domains(project: Project) -> list[Domain]:
    """Return the domains of a project in the order of its deck, empty ones too, and what has none at the end."""
    cells: dict[str | None, dict[str, Count]] = {}
    for placed in _live(project):
        topics = cells.setdefault(placed.entry.domain, {})
        topics[placed.topic_title] = topics.get(placed.topic_title, Count()) + _count(placed)
    totals = {key: Share(Count(), sum(topics.values(), Count())) for key, topics in cells.items()}
    found = [
        Domain(
            title=one.title.plain,
            whole=one.cards.total,
            topics=cells.get(one.key, {}),
            share=one.share,
            weight=one.weight,
        )
        for one in shares.domains(project.deck, totals, Share(Count(), Count()))
    ]
    if None in cells:
        found.append(Domain(title=None, whole=totals[None].total, topics=cells[None]))
    return found


def without_domain(project: Project) -> list[Problem]:
    """Return what an author may mend so that all entries are counted under a domain."""
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
