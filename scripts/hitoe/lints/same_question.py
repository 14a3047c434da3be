"""Two cards ask the same and want different answers.

Why: the learner cannot know which answer is meant, and fails one of the two whatever is recalled.
Finds: a question that also fits another item with a different answer.
Example: `fact: 既定の期限`, `is: 24時間` in one entry, and `fact: 既定の期限は?`, `is: 7日` in another.
Source: Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule 11, combat
interference: items must be as unambiguous as possible, for similar ones push each other out of memory. Matuschak, "How
to write good prompts" (2020), andymatuschak.org (practice, not evidence): prompts should be precise about what they ask
for.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.messages import say


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the cards whose question an earlier card asks for another answer."""
    first: dict[str, JudgedCard] = {}
    for card in cards:
        other = first.setdefault(_bare(card.words.question), card)
        if _bare(other.words.said) != _bare(card.words.said):
            message = say(
                "the question fits '{entry}.{key}' too, whose answer is another: say in both what tells them apart",
                entry=other.placed.key,
                key=other.key,
            )
            yield Finding(card, card.words.asked, message)


def _bare(text: str) -> str:
    """Return a text without what makes no difference to a reader: forms of letters, spaces, the sign at the end."""
    return re.sub(r"\s", "", normalize("NFKC", text)).rstrip("?。.は:")
