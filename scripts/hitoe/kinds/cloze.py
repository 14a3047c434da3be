"""Clozes: sentences with blanks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, Mistake, Texts
from hitoe.kinds.question import FieldValue, Macro, Question
from hitoe.text import Block, Bullets, ClozeSpan, Inline, Numbers, Paragraph, Text
from hitoe.values.scalars import Blanks, Whole

OPEN = "\x1e"
"""Stands in the words of a card for the blank that is asked."""


class Cloze(Item):
    """A sentence with blanks; one card for each cloze number."""

    kind = "cloze"
    running = True
    cloze: Blanks
    retired_clozes: tuple[Whole, ...] = ()

    @property
    def numbers(self) -> set[int]:
        """The cloze numbers in use."""
        return {span.number for span in self.cloze.clozes}

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note; each retired number keeps a card that says so."""
        fields: dict[str, FieldValue] = {"Text": self.cloze}
        if self.retired_clozes:
            fields["RetiredText"] = Macro("cloze", "retired", (self,))
        yield Question(
            path=path,
            type="cloze",
            ords=_ords({*self.numbers, *self.retired_clozes}),
            fields=fields,
            retired_ords=_ords(self.retired_clozes),
        )

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of each number's card; several blanks of one number are one answer, whose wording is none."""
        for number in sorted(self.numbers - set(self.retired_clozes)):
            own = [span for span in self.cloze.clozes if span.number == number]
            shown = "".join(_words(self.cloze.blocks, number)).strip()
            blanks = ["".join(_words(span.children, None)).strip() for span in own]
            said = " / ".join(blanks)
            yield CardWords(
                asked=("cloze",),
                answered=("cloze",),
                question=shown + "".join(span.hint or "" for span in own),
                answer=Text(said, (Paragraph(own[0].children),)) if len(own) == 1 else said,
                lead=self.cloze,
                shown=shown,
                blank=said,
            )

    def texts(self) -> Texts:
        """Yield the sentence."""
        yield ("cloze",), self.cloze

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """Cloze numbers count from 1 without gaps, retired ones included."""
        used, retired = self.numbers, set(self.retired_clozes)
        if 0 in retired:
            yield Mistake(("retired_clozes",), "a cloze with number 0: count from 1")
        if both := sorted(used & retired):
            yield Mistake(("cloze",), f"cloze {both[0]} is in use and in `retired_clozes`: delete it from one")
        if gaps := sorted(set(range(1, max(used | retired) + 1)) - used - retired):
            yield Mistake(
                ("cloze",),
                f"cloze {gaps[0]} is missing between 1 and {max(used | retired)}: number without gaps, "
                f"or if it was shipped and is gone add `retired_clozes: [{gaps[0]}]`",
            )


def _ords(numbers: set[int] | tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(number - 1 for number in numbers))


def _words(nodes: Sequence[Inline | Block], hidden: int | None) -> Iterator[str]:
    """Yield what a reader sees of nodes, the blanks with the number `hidden` left open."""
    for node in nodes:
        match node:
            case ClozeSpan(number=number) if number == hidden:
                yield OPEN
            case Bullets(items=items) | Numbers(items=items):
                for item in items:
                    yield from _words(item, hidden)
            case _ if children := getattr(node, "children", None):
                yield from _words(children, hidden)
            case _:
                yield getattr(node, "text", " ")
