"""Weeks of the ISO calendar, by which the log counts."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hitoe.messages import WrongValueError

WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that contains `day`."""
        return cls(*day.isocalendar()[:2])

    @classmethod
    def read(cls, text: str) -> "Week":
        """Return the week that is written as 2020-W30; raise ValueError if there is no such week."""
        match = WEEK.fullmatch(text)
        if match is None:
            raise WrongValueError("'{text}' is not an ISO week: write it as 2020-W30", text=text)
        try:
            date.fromisocalendar(int(match[1]), int(match[2]), 7)
        except ValueError:
            raise WrongValueError(
                "{year} has no ISO week {number}: look the week up", year=match[1], number=match[2]
            ) from None
        return cls(int(match[1]), int(match[2]))
