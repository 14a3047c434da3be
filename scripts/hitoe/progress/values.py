"""The figures, as values that are printed: in a terminal, in a week's post and on the sheet of weak points."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hitoe.schema import Week

MINUTE = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was answered in a time.

    `reviews` and `milliseconds` are of all answers, in learning and in filtered decks too (Anki,
    rslib/src/stats/graphs/reviews.rs). `passed` and `failed` are those that count for true retention (retention.rs):
    answers that affect the schedule, to cards whose interval was a day or more. `lapses` are reviews answered with
    Again, `leeches` the notes answered in that time that Anki has tagged as leeches by now.
    """

    reviews: int
    milliseconds: int
    passed: int
    failed: int
    lapses: int
    leeches: int

    @property
    def minutes(self) -> int:
        """The time that the answers took, rounded."""
        return (self.milliseconds + MINUTE // 2) // MINUTE

    @property
    def retention(self) -> float | None:
        """True retention in per cent, to one decimal; None if nothing counts for it."""
        return round(100 * self.passed / self.counted, 1) if self.counted else None

    @property
    def counted(self) -> int:
        """How many answers count for true retention."""
        return self.passed + self.failed


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of a topic or of a domain; those of entries without a domain have neither key nor title."""

    key: str | None
    title: str | None
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The figures of a week, or of all time (then `week` is None): as a whole, by topic and by domain.

    Of a week there are only groups that were answered, of all time those that have cards. A deck without domains has
    no groups by domain.
    """

    week: Week | None
    whole: Figures
    topics: tuple[Group, ...]
    domains: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """The recall to be expected of a domain's cards, or of all: of `cards`, those `known` to FSRS.

    `percent` is the mean over the known ones, to one decimal; None if there are none.
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
class Weak:
    """An item that was failed: `failed` of the `counted` answers that count for true retention, and its lapses."""

    file: str
    entry: str
    item: str
    failed: int
    counted: int
    lapses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All that a collection says of a deck.

    `weeks` are those with answers, from the first; `expected` is the recall on `exam`, that of all cards first, and
    empty without a date, without FSRS, and when the exam is over; `weak` are the items that were failed, worst first.
    """

    weeks: Mapping[Week, Period]
    total: Period
    exam: date | None
    expected: tuple[Expected, ...]
    weak: tuple[Weak, ...]
