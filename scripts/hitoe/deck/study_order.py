"""The order of study: entries as in the posts, easy cards first, but not on a day with cards that show their answers.

The back of a table's cell shows the whole table, and a step shows the steps before it. Anki takes new cards by their
`due` number, as many a day as the learner has set, so cards that show each other's answers go to different days.
Imports never change the order of cards that a learner has.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf
from operator import attrgetter

from hitoe.deck.notes import Note
from hitoe.kinds import Item
from hitoe.model.project import PlacedEntry, Project

Card = tuple[str, int]
"""A note's guid and the number of its template or cloze, Anki's ord."""


def entries_in_order(project: Project) -> Iterator[PlacedEntry]:
    """Yield the entries of each topic in the order of the posts: week by week, those without a week last."""
    for _, entries in groupby(project.entries(), attrgetter("file")):
        yield from sorted(entries, key=place_in_posts)


def place_in_posts(placed: PlacedEntry) -> tuple[bool, str, bool, int]:
    """Return what the entries of a topic are sorted by."""
    learned, order = placed.entry.learned, placed.entry.order
    return learned is None, str(learned), order is None, order or 0


def items_in_order(placed: PlacedEntry) -> list[tuple[str, Item]]:
    """Return the items of an entry with their keys: easy ones first, then as in the source."""
    return sorted(placed.entry.items.items(), key=lambda pair: pair[1].study_place)


def study_order(notes: Sequence[Note], new_per_day: int) -> list[Card]:
    """Return the cards that a subdeck brings in the order in which they are to be learned.

    `notes` are in the order that they would have without neighbours. Cards with neighbours go to a day that holds the
    fewest of them: the nearest one after their own day, else before it. The others fill the days up, and inside a day
    all keep the order of `notes`. Where a table has more neighbours than the subdeck has days, some share a day.
    """
    cards: list[Card] = []
    groups: list[tuple[str, ...]] = []
    for note in notes:
        new = note.new_ords
        cards += [(note.guid, ord_) for ord_ in new]
        groups += [(*note.apart, note.guid) if len(new) > 1 else note.apart] * len(new)
    room = [min(new_per_day, len(cards) - first) for first in range(0, len(cards), new_per_day)]
    days = _Days(room)
    of_card = [
        days.put(its_groups, number // new_per_day) if its_groups else None for number, its_groups in enumerate(groups)
    ]
    left = (day for day, count in enumerate(room) for _ in range(count))
    order: list[list[Card]] = [[] for _ in room]
    for card, day in zip(cards, of_card, strict=True):
        order[next(left) if day is None else day].append(card)
    return [card for day_cards in order for card in day_cards]


class _Days:
    """The days of study: `room` is how many more cards each takes. The days without room are skipped in one step."""

    def __init__(self, room: list[int]) -> None:
        self._room = room
        self._held: list[Counter[str]] = [Counter() for _ in room]
        # Each day leads to itself while it has room, then to the next one: that after it, or that before it. Here days
        # count from 1, so that the ends are places of the lists, too.
        self._later = list(range(len(room) + 2))
        self._earlier = list(range(len(room) + 2))

    def put(self, groups: tuple[str, ...], own: int) -> int:
        """Put a card of these groups on a day that holds the fewest of them, and return the day's number.

        `own` is the day of the card without neighbours, near which it stays.
        """
        best, fewest = -1, inf
        for day in self._with_room(own):
            crowd = sum(self._held[day][group] for group in groups)
            if crowd < fewest:
                best, fewest = day, crowd
            if crowd == 0:
                break
        for group in groups:
            self._held[best][group] += 1
        self._room[best] -= 1
        if not self._room[best]:
            self._later[best + 1], self._earlier[best + 1] = best + 2, best
        return best

    def _with_room(self, own: int) -> Iterator[int]:
        """Yield the days with room from `own` on, then those before it, the nearest first."""
        day = _led(self._later, own + 1)
        while day <= len(self._room):
            yield day - 1
            day = _led(self._later, day + 1)
        day = _led(self._earlier, own)
        while day >= 1:
            yield day - 1
            day = _led(self._earlier, day - 1)


def _led(leads: list[int], day: int) -> int:
    """Return the day to which a day leads in the end, and shorten the way to it."""
    while leads[day] != day:
        leads[day] = leads[leads[day]]
        day = leads[day]
    return day
