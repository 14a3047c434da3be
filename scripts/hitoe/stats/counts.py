"""How much there is to learn: numbers of entries, items and Anki cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from hitoe.schema import Cloze, Code, Fact, Item, Picture, Steps, Table

N = TypeVar("N")
SIDES = {"none": 0, "forward": 1, "reverse": 1, "both": 2}


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
        sums[name] = sums[name] + count if name in sums else count
    return sums


def cards(item: Item) -> int:
    """Return the number of cards that the deck makes of an item and that are not retired, without rendering them."""
    match item:
        case Fact() | Code():
            return 2 if item.reverse else 1
        case Cloze():
            return len({cloze.number for cloze in item.cloze.clozes})
        case Table():
            cells = sum(SIDES[item.direction(row, column)] for row in item.live_rows for column in item.live_columns)
            return cells + len(item.live_rows) * item.ask_rows
        case Steps():
            return len(item.live_steps)
        case Picture():
            return len(item.live_regions)
        case _:
            return 1
