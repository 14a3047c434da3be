"""The statistics of each week: what the week added, and the totals at its end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
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
    entries: tuple[RenderedEntry, ...] = field(repr=False)
    count: AddedCount
    kinds: Mapping[str, AddedCount]
    topics: Mapping[str, AddedCount]
    domains: Mapping[str | None, AddedCount]
    corrections: int
    corrected_entries: int
    all_corrections: int
    growth: tuple[WeekTotal, ...]
    undated: Count
    checked: str

    @property
    def first(self) -> bool:
        """Whether no week before this one has entries."""
        return self.count.added == self.count.total


def week_stats(data: LogData) -> Iterator[WeekStats]:
    """Yield the statistics of each week with entries, oldest first."""
    weeks: dict[Week, list[TopicWeek]] = {}
    undated = Count()
    for topic_week in data.weeks:
        if topic_week.week is None:
            undated += sum((entry.count for entry in topic_week.entries), Count())
        else:
            weeks.setdefault(topic_week.week, []).append(topic_week)
    totals = _Totals(tuple(data.topics), undated)
    for week in sorted(weeks):
        yield totals.add(week, weeks[week])


class _Totals:
    """The totals of all weeks that were added so far."""

    def __init__(self, topic_keys: tuple[str, ...], undated: Count) -> None:
        self._topic_keys = topic_keys
        self._undated = undated
        self._count, self._corrections = Count(), 0
        self._kinds: dict[str, Count] = {}
        self._topics: dict[str, Count] = {}
        self._domains: dict[str | None, Count] = {}
        self._growth: list[WeekTotal] = []

    def add(self, week: Week, topic_weeks: list[TopicWeek]) -> WeekStats:
        """Add a week that is later than all before, and return its statistics."""
        entries = list(chain.from_iterable(topic_week.entries for topic_week in topic_weeks))
        by_topic = summed((each.topic, entry.count) for each in topic_weeks for entry in each.entries)
        added = sum(by_topic.values(), Count())
        corrections = [entry.corrections for entry in entries if entry.corrections]
        self._count, self._corrections = self._count + added, self._corrections + sum(corrections)
        topics = _add(self._topics, by_topic)
        return WeekStats(
            week=week,
            entries=tuple(sorted(entries, key=_place)),
            count=AddedCount(added, self._count),
            kinds=_add(self._kinds, summed(pair for entry in entries for pair in entry.kinds.items())),
            topics={key: topics[key] for key in self._topic_keys if key in by_topic},
            domains=_add(self._domains, summed((entry.domain, entry.count) for entry in entries)),
            corrections=sum(corrections),
            corrected_entries=len(corrections),
            all_corrections=self._corrections,
            growth=self._grow(week, added.cards),
            undated=self._undated,
            checked=max(entry.checked for entry in entries),
        )

    def _grow(self, week: Week, added: int) -> tuple[WeekTotal, ...]:
        """Add a week and the weeks without entries before it, and return the last weeks."""
        while self._growth and (monday := self._growth[-1].week.monday + timedelta(weeks=1)) < week.monday:
            self._growth.append(WeekTotal(Week.of(monday), 0, self._growth[-1].total))
        self._growth.append(WeekTotal(week, added, self._count.cards))
        return tuple(self._growth[-WEEKS_SHOWN:])


def _place(entry: RenderedEntry) -> tuple[bool, int]:
    """Return the sort key within a week: entries with `order` come first; the rest stay in the order of the files."""
    return entry.order is None, entry.order or 0


def _add(totals: dict[N, Count], added: Mapping[N, Count]) -> dict[N, AddedCount]:
    """Add counts to the totals, and return what was added to each, and each total."""
    totals |= summed((*totals.items(), *added.items()))
    return {name: AddedCount(added.get(name, Count()), total) for name, total in totals.items()}
