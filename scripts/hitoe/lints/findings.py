"""What a rule reports."""

from dataclasses import dataclass

from hitoe.lints.cards import JudgedCard
from hitoe.source import Loc


@dataclass(frozen=True, slots=True)
class Finding:
    """A card that breaks a rule, the location of what is wrong in its file, and the message to the author."""

    card: JudgedCard
    loc: Loc
    message: str
