"""A question begins with a word for something that is not on the card.

Why: Anki shows each card without the entry around it, so that nobody knows what "this" was.
Finds: a question that begins with これ, その, "It" and the like, for something that is not on the card.
Example: `fact: その既定値`
Source: Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule 16,
context cues simplify wording: a card comes without its neighbours, so it must name its subject. Matuschak, "How to
write good prompts" (2020), andymatuschak.org (practice, not evidence): prompts should be precise; a vague question gets
a vague answer.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import prose
from hitoe.messages import say

POINTING = re.compile(
    r"(?:これ(?!まで|から)|それ(?!ぞれ)|あれ|ここ(?!数)|そこ|あそこ|こちら|そちら|この(?!ほど|ごろ)|その(?!他|ほか|まま|場)|あの"
    r"|こうした|そうした|このよう|そのよう|同サービス|前者|後者|上記|上述|前述)"
    r"|(?:This|These|That|Those|It|They|She|The (?:former|latter|above))\b(?!-)"
    r"|He(?=\s+(?!and\b|or\b|to\b|in\b|of\b)[a-z])"  # not helium
)


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the questions that begin with such a word, each once."""
    reported: set[tuple[object, ...]] = set()
    for card in cards:
        place = (card.placed.key, card.key, *card.words.asked)
        lead = card.words.lead
        if lead and place not in reported and (found := POINTING.match(prose(lead))):
            reported.add(place)
            message = say("'{word}' points at nothing on the card: name what it stands for", word=found[0])
            yield Finding(card, card.words.asked, message)
