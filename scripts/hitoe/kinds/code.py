"""Code: a task, and the code that does it."""

from collections.abc import Iterator

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, SecondCard, Texts, WrittenQuestion
from hitoe.kinds.log_note import Display
from hitoe.kinds.question import FORWARD, REVERSE, FieldValue, Macro, Question
from hitoe.messages import say
from hitoe.text import Fence, Text
from hitoe.values.scalars import Literal, Prose

HANG, DEEPEST = 2, 24
"""By how many characters the rest of a line that is too long is indented more than its beginning, and how far a
beginning counts as indented at most."""


class Code(Item):
    """What is wanted, and the code that does it."""

    kind = "code"
    kept_together = True
    code: Prose = Field(description=say("what is wanted"))
    language: Literal = Field("text", description=say("of the code, for programs that colour it"))
    answer: Literal = Field(alias="is", description=say("the code"))
    ask: WrittenQuestion | None = Field(None, description=say("the question in the author's words"))
    reverse: SecondCard | None = Field(None, description=say("the question of a second card"))

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note, with a second card if there is a question for it."""
        fields: dict[str, FieldValue] = {
            "Question": self.ask or Macro("shared", "how", (self.code,)),
            "Answer": Macro("code", "answer", (self,)),
        }
        if self.reverse or unasked:
            answer = self.reverse.answer if self.reverse else None
            fields |= {"Reverse": Macro("code", "reverse", (self,)), "ReverseAnswer": answer or self.code}
        yield Question(path=path, ords=(FORWARD, REVERSE) if self.reverse else (FORWARD,), fields=fields)

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of both cards; the question of the second one can refer to the code."""
        asked, at = (self.ask, "ask") if self.ask else (self.code, "code")
        lead = None if self.image else asked
        yield CardWords(asked=(at,), answered=("is",), question=asked.plain, answer=self.answer, lead=lead)
        if self.reverse:
            yield CardWords(
                asked=("reverse", "question"),
                answered=("reverse", "answer") if self.reverse.answer else ("code",),
                question=f"{self.reverse.question.plain} {self.answer}",
                answer=self.reverse.answer or self.code,
            )

    @property
    def note(self) -> Display:
        """The code below its task."""
        return Display(self.code, self._block)

    @property
    def strips(self) -> tuple[tuple[int, str], ...]:
        """The lines, each after the number of characters by which the rest of it is indented if it is too long."""
        lines = self.answer.rstrip("\n").split("\n")
        return tuple((min(len(line) - len(line.lstrip(" ")), DEEPEST) + HANG, line) for line in lines)

    def texts(self) -> Texts:
        """Yield task and code."""
        yield ("code",), self.code
        yield ("is",), self._block

    @property
    def _block(self) -> Text:
        return Text(self.answer, (Fence(self.answer, self.language),))
