"""The cards that the rules judge, and what a rule reports of one."""

from dataclasses import dataclass

from hitoe.kinds import Item
from hitoe.kinds.card_words import CardWords
from hitoe.model.project import PlacedEntry, Project
from hitoe.source import Loc


@dataclass(frozen=True, slots=True)
class JudgedCard:
    """A card of the item with a `key` in an entry."""

    placed: PlacedEntry
    key: str
    item: Item
    words: CardWords


@dataclass(frozen=True, slots=True)
class Finding:
    """A card that breaks a rule, the location of what is wrong in its item, and the message to the author."""

    card: JudgedCard
    loc: Loc
    message: str


def of(project: Project) -> list[JudgedCard]:
    """Return all cards of a project that are not retired, in the order of the source."""
    return [
        JudgedCard(placed, key, item, words)
        for placed in project.entries()
        for key, item in placed.live_items.items()
        for words in item.card_words()
    ]
