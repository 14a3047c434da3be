"""The weeks that `hitoe log --week` and `--since` select."""

from collections.abc import Sequence

from hitoe.messages import say
from hitoe.problems import RefusedError
from hitoe.schema import Week


def read(weeks: Sequence[str]) -> list[Week]:
    """Return weeks that are written as 2020-W30; raise RefusedError as WeekFilter does."""
    try:
        return [Week.read(week) for week in weeks]
    except ValueError as error:
        raise RefusedError(str(error)) from None


class WeekFilter:
    """Selects some weeks, or all `since` one, and records which weeks `wants` has selected."""

    def __init__(self, weeks: Sequence[str], since: str | None) -> None:
        """Read weeks as the author wrote them, for example 2020-W30.

        Raises:
            RefusedError: that is no week of the calendar; the message says how to correct it.
        """
        self._weeks = read(weeks)
        self._since = read([since])[0] if since else None
        self._found: set[Week] = set()

    def wants(self, week: Week) -> bool:
        """Return whether the post of a week is to be built."""
        wanted = week in self._weeks if self._since is None else week >= self._since
        if wanted:
            self._found.add(week)
        return wanted

    @property
    def missing(self) -> str | None:
        """The selected weeks that have no entries, as in `in 2020-W30` or `since 2020-W30`; None if there are none."""
        if self._since is not None:
            return None if self._found else say("since {week}", week=self._since)
        missing = ", ".join(str(week) for week in self._weeks if week not in self._found)
        return say("in {weeks}", weeks=missing) if missing else None
