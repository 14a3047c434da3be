"""Progress as plain values, to be printed in a terminal, in the weekly log and on the sheet of weak items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hitoe.schema import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStats:
    """Statistics of the answers in a period.

    `reviews` counts all answers and `milliseconds` adds up their time, in learning and filtered decks too (Anki,
    rslib/src/stats/graphs/reviews.rs). `passed` and `failed` count for true retention (retention.rs): answers that
    affect the schedule, to cards whose interval was a day or more. `lapses` are reviews answered with Again, `leeches`
    the notes answered in the period that are tagged as leeches now.
    """

    reviews: int
    milliseconds: int
    passed: int
    failed: int
    lapses: int
    leeches: int

    @property
    def minutes(self) -> int:
        """The time that the answers took, rounded to minutes."""
        return (self.milliseconds + 30_000) // 60_000

    @property
    def retention(self) -> float | None:
        """True retention in per cent, to one decimal; None if nothing counts for it."""
        return round(100 * self.passed / self.counted, 1) if self.counted else None

    @property
    def counted(self) -> int:
        """How many answers count for true retention."""
        return self.passed + self.failed


@dataclass(frozen=True, slots=True)
class GroupStats:
    """The statistics of a topic or domain; entries without a domain form a group without key and title."""

    key: str | None
    title: str | None
    stats: ReviewStats


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStats:
    """The statistics of a week, or of all time: as a whole, by topic and by domain.

    A week lists only the groups with answers, all time lists every group with cards. `domains` is empty if the deck
    has no domains.
    """

    whole: ReviewStats
    topics: tuple[GroupStats, ...]
    domains: tuple[GroupStats, ...]


@dataclass(frozen=True, slots=True)
class ExpectedRecall:
    """The recall expected of a domain's `cards`, or of all cards; `known` of them have a memory state of FSRS.

    `percent` is the mean over the known cards, to one decimal; None if there are none.
    """

    key: str | None
    title: str | None
    cards: int
    known: int
    percent: float | None

    @property
    def unknown(self) -> int:
        """How many cards are not learned yet."""
        return self.cards - self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakItem:
    """An item that was failed, in `failed` of the `counted` answers that count for true retention; and its lapses."""

    file: str
    entry: str
    item: str
    failed: int
    counted: int
    lapses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The progress in a deck.

    `weeks` has the weeks with answers, oldest first. `expected` is the recall on the day of `exam`, first of all cards,
    then by domain; empty without a date, without FSRS, and after the exam. `weak` has the failed items, worst first.
    """

    weeks: Mapping[Week, PeriodStats]
    total: PeriodStats
    exam: date | None
    expected: tuple[ExpectedRecall, ...]
    weak: tuple[WeakItem, ...]
