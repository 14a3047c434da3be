"""What a rule says of a card."""

from dataclasses import dataclass

from hitoe.lints.cards import Card
from hitoe.source import Loc


@dataclass(frozen=True, slots=True)
class Finding:
    """A card that teaches badly, the way to what is wrong in its file, and a sentence: what, and how to mend it."""

    card: Card
    loc: Loc
    message: str
