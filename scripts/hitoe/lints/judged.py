"""The cards that the rules judge, and what a rule reports of one."""

from dataclasses import dataclass

from hitoe.kinds import Item
from hitoe.kinds.card_words import CardWords
from hitoe.model.project import PlacedEntry, Project
from hitoe.schema import Deck
from hitoe.source import Loc

ITEM, ENTRY, DECK = 0, 1, 3
"""What a finding is about: how far around its card."""


@dataclass(frozen=True, slots=True)
class JudgedCard:
    """A card of the item with a `key` in an entry of a deck."""

    deck: Deck
    placed: PlacedEntry
    key: str
    item: Item
    words: CardWords


@dataclass(frozen=True, slots=True)
class Finding:
    """A card that breaks a rule, the location of what is wrong, and the message to the author.

    The location is in the card's item; or in its entry or the deck, if the finding is about that.
    """

    card: JudgedCard
    loc: Loc
    message: str
    about: int = ITEM


def of(project: Project) -> list[JudgedCard]:
    """Return all cards of a project that are not retired, in the order of the source."""
    return [
        JudgedCard(project.deck, placed, key, item, words)
        for placed, key, item in project.live_items()
        for words in item.card_words()
    ]
