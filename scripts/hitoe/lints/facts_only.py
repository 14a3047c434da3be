"""An entry of an exam's deck asks what is, and never why, when or which of several.

Why: who has learned facts only does not answer questions that want a decision any better.
Finds: in a deck with weighted domains, an entry of ten or more cards of which none asks why, when or which.
Example: ten items like `fact: 既定の期限`; better: beside them 「停止してよく、最速なら選ぶ方法は?」, or a `choice:`.
Known limits: only entries of a domain with a weight and of ten cards are judged, for there is an exam; and only in
languages whose words for asking are known.
Source: Agarwal, "Retrieval practice & Bloom's taxonomy: Do students need fact knowledge before higher order learning?"
(2019), Journal of Educational Psychology 111(2), 189-209: quizzes of both kinds improved answers to questions that
apply and analyse, quizzes on facts alone did not.
"""

import re
from collections.abc import Iterator, Sequence

from hitoe.lints.judged import ENTRY, Finding, JudgedCard
from hitoe.messages import say

ENOUGH = 10
ASKING = {
    "ja": r"なぜ|理由|目的|ため|違い|どれ|どちら|どの|どう|いつ|場合|とき|なら|には[?？]?$",
    "en": r"why|which|when|how|if|whether|difference|choose|reason|purpose",
    "de": r"warum|weshalb|wozu|welche\w*|wann|wie|wenn|falls|unterschied|grund|zweck",
    "fr": r"pourquoi|quand|comment|si|quel(?:le)?s?|lequel|laquelle|différence|raison|but",
    "es": r"por qué|para qué|cuándo|cómo|si|cuál(?:es)?|diferencia|razón|motivo",
}
"""Words of a question that wants more than a fact, by language."""
JAPANESE = "ja"


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the entries of which no card asks for a reason, a case or a choice."""
    entries: dict[str, list[JudgedCard]] = {}
    for card in cards:
        domain = card.deck.domains.get(card.placed.entry.domain or "")
        if domain and domain.weight:
            entries.setdefault(card.placed.key, []).append(card)
    for own in entries.values():
        language = own[0].deck.language.primary
        if len(own) >= ENOUGH and language in ASKING and not any(_asks(card, language) for card in own):
            message = say(
                "{count} cards, and none asks why, when or which: add a question of a situation, or a `choice:`",
                count=len(own),
            )
            yield Finding(own[0], ("title",), message, about=ENTRY)


def _asks(card: JudgedCard, language: str) -> bool:
    words = ASKING[language] if language == JAPANESE else rf"\b(?:{ASKING[language]})\b"
    return card.item.kind == "choice" or re.search(words, card.words.question, re.IGNORECASE) is not None
