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
        yield from sorted(entries, key=_place_in_posts)


def _place_in_posts(placed: PlacedEntry) -> tuple[bool, str, bool, int]:
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
        cards += [(note.guid, ord_) for ord_ in note.new_ords]
        groups += [(*note.apart, note.guid) if len(note.new_ords) > 1 else note.apart] * len(note.new_ords)
    room = [min(new_per_day, len(cards) - first) for first in range(0, len(cards), new_per_day)]
    held: list[Counter[str]] = [Counter() for _ in room]
    of_card = [
        _least_crowded(room, held, its_groups, number // new_per_day) if its_groups else None
        for number, its_groups in enumerate(groups)
    ]
    left = (day for day, count in enumerate(room) for _ in range(count))
    order: list[list[Card]] = [[] for _ in room]
    for card, day in zip(cards, of_card, strict=True):
        order[next(left) if day is None else day].append(card)
    return [card for day_cards in order for card in day_cards]


def _least_crowded(room: list[int], held: list[Counter[str]], groups: tuple[str, ...], own: int) -> int:
    """Put a card of these groups on a day that holds the fewest of them, and return the day's number.

    `room` is how many more cards each day takes, `held` how many of each group it has. `own` is the day of the card
    without neighbours, near which it stays.
    """
    best, fewest = -1, inf
    for day in (*range(own, len(room)), *reversed(range(own))):
        crowd = sum(held[day][group] for group in groups) if room[day] else inf
        if crowd < fewest:
            best, fewest = day, crowd
        if crowd == 0:
            break
    room[best] -= 1
    held[best].update(groups)
    return best
