"""Facts: a subject and what is true of it."""

from collections.abc import Iterator

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, SecondCard, Texts, WrittenQuestion
from hitoe.kinds.question import FORWARD, REVERSE, FieldValue, Macro, Question
from hitoe.messages import say
from hitoe.values.scalars import Prose


class Fact(Item):
    """A subject and what is true of it; asked as 「…は?」 unless `ask` gives the question."""

    kind = "fact"
    running = True
    fact: Prose = Field(description=say("the subject"))
    answer: Prose = Field(alias="is", description=say("what is true of it"))
    ask: WrittenQuestion | None = Field(None, description=say("the question in the author's words"))
    reverse: SecondCard | None = Field(None, description=say("the question of a second card"))

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note, with a second card if there is a question for it."""
        fields: dict[str, FieldValue] = {
            "Question": self.ask or Macro("shared", "what_is", (self.fact,)),
            "Answer": self.answer,
        }
        if self.reverse or unasked:
            question = self.reverse.question if self.reverse else self.answer
            answer = self.reverse.answer if self.reverse else None
            fields |= {"Reverse": question, "ReverseAnswer": answer or self.fact}
        yield Question(path=path, ords=(FORWARD, REVERSE) if self.reverse else (FORWARD,), fields=fields)

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of both cards; a question can refer to the item's picture."""
        at, asked = ("ask", self.ask) if self.ask else ("fact", self.fact)
        yield CardWords(
            asked=(at,),
            answered=("is",),
            question=asked.plain,
            answer=self.answer,
            lead=None if self.image else asked,
            printed=f"{self.fact.plain} {self.ask.plain}" if self.ask else self.fact.plain,
        )
        if self.reverse:
            yield CardWords(
                asked=("reverse", "question"),
                answered=("reverse", "answer") if self.reverse.answer else ("fact",),
                question=self.reverse.question.plain,
                answer=self.reverse.answer or self.fact,
                lead=None if self.image else self.reverse.question,
                cue=self.reverse.question,
                cue_at=("reverse",),
            )

    def texts(self) -> Texts:
        """Yield subject and answer."""
        yield ("fact",), self.fact
        yield ("is",), self.answer
