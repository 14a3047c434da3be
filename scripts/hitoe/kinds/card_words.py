"""The words of a card, as the rules of `hitoe check` judge them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hitoe.source import Loc
from hitoe.text import Block, Bullets, Inline, Numbers, PictureSpan, SoundSpan, Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """What a learner reads and must recall on one card, without signs of Markdown.

    `asked` and `answered` lead from the item to question and answer. `question` is all that is seen before the answer,
    on one line. `answer` is a Text if its wording can be judged, a str if it is code, a number or several blanks.
    `lead` is the question as the author wrote it, None if it can refer to something shown with it.
    `shown` is the sentence around a blank, None for other cards.
    `column` names the column of a table whose cell is asked.
    `cue` is what a card that asks back shows, and `cue_at` leads from the item to it.
    `printed` is what is printed beside the answer on paper as its question, empty if the blank is within a sentence.
    """

    asked: Loc
    answered: Loc
    question: str
    answer: Text | str
    lead: Text | None = None
    shown: str | None = None
    column: str | None = None
    cue: Text | None = None
    cue_at: Loc = ()
    printed: str = ""

    @property
    def said(self) -> str:
        """The words of the answer."""
        return self.answer if isinstance(self.answer, str) else self.answer.plain

    @property
    def wording(self) -> Text | None:
        """The answer, if its wording can be judged."""
        return None if isinstance(self.answer, str) else self.answer


def words(nodes: Sequence[Inline | Block], instead: Callable[[Inline | Block], T | None]) -> Iterator[str | T]:
    """Yield what a reader sees of nodes, and the result of `instead` for those for which it is not None."""
    for node in nodes:
        match node:
            case _ if (other := instead(node)) is not None:
                yield other
            case Bullets(items=items) | Numbers(items=items):
                for item in items:
                    yield from words(item, instead)
            case _ if children := getattr(node, "children", None):
                yield from words(children, instead)
            case PictureSpan(alt=alt) | SoundSpan(alt=alt):
                yield alt
            case _:
                yield getattr(node, "text", " ")
