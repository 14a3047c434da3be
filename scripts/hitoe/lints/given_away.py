"""What is to be recalled can be read off the question or the hint.

Why: an answer that is read needs no memory, so the card is never forgotten and never learned.
Finds: a cloze whose answer stands elsewhere in its sentence; a hint that contains the answer.
Example: `cloze: "{{c1::赤}}と青を混ぜた色は赤より暗い"`, or `hint:` with the answer in it.
Source: Matuschak, "How to write good prompts" (2020), andymatuschak.org (practice, not evidence): prompts should be
effortful, so that the answer is retrieved from memory and not inferred; his working notes warn of questions that imply
their own answer. Wozniak, "Twenty rules of formulating knowledge" (1999), supermemo.com (practice, not evidence), rule
5: a cloze hides the answer.
"""

from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.lints.wording import occurs
from hitoe.messages import say


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the cards whose answer stands in the hint, or elsewhere in the sentence of a cloze."""
    for card in cards:
        words = card.words
        hints = [card.item.hint.plain] if card.item.hint else []
        answers = words.said.split(" / ")
        if words.shown is not None:
            hints.append(words.question.removeprefix(words.shown))
            if any(occurs(answer, words.shown) for answer in answers):
                message = say(
                    "the blank's answer '{said}' stands elsewhere in the sentence: reword it, "
                    "or give both places one number",
                    said=words.said,
                )
                yield Finding(card, words.asked, message)
        if any(occurs(answer, hint) for answer in answers for hint in hints):
            yield Finding(
                card, words.asked, say("the hint holds the answer '{said}': hint at it in other words", said=words.said)
            )
