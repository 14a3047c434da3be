"""Which weeks' posts an author asked for, and which of these there are."""

from collections.abc import Sequence

from hitoe.problems import RefusedError
from hitoe.schema import Week


class Asked:
    """Wants some weeks, or all `since` one; remembers those that it was asked about and wanted."""

    def __init__(self, weeks: Sequence[str], since: str | None) -> None:
        """Take weeks as an author writes them.

        Raises:
            RefusedError: there is no such week.
        """
        try:
            self._weeks = [Week.read(week) for week in weeks]
            self._since = Week.read(since) if since else None
        except ValueError as error:
            raise RefusedError(str(error)) from None
        self._found: set[Week] = set()

    def wants(self, week: Week) -> bool:
        """Whether the post of a week that there is was asked for."""
        wanted = week in self._weeks if self._since is None else week >= self._since
        self._found |= {week} if wanted else set()
        return wanted

    @property
    def missing(self) -> str | None:
        """When nothing was learned, though it was asked for: `in 2020-W30`; None if all was found."""
        if self._since is not None:
            return None if self._found else f"since {self._since}"
        return (
            f"in {', '.join(lacking)}" if (lacking := [str(w) for w in self._weeks if w not in self._found]) else None
        )
