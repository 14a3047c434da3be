"""An answer is several sentences, of which some are remembered and some are not.

Why: Anki schedules the whole answer by its hardest sentence, so the others are reviewed far too often.
Finds: several sentences in one answer.
Example: `is: 期限は24時間。延長はできない。`
Source: Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule 4, minimum
information principle: a complex item is to be split into simple ones. Matuschak, "How to write good prompts" (2020),
andymatuschak.org (practice, not evidence): prompts should be focused, on one detail at a time.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import without_asides
from hitoe.messages import say
from hitoe.typography.scripts import ALPHABETS, HIRAGANA, KANJI, KATAKANA

STOP = re.compile(
    r"。(?=\s*[^\s。!?;])|[!?;](?=\s+[^\s。!?;])"
    rf"|(?<!\w)(?P<word>\w*)[.](?=\s+(?P<next>[{ALPHABETS}{HIRAGANA}{KATAKANA}{KANJI}]))"
)
"""The end of a sentence that another one follows; `!`, `?` and `;` without a space may be part of a name or of code."""
SHORT = 3
ABBREVIATIONS = frozenset(["approx", "bzw", "corp", "etc", "evtl", "ggf", "incl", "inkl", "prof", "usw", "vgl"])
"""Words that end with a period within a sentence; those of fewer than SHORT letters do, too."""


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the answers in which a sentence follows another one, asides not counted."""
    for card in cards:
        if card.words.wording and any(map(_ends, STOP.finditer(without_asides(card.words.wording)))):
            message = say(
                "several sentences in one answer: make an item of each, or move all but the first into `extra:`"
            )
            yield Finding(card, card.words.answered, message)


def _ends(stop: re.Match[str]) -> bool:
    """Whether a sentence ends there: a period may end an abbreviation or a number, and a small letter begins none."""
    word, following = stop["word"], stop["next"]
    if following is None:
        return True
    if stop.start() == 0:  # "1. Januar", "2. Annahme"
        return False
    return not following.islower() and (word.isdigit() or (len(word) >= SHORT and word.lower() not in ABBREVIATIONS))
