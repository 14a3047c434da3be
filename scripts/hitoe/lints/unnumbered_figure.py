"""A figure that is drawn to a scale shows no number of it.

Why: what is long or early can be seen, but not how long and when, which is what the numbers were written for.
Finds: a timeline or bar figure that shows no number: `numbers: true` prints them.
Example: a timeline from 1274 to 1281 whose labels are names only: `numbers: true` prints the years.
Source: Tufte, "The Visual Display of Quantitative Information" (1983), ch. 2: clear, detailed and thorough labeling
should be used to defeat graphical distortion and ambiguity.
"""

from collections.abc import Iterator, Sequence

from hitoe.lints.judged import Finding, JudgedCard
from hitoe.messages import say
from hitoe.values.figures import Scaled


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the cards with a timeline or bar figure that prints no numbers and has no digit in any label."""
    for card in cards:
        figure = card.item.figure
        if isinstance(figure, Scaled) and not (figure.numbers or _digits(figure)):
            yield Finding(card, ("figure",), say("nothing in the figure says its numbers: add `numbers: true`"))


def _digits(figure: Scaled) -> bool:
    return any(char.isdigit() for _, label in figure.texts() for char in label.plain)
