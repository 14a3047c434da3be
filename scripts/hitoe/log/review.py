"""What a learner's Anki collection says of a post's week."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hitoe.schema import Week

if TYPE_CHECKING:
    from hitoe.progress import ExpectedRecall, GroupStats, Progress, ReviewStats


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The figures of a week, and those by domain and by topic that there are.

    The recall to be expected on the day of the exam is told in the last week with reviews only, for it is of that time:
    of all cards first, then by domain.
    """

    figures: "ReviewStats"
    domains: "tuple[GroupStats, ...]"
    topics: "tuple[GroupStats, ...]"
    exam: date | None = None
    expected: "tuple[ExpectedRecall, ...]" = ()

    @classmethod
    def of(cls, progress: "Progress | None", week: Week) -> "Review | None":
        """Return the review of a week; None without a collection, and when nothing was reviewed."""
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
