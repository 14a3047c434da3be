"""An answer lists things that have no order, or an order that nothing asks for.

Why: one missing member makes the whole answer wrong, and nothing in the question calls it to mind.
Finds: three or more things listed in one answer: make it a table, steps, or a cloze with a number for each.
Example: `is: 甲・乙・丙`
Source: Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule 9, avoid
sets, and rule 10, avoid enumerations: they are among the hardest to remember, and overlapping clozes are easier.
Matuschak, "How to write good prompts" (2020), andymatuschak.org (practice, not evidence) on lists: a cloze that leaves
out one member at a time.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import SPAN, without_asides
from hitoe.messages import say
from hitoe.text import Bullets, Numbers, Text
from hitoe.typography.scripts import HIRAGANA, in_blocks

FEWEST_MEMBERS = 3
LONGEST_MEMBER, LONGEST_OF_ALPHABETS = 20, 50
AND = "and|or|und|oder|et|ou|y|o|e"
"""In English, German, French, Spanish, Italian and Portuguese."""
SEPARATORS = (
    re.compile(r"\s*・\s*"),
    re.compile(r"\s*、\s*(?:と|や|および|または)?"),
    re.compile(r"\s+/\s+"),
    re.compile(rf",\s+(?:(?:{AND})\s+)?|\s+(?:{AND})\s+"),
)
JOINERS = re.compile(rf"(?<=[^{HIRAGANA}])(?:と|や|および|または)(?=[^{HIRAGANA}])")
CLAUSE = re.compile(r"[はがを]|なら")
UNFINISHED = re.compile(rf"[{HIRAGANA}]$|{CLAUSE.pattern}")
"""Ends in hiragana, or has a particle that makes a clause: no member of a list."""


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the answers that list FEWEST_MEMBERS things or more."""
    for card in cards:
        if card.words.wording and (members := _members(card.words.wording)) >= FEWEST_MEMBERS:
            message = say(
                "an answer that lists {members} things: make it a `table:`, `steps:`, "
                "or a `cloze:` with a number for each",
                members=members,
            )
            yield Finding(card, card.words.answered, message)


def _members(answer: Text) -> int:
    """Return how many things an answer lists; 0 if it is no list."""
    for node in answer.blocks:
        if isinstance(node, Bullets | Numbers):
            return len(node.items)
    said = without_asides(answer).replace(SPAN, "X").rstrip("。. ")
    return max(_listed(separator.split(said)) for separator in SEPARATORS)


def _listed(parts: list[str]) -> int:
    """Return how many members the parts of an answer are; 0 if they are clauses and not members."""
    if len(parts) < FEWEST_MEMBERS - 1:
        return 0
    *front, last = (part.strip() for part in parts)
    members = [*front, *([last] if CLAUSE.search(last) else JOINERS.split(last))]
    if any(not part or _long(part) or UNFINISHED.search(part) for part in members[:-1]):
        return 0
    return len(members)


def _long(part: str) -> bool:
    return len(part) > (LONGEST_MEMBER if in_blocks(part) else LONGEST_OF_ALPHABETS)
