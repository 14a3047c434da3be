"""The order of study: new cards as in the source, but on other days than cards that would show their answers.

The back of a table's cell shows the whole table, and a step shows the steps before it. Anki takes new cards by their
`due` number, 20 a day unless the learner changes it, so cards that show each other's answers go to different days.
"""

from collections import Counter
from collections.abc import Sequence
from math import inf

from hitoe.deck.notes import Note

NEW_A_DAY = 20
"""Anki's default limit of new cards."""

Card = tuple[str, int]
"""A note's guid and the number of its template or cloze, Anki's ord."""


def study_order(notes: Sequence[Note]) -> list[Card]:
    """Return the cards that a subdeck brings in the order in which they are to be learned.

    Cards with neighbours go to the first day that holds the fewest of them, the others fill the days up; inside a day
    all stand as in the source. Where a table has more neighbours than the subdeck has days, some share a day.
    """
    cards: list[Card] = []
    groups: list[tuple[str, ...]] = []
    for note in notes:
        cards += [(note.guid, ord_) for ord_ in note.new_ords]
        groups += [(*note.apart, note.guid) if len(note.new_ords) > 1 else note.apart] * len(note.new_ords)
    room = [min(NEW_A_DAY, len(cards) - first) for first in range(0, len(cards), NEW_A_DAY)]
    held: list[Counter[str]] = [Counter() for _ in room]
    of_card = [_least_crowded(room, held, its_groups) if its_groups else None for its_groups in groups]
    left = (day for day, count in enumerate(room) for _ in range(count))
    order: list[list[Card]] = [[] for _ in room]
    for card, day in zip(cards, of_card, strict=True):
        order[next(left) if day is None else day].append(card)
    return [card for day_cards in order for card in day_cards]


def _least_crowded(room: list[int], held: list[Counter[str]], groups: tuple[str, ...]) -> int:
    """Put a card of these groups on the first day that holds the fewest of them, and return the day's number.

    `room` is how many more cards each day takes, `held` how many of each group it has.
    """
    best, fewest = -1, inf
    for day, count in enumerate(room):
        crowd = sum(held[day][group] for group in groups) if count else inf
        if crowd < fewest:
            best, fewest = day, crowd
        if crowd == 0:
            break
    room[best] -= 1
    held[best].update(groups)
    return best
