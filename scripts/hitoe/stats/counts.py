"""How much there is to learn: numbers of entries, items and Anki cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers of entries, items and cards."""

    entries: int = 0
    items: int = 0
    cards: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.entries + other.entries, self.items + other.items, self.cards + other.cards)


@dataclass(frozen=True, slots=True)
class AddedCount:
    """What a week added to something, and the total at the end of that week."""

    added: Count = Count()
    total: Count = Count()


def summed(pairs: Iterable[tuple[N, Count]]) -> dict[N, Count]:
    """Return the sum of the counts of each name, names in the order of their first occurrence."""
    sums: dict[N, Count] = {}
    for name, count in pairs:
        sums[name] = sums.get(name, Count()) + count
    return sums
