"""What the log knows of an entry: what it says in every form, when it was learned, and how much it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from hitoe.log.forms import Form
from hitoe.log.post import Section
from hitoe.model.project import PlacedEntry, Project
from hitoe.schema import Week
from hitoe.stats.counts import Count

read_week = lru_cache(Week.read)
"""Many entries are of one week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An entry that has something to tell. `kinds` counts its items and their cards; `checked` is its latest date.

    `corrections` counts what stands below 訂正. `titles` and `texts` hold its heading's words and its section by form.
    """

    week: Week | None
    order: int | None
    topic: str
    domain: str | None
    kinds: Mapping[str, Count]
    corrections: int
    checked: date | None
    titles: Mapping[str, str]
    texts: Mapping[str, str]

    @property
    def count(self) -> Count:
        """The entry itself, its items and their cards."""
        return sum(self.kinds.values(), Count(entries=1))

    @property
    def place(self) -> tuple[bool, int]:
        """What sorts the entries of a week: those with an `order` come first; ties stay by file and position."""
        return self.order is None, self.order or 0

    def packed(self) -> tuple[Any, ...]:
        """Return the record as plain values."""
        kinds = {kind: (count.items, count.cards) for kind, count in self.kinds.items()}
        week, checked = str(self.week) if self.week else "", self.checked.isoformat() if self.checked else ""
        told = (self.corrections, checked, dict(self.titles), dict(self.texts))
        return (week, self.order, self.topic, self.domain, kinds, *told)

    @classmethod
    def unpacked(cls, values: tuple[Any, ...]) -> "Record":
        """Return the record that was packed."""
        week, order, topic, domain, kinds, corrections, checked, titles, texts = values
        return cls(
            week=read_week(week) if week else None,
            order=order,
            topic=topic,
            domain=domain,
            kinds={kind: Count(0, items, cards) for kind, (items, cards) in kinds.items()},
            corrections=corrections,
            checked=date.fromisoformat(checked) if checked else None,
            titles=titles,
            texts=texts,
        )


def records(project: Project, written: Sequence[Form]) -> Iterator[Record]:
    """Yield the records of all entries that have something to tell."""
    for placed in project.entries():
        if not placed.entry.retired:
            section = Section.of(placed)
            if not section.empty:
                yield _record(placed, section, written)


def _record(placed: PlacedEntry, section: Section, written: Sequence[Form]) -> Record:
    entry = placed.entry
    kinds: dict[str, Count] = {}
    items = [item for item in placed.live_items.values() if item.note]
    for item in items:
        kinds[item.kind] = kinds.get(item.kind, Count()) + Count(0, 1, item.card_count)
    dates = [day for day in (entry.checked, *(item.checked for item in items)) if day]
    return Record(
        week=entry.learned.week if entry.learned else None,
        order=entry.order,
        topic=placed.topic_key,
        domain=entry.domain,
        kinds=kinds,
        corrections=section.corrected,
        checked=max(dates, default=None),
        titles={form.name: str(form.label(entry.title)) for form in written} if section.corrected else {},
        texts={form.name: form.section(section) for form in written},
    )
