"""An answer is so long that it is recalled differently each time.

Why: nobody can grade an answer of which half was recalled.
Finds: an answer of more than 40 letters (of 100 if most are of an alphabet), without its marks and spaces; code and
numbers are exempt.
Example: `is: 書き込みは版が違うと例外で拒否されるので、読み直してからもう一度、新しい版を添えて書き込む`
Source: Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule 4, minimum
information principle: the answer shall be as short as imaginably possible; rule 12, optimize wording.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.messages import say
from hitoe.typography.scripts import in_blocks

LONGEST, LONGEST_OF_ALPHABETS = 40, 100
"""Letters of an answer, in Japanese and in alphabets; code spans and formulas count as they are read, signs of Markdown
and spaces do not count."""


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the answers of more letters than their script allows."""
    for card in cards:
        longest = LONGEST if in_blocks(card.words.said) else LONGEST_OF_ALPHABETS
        shown = sum(len(node.alt) for node in card.words.wording.media) if card.words.wording else 0
        for formula in card.words.wording.formulas if card.words.wording else ():
            shown += len(re.sub(r"\s", "", formula.source)) - formula.letters
        letters = len(re.sub(r"\s", "", card.words.said)) - shown
        if card.words.wording and letters > longest:
            message = say(
                "an answer of {letters} letters, more than {longest}: keep what must be recalled, "
                "and move the rest into the question, `extra:` or an item of its own",
                letters=letters,
                longest=longest,
            )
            yield Finding(card, card.words.answered, message)
