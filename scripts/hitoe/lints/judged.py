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

    @property
    def home(self) -> tuple[str, Loc]:
        """The file of the item, and its location there."""
        return self.placed.file, (*self.placed.loc, "items", self.key)

    @property
    def asked(self) -> Loc:
        """The location of the question in the file."""
        return (*self.home[1], *self.words.asked)

    @property
    def answered(self) -> Loc:
        """The location of the answer in the file."""
        return (*self.home[1], *self.words.answered)


@dataclass(frozen=True, slots=True)
class Finding:
    """A card that breaks a rule, the location of what is wrong in its file, and the message to the author."""

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
