"""A card asks back from what leads to many answers: a number, yes or no, or any cell of a table.

Why: what is learned is which answer the author had in mind; others that are right as well count as wrong.
Finds: a second card that shows a bare number, or yes or no; a table of two or more columns that is asked back from
each.
Example: `fact: 保持できる日数の上限`, `is: 14日`, `reverse: 14日?`; or `ask: both` for all of a table of three columns.
Source: Watkins & Watkins, "Cue-overload theory and the method of interpolated attributes" (1976), Bulletin of the
Psychonomic Society 7(3), 289-291: the more things a cue is tied to, the less likely it recalls each of them.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.yes_no import YES_NO
from hitoe.messages import say

COLUMNS = 2
"""A table of at least so many columns is not to be asked back from each."""
VALUE = re.compile(
    r"[約<>≦≧~〜±$¥€]?\s*[0-9][0-9,.]*\s*(?:[%％‰°℃]|[A-Za-zµ]{1,3}|[^\W\d_A-Za-z]{1,2})?(?:以上|以下|未満|まで)?"
)
"""A number, with or without its unit."""


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the tables that are asked back from all columns, and the other cards that ask back from a value."""
    asked: dict[tuple[str, str], list[JudgedCard]] = {}
    for card in cards:
        asked.setdefault((card.placed.key, card.key), []).append(card)
    for own in asked.values():
        back = [card for card in own if card.words.cue]
        forward = {card.words.column for card in own} - {None}
        if len(forward) >= COLUMNS and forward == {card.words.cue_at[-1] for card in back}:
            message = say(
                "each column is asked back for the row: write `ask: {column: both}` for those that tell rows apart"
            )
            yield Finding(back[0], ("table",), message)
        else:
            yield from map(_finding, filter(_from_value, back))


def _from_value(card: JudgedCard) -> bool:
    """Whether a card shows a value and nothing else: a table's cell stands below the titles of table and column."""
    plain = card.words.cue.plain if card.words.cue else ""
    value = plain.strip(" 。.?？")
    return plain == card.words.question and bool(VALUE.fullmatch(value) or YES_NO.fullmatch(value))


def _finding(card: JudgedCard) -> Finding:
    cue = card.words.cue.plain if card.words.cue else ""
    message = say(
        "'{cue}' is true of many things: ask it forward only, or ask back in words that only this answers", cue=cue
    )
    return Finding(card, card.words.cue_at, message)
