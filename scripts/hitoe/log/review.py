"""What the learner's Anki collection says about the week of a post."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hitoe.schema import Week

if TYPE_CHECKING:
    from hitoe.progress import ExpectedRecall, GroupStats, Progress, ReviewStats


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review figures of a week, in total, by domain and by topic.

    `expected` is the recall that is expected on the day of the `exam`: of all cards, then by domain. It depends on the
    present state of the collection, so only the last week with reviews has it.
    """

    figures: "ReviewStats"
    domains: "tuple[GroupStats, ...]"
    topics: "tuple[GroupStats, ...]"
    exam: date | None = None
    expected: "tuple[ExpectedRecall, ...]" = ()

    @classmethod
    def of(cls, progress: "Progress | None", week: Week) -> "Review | None":
        """Return the review of a week; None without a collection and for a week without reviews."""
        if progress is None or week not in progress.weeks:
            return None
        period = progress.weeks[week]
        last = week == max(progress.weeks)
        return cls(
            figures=period.whole,
            domains=period.domains,
            topics=period.topics,
            exam=progress.exam if last and progress.expected else None,
            expected=progress.expected if last else (),
        )
