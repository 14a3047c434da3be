"""The words of a card, as the rules of `hitoe check` judge them."""

from dataclasses import dataclass

from hitoe.source import Loc
from hitoe.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """What a learner reads and must recall on one card, without signs of Markdown.

    `asked` and `answered` lead from the item to question and answer. `question` is all that is seen before the answer,
    on one line. `answer` is a Text if its wording can be judged, a str if it is code, a number or several blanks.
    `lead` is the question as the author wrote it, None where something shown with it can be what it speaks of.
    `shown` is the sentence around a blank, and `blank` what stands in it; both None for other cards.
    `column` names the column of a table whose cell is asked.
    `printed` is what is printed beside the answer on paper as its question, empty if the blank is within a sentence.
    """

    asked: Loc
    answered: Loc
    question: str
    answer: Text | str
    lead: Text | None = None
    shown: str | None = None
    blank: str | None = None
    column: str | None = None
    printed: str = ""

    @classmethod
    def of(
        cls, asked: str, question: Text, answered: str, answer: Text, *, alone: bool = True, printed: str = ""
    ) -> "CardWords":
        """Return the words of a card that asks one of the item's texts for another one, both given with their keys.

        `alone`: nothing is shown with the question of which it can speak.
        """
        lead = question if alone else None
        words = question.plain
        return cls(asked=(asked,), answered=(answered,), question=words, answer=answer, lead=lead, printed=printed)

    @property
    def said(self) -> str:
        """The words of the answer."""
        return self.answer if isinstance(self.answer, str) else self.answer.plain

    @property
    def wording(self) -> Text | None:
        """The answer, if its wording can be judged."""
        return None if isinstance(self.answer, str) else self.answer
