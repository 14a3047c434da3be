"""An answer stands in its own question, the label of its row, its figure's numbers, or as a whole in its entry's title.

Why: on the sheet and on the worksheet they stand next to each other, so the blank can be filled in by reading. Of an
answer of which some words are strong, only these are asked.
Example: `fact: SSE-KMSが使う鍵`, `is: 「**KMS**のキー」`; better: `fact: 監査できるSSEが使う鍵`.
Known limits: an answer of one letter or a number is no finding, nor one that the question offers as a choice.
Source: Matuschak, "How to write good prompts" (2020), andymatuschak.org (practice, not evidence): prompts should be
effortful, so that the answer is retrieved from memory and not inferred.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hitoe.kinds.card_words import CardWords
from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import occurs
from hitoe.messages import say
from hitoe.text import Strong, Text
from hitoe.values.figures import Scaled

CHOICE = re.compile(r"のうち|どちら|どれ|いずれ|か、|\b(?:which|either|or)\b", re.IGNORECASE)
"""Words of a question that offers answers to choose from."""


NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the cards of which an answer can be read beside its blank."""
    for card in cards:
        if number := _drawn(card):
            message = say(
                "the figure prints the answer '{number}': take `numbers: true` away, or ask for something else",
                number=number,
            )
            yield Finding(card, card.words.answered, message)
        words, title = card.words, card.placed.entry.title.plain
        seen = words.printed
        for answer in _asked(words) if seen and not CHOICE.search(seen) else []:
            if occurs(answer, seen):
                message = say(
                    "the answer '{answer}' stands in its question '{seen}': ask in other words",
                    answer=answer,
                    seen=seen,
                )
                yield Finding(card, card.words.answered, message)
            elif answer == words.said and occurs(answer, title):
                message = say(
                    "the answer '{answer}' stands in the title of its entry: title it otherwise", answer=answer
                )
                yield Finding(card, card.words.answered, message)


def _drawn(card: JudgedCard) -> str:
    """Return the number with which the answer begins, if the item's figure prints it too; else nothing."""
    figure, found = card.item.figure, NUMBER.match(card.words.said)
    if not (isinstance(figure, Scaled) and figure.numbers and found):
        return ""
    return found[0] if Decimal(found[0].replace(",", "")) in figure.values else ""


def _asked(words: CardWords) -> list[str]:
    """Return the words of an answer that are asked on paper, except those that may stand anywhere by chance."""
    nodes = words.wording.walk() if words.wording else ()
    strong = [Text.of_nodes(node.children).plain for node in nodes if isinstance(node, Strong)]
    return [each for each in strong or [words.said] if len(each) > 1 and not each[0].isdigit()]
