"""What is to be recalled can be read off the question or the hint.

Why: an answer that is read needs no memory, so the card is never forgotten and never learned.
Example: `cloze: "{{c1::赤}}と青を混ぜた色は赤より暗い"`, or `hint:` with the answer in it.
Source: Matuschak (2020): prompts should be effortful, so that the answer is retrieved from memory and not inferred; his
working notes warn of questions that imply their own answer. Wozniak (1999), rule 5: a cloze hides the answer.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from hitoe.kinds.cloze import OPEN
from hitoe.lints.judged import Finding, JudgedCard
from hitoe.typography.scripts import KANJI, KATAKANA

SCRIPTS = (f"{KATAKANA}・", KANJI, "A-Za-z0-9_.%$")
"""Letters of which a run is one word: katakana, kanji, Latin letters and digits."""


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the cards whose answer stands in the hint, or elsewhere in the sentence of a cloze."""
    for card in cards:
        words = card.words
        hints = [card.item.hint.plain] if card.item.hint else []
        answers = words.said.split(" / ")
        if words.shown is not None:
            hints.append(words.question.removeprefix(words.shown))
            if any(_occurs(answer, words.shown) for answer in answers):
                yield Finding(
                    card,
                    card.asked,
                    f"the blank's answer '{words.said}' stands elsewhere in the sentence: reword it, "
                    "or give both places one number",
                )
        if any(_occurs(answer, hint) for answer in answers for hint in hints):
            yield Finding(card, card.asked, f"the hint holds the answer '{words.said}': hint at it in other words")


def _occurs(answer: str, text: str) -> bool:
    """Return whether an answer occurs in a text as words of its own."""
    answer, text = normalize("NFKC", answer).strip(), normalize("NFKC", text)
    if not answer or not text:
        return False
    before, after = (_script(letter) for letter in (answer[0], answer[-1]))
    ahead = f"(?<![{before}])" if before else ""
    behind = f"(?![{after}])" if after else ""
    return re.search(f"{ahead}{re.escape(answer)}{behind}", text.replace(OPEN, " "), re.IGNORECASE) is not None


def _script(letter: str) -> str:
    return next((script for script in SCRIPTS if re.match(f"[{script}]", letter)), "")
