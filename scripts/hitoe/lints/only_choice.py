"""A choice is the only item that asks for its fact.

Why: a right option is recognized, and one time in four it is guessed; recalling it is what makes it stay.
Finds: a choice that is `of` no other item.
Example: a `choice:` without `of:`; better: a `fact:` that asks for the same by heart, and `of: its-key`.
Source: Greving & Richter, "Examining the Testing Effect in University Teaching: Retrievability and Question Format
Matter" (2018), Frontiers in Psychology 9:2412: short-answer questions helped students to remember, multiple-choice
questions did not.
"""

from collections.abc import Iterator, Sequence

from hitoe.kinds.choice import Choice
from hitoe.lints.judged import Finding, JudgedCard
from hitoe.messages import say


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the choices that are `of` no other item."""
    for card in cards:
        if isinstance(card.item, Choice) and not card.item.of:
            message = say("no item is named that asks for this by heart: add `of: its-key`, or write such an item")
            yield Finding(card, ("choice",), message)
