"""An answer ends in "and so on", so that nobody can tell whether it was recalled.

Why: an answer without an end can be neither right nor wrong.
Finds: 「など」 or "etc." in an answer.
Example: `is: 画像や動画など`
Source: Matuschak, "How to write good prompts" (2020), andymatuschak.org (practice, not evidence): prompts should be
precise and produce consistent answers; an open list is no answer, and is asked by its instances or for examples.
Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule 9, avoid sets.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import prose
from hitoe.messages import say

OPEN_END = re.compile(r"など|ナド|\b(?:etc|usw|ecc)\b|\band so (?:on|forth)\b|\band others\b", re.IGNORECASE)


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the answers that hold such words."""
    for card in cards:
        if card.words.wording and (found := OPEN_END.search(prose(card.words.wording))):
            message = say(
                "'{word}' leaves the answer open: name all that is asked for, or ask for one that is named",
                word=found[0],
            )
            yield Finding(card, card.words.answered, message)
