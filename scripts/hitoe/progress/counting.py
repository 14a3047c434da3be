"""Which answers count for what: Anki's own say, in rslib/src/revlog/mod.rs and rslib/src/stats/graphs."""

from dataclasses import dataclass, field

from hitoe.progress.calendar import DAY
from hitoe.progress.collection import Answer
from hitoe.progress.places import Place
from hitoe.progress.values import Figures

AGAIN = 1
REVIEW, FILTERED, RESCHEDULED = 1, 3, (4, 5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A card of the deck with what is known of it: the id and place of its note, and whether that is a leech."""

    note: int
    place: Place
    leech: bool


@dataclass(slots=True)
class Tally:
    """Figures while answers are counted."""

    reviews: int = 0
    milliseconds: int = 0
    passed: int = 0
    failed: int = 0
    lapses: int = 0
    leeches: set[int] = field(default_factory=set)

    def add(self, answer: Answer, asked: Asked) -> None:
        """Count an answer."""
        self.reviews += 1
        self.milliseconds += answer.taken
        if counts(answer):
            self.failed += answer.button == AGAIN
            self.passed += answer.button != AGAIN
        self.lapses += lapse(answer)
        if asked.leech:
            self.leeches.add(asked.note)

    @property
    def figures(self) -> Figures:
        """What was counted."""
        return Figures(
            reviews=self.reviews,
            milliseconds=self.milliseconds,
            passed=self.passed,
            failed=self.failed,
            lapses=self.lapses,
            leeches=len(self.leeches),
        )


def answered(answer: Answer) -> bool:
    """Whether a row of the log is an answer; the others tell of due dates that were set."""
    return answer.kind not in RESCHEDULED


def counts(answer: Answer) -> bool:
    """Whether an answer counts for true retention."""
    return schedules(answer) and (answer.kind == REVIEW or answer.last >= 1 or answer.last <= -DAY)


def lapse(answer: Answer) -> bool:
    """Whether an answer made a learned card lapse; in a filtered deck cards are reviewed before they are due."""
    return schedules(answer) and answer.button == AGAIN and answer.kind in (REVIEW, FILTERED)


def schedules(answer: Answer) -> bool:
    """Whether a learner answered and the schedule took note: not so in a filtered deck that leaves it alone."""
    return answer.button > 0 and not (answer.kind == FILTERED and answer.factor == 0)
