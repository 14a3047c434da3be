"""Facts: a subject and what is true of it."""

from collections.abc import Iterator

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, Texts
from hitoe.kinds.question import FORWARD, REVERSE, FieldValue, Macro, Question
from hitoe.values.scalars import Prose


class Fact(Item):
    """A subject and what is true of it; asked as 「…は?」 unless `ask` gives the question."""

    kind = "fact"
    running = True
    fact: Prose
    answer: Prose = Field(alias="is")
    ask: Prose | None = None
    reverse: Prose | None = Field(None, description="question of a second card, whose answer is the `fact:` text")

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note, with a second card if there is a question for it."""
        fields: dict[str, FieldValue] = {
            "Question": self.ask or Macro("shared", "what_is", (self.fact,)),
            "Answer": self.answer,
        }
        if self.reverse or unasked:
            fields |= {"Reverse": self.reverse or self.answer, "ReverseAnswer": self.fact}
        yield Question(path=path, ords=(FORWARD, REVERSE) if self.reverse else (FORWARD,), fields=fields)

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of both cards; a question can refer to the item's picture."""
        at, asked = ("ask", self.ask) if self.ask else ("fact", self.fact)
        printed = f"{self.fact.plain} {self.ask.plain}" if self.ask else self.fact.plain
        cards = [(at, asked, "is", self.answer, printed)]
        cards += [("reverse", self.reverse, "fact", self.fact, "")] if self.reverse else []
        for at, asked, answered, answer, printed in cards:
            yield CardWords(
                asked=(at,),
                answered=(answered,),
                question=asked.plain,
                answer=answer,
                lead=None if self.image else asked,
                printed=printed,
            )

    def texts(self) -> Texts:
        """Yield subject and answer."""
        yield ("fact",), self.fact
        yield ("is",), self.answer
