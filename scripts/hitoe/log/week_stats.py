"""The statistics of each week: what the week added, and the totals at its end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from hitoe.log.data import LogData, RenderedEntry, TopicWeek
from hitoe.schema import Week
from hitoe.stats.counts import AddedCount, Count, summed

N = TypeVar("N")
WEEKS_SHOWN = 12
"""How many weeks the growth in a post goes back: a quarter of a year. Posts would get longer with all weeks."""


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """The cards that a week added, and the total at its end."""

    week: Week
    added: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStats:
    """A week's entries in the order of the post, and their counts.

    `topics` are those of the week, by key; `kinds` and `domains` are all up to the week (None: without a domain).
    `corrections` were made in `corrected_entries` of the week. `growth` has the week and up to eleven before it, weeks
    without entries too. `undated` counts the entries of the project without a week. `checked` is the latest day
    (ISO 8601) on which an entry of the week was compared with its sources, empty if there is none.
    """

    week: Week
    entries: list[RenderedEntry] = field(repr=False)
    count: AddedCount
    kinds: Mapping[str, AddedCount]
    topics: Mapping[str, AddedCount]
    domains: Mapping[str | None, AddedCount]
    corrections: int
    corrected_entries: int
    all_corrections: int
    growth: list[WeekTotal]
    undated: Count
    checked: str


def week_stats(data: LogData) -> Iterator[WeekStats]:
    """Yield the statistics of each week with entries, oldest first."""
    weeks: dict[Week | None, list[TopicWeek]] = {}
    for topic_week in data.weeks:
        weeks.setdefault(topic_week.week, []).append(topic_week)
    undated = sum((entry.count for each in weeks.pop(None, ()) for entry in each.entries), Count())
    whole, all_corrections = Count(), 0
    kinds: dict[str, Count] = {}
    topics: dict[str, Count] = {}
    domains: dict[str | None, Count] = {}
    growth: list[WeekTotal] = []
    for week, topic_weeks in sorted((week, each) for week, each in weeks.items() if week):
        # Entries with `order` come first; the rest stay in the order of the files.
        entries = sorted(
            (entry for each in topic_weeks for entry in each.entries),
            key=lambda entry: (entry.order is None, entry.order or 0),
        )
        by_topic = summed((each.topic, entry.count) for each in topic_weeks for entry in each.entries)
        added = sum(by_topic.values(), Count())
        whole += added
        corrections = [entry.corrections for entry in entries if entry.corrections]
        all_corrections += sum(corrections)
        topic_counts = _add(topics, by_topic)
        growth = _grown(growth, WeekTotal(week, added.cards, whole.cards))
        yield WeekStats(
            week=week,
            entries=entries,
            count=AddedCount(added, whole),
            kinds=_add(kinds, summed(pair for entry in entries for pair in entry.kinds.items())),
            topics={key: topic_counts[key] for key in data.topics if key in by_topic},
            domains=_add(domains, summed((entry.domain, entry.count) for entry in entries)),
            corrections=sum(corrections),
            corrected_entries=len(corrections),
            all_corrections=all_corrections,
            growth=growth,
            undated=undated,
            checked=max(entry.checked for entry in entries),
        )


def _add(totals: dict[N, Count], added: Mapping[N, Count]) -> dict[N, AddedCount]:
    """Add counts to the totals, and return what was added to each, and each total."""
    totals |= summed((*totals.items(), *added.items()))
    return {name: AddedCount(added.get(name, Count()), total) for name, total in totals.items()}


def _grown(growth: list[WeekTotal], last: WeekTotal) -> list[WeekTotal]:
    """Return the weeks that a post shows, with a week added and the weeks without entries before it."""
    grown = list(growth)
    while grown and (monday := grown[-1].week.monday + timedelta(weeks=1)) < last.week.monday:
        grown.append(WeekTotal(Week.of(monday), 0, grown[-1].total))
    return [*grown, last][-WEEKS_SHOWN:]
