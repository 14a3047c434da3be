"""An answer is yes or no, which a guess gets right every other time.

Why: a right guess makes Anki show the card later, so that what was never known seems to be known.
Finds: yes or no as the whole answer; in a table, a column that asks nothing else.
Example: `is: できる`
Known limits: a column of a table counts only if all that it asks is yes or no; a few such cells tell rows apart.
Source: Matuschak, "How to write good prompts" (2020), andymatuschak.org (practice, not evidence): questions that ask
for yes or no take less effort and lead to shallow understanding; ask for what is true instead.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import without_asides
from hitoe.messages import say

YES_NO = re.compile(
    r"はい|いいえ|できる|できない|(?:不)?可能?|ある|ない|あり|なし|必要|不要|正しい|正しくない|誤り|[真偽○×〇✕✓]"
    r"|yes|no|ja|nein|oui|non|sí|sì|sim|não|true|false|wahr|falsch|vrai|faux|verdadero|falso|(?:im)?possible|required|optional",
    re.IGNORECASE,
)


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the answers, and the columns of tables, that are yes or no."""
    columns: dict[tuple[str, str, str], list[JudgedCard]] = {}
    for card in cards:
        if card.words.column is not None:
            columns.setdefault((card.placed.key, card.key, card.words.column), []).append(card)
        elif _binary(card):
            message = say(
                "「{question}」 is guessed right half the time: ask what, how many or which instead of whether",
                question=card.words.said,
            )
            yield Finding(card, card.words.answered, message)
    for (*_, column), asked in columns.items():
        if all(map(_binary, asked)):
            message = say(
                "column '{column}' asks for yes or no in every row: "
                "write what is true of each, or leave it unasked with `ask: none`",
                column=column,
            )
            yield Finding(asked[0], asked[0].words.answered, message)


def _binary(card: JudgedCard) -> bool:
    wording = card.words.wording
    return wording is not None and YES_NO.fullmatch(without_asides(wording).strip(" 。.")) is not None
