"""The learner's days: they begin at an hour of the learner's choice, in the time zone the collection was made in."""

from dataclasses import dataclass
from datetime import date, timedelta

HOUR, DAY = 3600, 86400
EPOCH = date(1970, 1, 1)
EASTERNMOST = 13 * HOUR
"""Where a day can be told to begin early in one zone or late in another, more people live in these."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When days begin: `rollover` seconds after midnight, in a time zone that is `east` seconds before UTC."""

    rollover: int
    east: int

    def day(self, time: int) -> date:
        """Return the day of a second since 1970."""
        return EPOCH + timedelta(days=(time + self.east - self.rollover) // DAY)

    def start(self, day: date) -> int:
        """Return the second since 1970 at which a day begins."""
        return (day - EPOCH).days * DAY - self.east + self.rollover


def east_of_creation(created: int) -> int:
    """Return by how many seconds the zone of a collection is before UTC that does not say so itself.

    Anki dates every collection to four o'clock of its first morning (rslib/src/scheduler/timing.rs).
    """
    east = (4 * HOUR - created) % DAY
    return east if east <= EASTERNMOST else east - DAY
