"""What a topic tells of one week: how much that is, and records, which are read only when a post is made of them."""

import hashlib
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hitoe.log.record import Record, read_week
from hitoe.schema import Week
from hitoe.stats.counts import Count, summed

Texts = Callable[[], bytes]
"""Returns packed records."""
Packed = tuple[bytes, str, bytes]
"""The numbers of a chapter, the date of its latest check, and the digest of its packed records."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """`kinds` counts items and their cards, `domains` entries too (None: of no domain); `checked` is the latest date.

    `corrections` stand in `corrected` entries. `numbers` are all these but the date as bytes; `sign` stands for the
    records, which `texts` returns.
    """

    week: Week | None
    topic: str
    kinds: Mapping[str, Count]
    domains: Mapping[str | None, Count]
    corrections: int
    corrected: int
    checked: date | None
    numbers: bytes
    sign: bytes
    texts: Texts

    @property
    def count(self) -> Count:
        """The entries, their items and their cards."""
        return sum(self.domains.values(), Count())

    @property
    def records(self) -> tuple[Record, ...]:
        """The entries in the source's order."""
        return tuple(map(Record.unpacked, marshal.loads(self.texts())))

    @property
    def packed(self) -> Packed:
        """The chapter without its records."""
        return self.numbers, self.checked.isoformat() if self.checked else "", self.sign

    @classmethod
    def of(cls, records: Sequence[Record]) -> "Chapter":
        """Return the chapter of the records of a topic and a week; there is at least one."""
        numbers = (
            str(records[0].week or ""),
            records[0].topic,
            _plain(summed(pair for record in records for pair in record.kinds.items())),
            _plain(summed((record.domain, record.count) for record in records)),
            sum(record.corrections for record in records),
            sum(bool(record.corrections) for record in records),
        )
        days = [record.checked for record in records if record.checked]
        texts = pack([record.packed() for record in records])
        checked = max(days).isoformat() if days else ""
        return cls.unpacked((pack(numbers), checked, digest(texts)), lambda: texts)

    @classmethod
    def unpacked(cls, packed: Packed, texts: Texts) -> "Chapter":
        """Return the chapter that was packed; `texts` returns its records, packed."""
        numbers, checked, sign = packed
        week, topic, kinds, domains, corrections, corrected = marshal.loads(numbers)
        return cls(
            read_week(week) if week else None,
            topic,
            {kind: Count(*count) for kind, count in kinds.items()},
            {domain: Count(*count) for domain, count in domains.items()},
            corrections,
            corrected,
            date.fromisoformat(checked) if checked else None,
            numbers,
            sign,
            texts,
        )


def chapters(records: Iterator[Record]) -> tuple[Chapter, ...]:
    """Return the chapters of records, in the order of their first ones."""
    found: dict[tuple[str, Week | None], list[Record]] = {}
    for record in records:
        found.setdefault((record.topic, record.week), []).append(record)
    return tuple(map(Chapter.of, found.values()))


def pack(values: Any) -> bytes:
    """Return plain values as bytes, equal ones as equal bytes: later versions also tell which objects are one."""
    return marshal.dumps(values, 0)


def digest(text: bytes) -> bytes:
    """Return what stands for a text."""
    return hashlib.blake2b(text, digest_size=16).digest()


def _plain(counts: Mapping[Any, Count]) -> dict[Any, tuple[int, int, int]]:
    return {name: (count.entries, count.items, count.cards) for name, count in counts.items()}
