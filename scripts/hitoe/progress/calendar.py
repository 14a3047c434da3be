"""Converts times to days as Anki does: a day begins at an hour the learner chooses, in the collection's time zone."""

from dataclasses import dataclass
from datetime import date, timedelta

HOUR, DAY = 3600, 86400
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When days begin: `rollover` seconds after midnight, in a time zone `east` seconds ahead of UTC."""

    rollover: int
    east: int

    def day(self, time: int) -> date:
        """Return the day of a time in seconds since 1970."""
        return EPOCH + timedelta(days=(time + self.east - self.rollover) // DAY)

    def start(self, day: date) -> int:
        """Return when a day begins, in seconds since 1970."""
        return (day - EPOCH).days * DAY - self.east + self.rollover


def east_of_creation(created: int) -> int:
    """Return by how many seconds the time zone of a collection that does not store it is ahead of UTC.

    Anki sets the creation time of every collection to 4 o'clock local time (rslib/src/scheduler/timing.rs).
    """
    east = (4 * HOUR - created) % DAY
    # Of two zones a day apart the one with more people is taken: UTC+13 not UTC-11, but UTC-10 not UTC+14.
    return east if east <= 13 * HOUR else east - DAY
