"""What each week added, and all that there was at its end."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from hitoe.log.chapter import Chapter
from hitoe.log.chronicle import Chronicle
from hitoe.log.record import Record
from hitoe.schema import Week
from hitoe.stats.counts import Count, Share, summed

N = TypeVar("N")
WEEKS_SHOWN = 12
"""How far back a post looks: a quarter of a year. With all weeks since the first, each post would be longer still."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The cards of a week, and of all weeks up to it."""

    week: Week
    added: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A week's chapters, and its counts: by kind, by topic (those of the week) and by domain (None: of none).

    `growth` has the week and those before it, weeks without entries too; `undated` counts what belongs to no week.
    `numbers` stands for all counts of this week and those before it.
    """

    week: Week
    first: bool
    chapters: tuple[Chapter, ...]
    whole: Share
    kinds: Mapping[str, Share]
    topics: Mapping[str, Share]
    domains: Mapping[str | None, Share]
    corrections: int
    corrected: int
    all_corrections: int
    growth: tuple[Growth, ...]
    undated: Count
    numbers: bytes

    @cached_property
    def records(self) -> list[Record]:
        """The week's records in order."""
        told = (record for chapter in self.chapters for record in chapter.records)
        return sorted(told, key=lambda record: record.place)

    @property
    def checked(self) -> date | None:
        """When an entry of the week was checked last."""
        return max((chapter.checked for chapter in self.chapters if chapter.checked), default=None)


def tallies(chronicle: Chronicle) -> Iterator[Tally]:
    """Yield the tally of each week with entries, oldest first."""
    weeks: dict[Week, list[Chapter]] = {}
    undated = Count()
    for chapter in chronicle.chapters:
        if chapter.week is None:
            undated += chapter.count
        else:
            weeks.setdefault(chapter.week, []).append(chapter)
    totals = _Totals(list(chronicle.topics), undated)
    for week in sorted(weeks):
        yield totals.tally(week, weeks[week])


class _Totals:
    """What all weeks up to one have added up to."""

    def __init__(self, topics: Iterable[str], undated: Count) -> None:
        self._places = {key: place for place, key in enumerate(topics)}
        self._undated = undated
        self._whole, self._corrections = Count(), 0
        self._kinds: dict[str, Count] = {}
        self._topics: dict[str, Count] = {}
        self._domains: dict[str | None, Count] = {}
        self._growth: list[Growth] = []
        self._numbers = hashlib.blake2b(repr(undated).encode(), digest_size=16)

    def tally(self, week: Week, chapters: Sequence[Chapter]) -> Tally:
        """Add a week that is later than all before, and return its tally."""
        for chapter in chapters:
            self._numbers.update(chapter.numbers)
        domains = summed(pair for chapter in chapters for pair in chapter.domains.items())
        kinds = summed(pair for chapter in chapters for pair in chapter.kinds.items())
        topics = summed((chapter.topic, chapter.count) for chapter in chapters)
        added, corrections = sum(domains.values(), Count()), sum(chapter.corrections for chapter in chapters)
        self._whole, self._corrections = self._whole + added, self._corrections + corrections
        self._growth.append(Growth(week, added.cards, self._whole.cards))
        _add(self._kinds, kinds)
        _add(self._topics, topics)
        _add(self._domains, domains)
        return Tally(
            week=week,
            first=len(self._growth) == 1,
            chapters=tuple(chapters),
            whole=Share(added, self._whole),
            kinds=_shares(self._kinds, kinds),
            topics={key: Share(topics[key], self._topics[key]) for key in sorted(topics, key=self._places.__getitem__)},
            domains=_shares(self._domains, domains),
            corrections=corrections,
            corrected=sum(chapter.corrected for chapter in chapters),
            all_corrections=self._corrections,
            growth=_growth(self._growth),
            undated=self._undated,
            numbers=self._numbers.digest(),
        )


def _add(totals: dict[N, Count], sums: Mapping[N, Count]) -> None:
    for name, count in sums.items():
        totals[name] = totals.get(name, Count()) + count


def _shares(totals: Mapping[N, Count], added: Mapping[N, Count]) -> dict[N, Share]:
    return {name: Share(added.get(name, Count()), total) for name, total in totals.items()}


def _growth(known: Sequence[Growth]) -> tuple[Growth, ...]:
    """Return the last weeks up to the last one that is known, those without entries filled in."""
    last = known[-1].week.monday
    back = min(WEEKS_SHOWN - 1, (last - known[0].week.monday).days // 7)
    start = last - timedelta(weeks=back)
    by_week = {growth.week.monday: growth for growth in known[-WEEKS_SHOWN:]}
    total = next((growth.total for growth in reversed(known[-WEEKS_SHOWN - 1 :]) if growth.week.monday < start), 0)
    shown = []
    for weeks in range(back + 1):
        monday = start + timedelta(weeks=weeks)
        growth = by_week.get(monday) or Growth(Week.of(monday), 0, total)
        shown.append(growth)
        total = growth.total
    return tuple(shown)
