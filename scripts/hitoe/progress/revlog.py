"""Rows of Anki's review log, and which of them count as reviews, for true retention and as lapses by Anki's own rules.

Source: Anki, rslib/src/revlog/mod.rs and rslib/src/stats/graphs.
"""

from typing import NamedTuple

from hitoe.progress.calendar import DAY

AGAIN = 1
REVIEW, FILTERED, RESCHEDULED = 1, 3, (4, 5)


class RevlogEntry(NamedTuple):
    """A row of the review log.

    `time` is in milliseconds since 1970; `last_interval` is the card's interval before, in days or, if negative, in
    seconds; `kind` is Anki's: 0 learning, 1 review, 2 relearning, 3 filtered deck, 4 and 5 rescheduled by hand.
    """

    time: int
    card: int
    button: int
    last_interval: int
    ease_factor: int
    milliseconds: int
    kind: int

    @property
    def is_answer(self) -> bool:
        """Whether the learner answered; other rows record that a due date was set."""
        return self.kind not in RESCHEDULED

    @property
    def affects_schedule(self) -> bool:
        """Whether it is an answer that changed the schedule; a filtered deck can leave the schedule as it is."""
        return self.button > 0 and not (self.kind == FILTERED and self.ease_factor == 0)

    @property
    def counts_for_retention(self) -> bool:
        """Whether it counts for true retention: the card's interval was a day or more, or it was a review."""
        mature = self.kind == REVIEW or self.last_interval >= 1 or self.last_interval <= -DAY
        return self.affects_schedule and mature

    @property
    def is_lapse(self) -> bool:
        """Whether a learned card was forgotten: Again in a review, also an early one in a filtered deck."""
        return self.affects_schedule and self.button == AGAIN and self.kind in (REVIEW, FILTERED)
