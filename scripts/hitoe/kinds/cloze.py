"""Clozes: sentences with blanks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from hitoe.kinds.card_words import CardWords, words
from hitoe.kinds.item import Item, Mistake, Texts
from hitoe.kinds.question import FieldValue, Macro, Question
from hitoe.messages import say
from hitoe.text import Block, ClozeSpan, Inline, Paragraph, Text
from hitoe.text.literal import HIGHEST_CLOZE
from hitoe.values.scalars import Blanks, Whole

OPEN = "\x1e"
"""Replaces the blank that is asked in the words of a card."""


@dataclass(frozen=True, slots=True)
class _Blank:
    """A blank, the numbers of those within it, and its words."""

    span: ClozeSpan
    within: frozenset[int]
    words: str

    def shown(self, number: int) -> str:
        """Return what is seen of it while the blanks of a number are open."""
        if self.span.number == number:
            return OPEN
        if number not in self.within:
            return self.words
        inner = _parts(self.span.children)
        return "".join(part if isinstance(part, str) else part.shown(number) for part in inner)


def _parts(nodes: Sequence[Inline | Block]) -> Iterator[str | _Blank]:
    """Yield the words of nodes, and the blanks among them."""
    return words(nodes, lambda node: _blank(node) if isinstance(node, ClozeSpan) else None)


def _blank(span: ClozeSpan) -> _Blank:
    within = frozenset(each.number for each in Text.of_nodes(span.children).clozes)
    return _Blank(span, within, "".join(words(span.children, lambda _: None)))


class Cloze(Item):
    """A sentence with blanks; one card for each cloze number."""

    kind = "cloze"
    running = True
    cloze: Blanks = Field(description=say("the sentence, its blanks numbered from 1 without gaps"))
    retired_clozes: tuple[Whole, ...] = Field((), description=say("numbers that were shipped and are used no more"))

    @property
    def numbers(self) -> set[int]:
        """The cloze numbers in use."""
        return {span.number for span in self.cloze.clozes}

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note; each retired number has a card that says it is retired."""
        fields: dict[str, FieldValue] = {"Text": self.cloze}
        if self.retired_clozes:
            fields["RetiredText"] = Macro("cloze", "retired", (self,))
        yield Question(
            path=path,
            type="cloze",
            ords=tuple(sorted(number - 1 for number in {*self.numbers, *self.retired_clozes})),
            fields=fields,
            retired_ords=tuple(sorted(number - 1 for number in self.retired_clozes)),
        )

    def card_words(self) -> Iterator[CardWords]:
        """Return the words of each number's card; the wording of several blanks of one number is not judged."""
        parts = list(_parts(self.cloze.blocks))
        closed = [part if isinstance(part, str) else part.words for part in parts]
        blanks: dict[int, list[tuple[int, _Blank]]] = defaultdict(list)
        for place, part in enumerate(parts):
            if isinstance(part, _Blank):
                for number in {part.span.number, *part.within}:
                    blanks[number].append((place, part))
        spans: dict[int, list[ClozeSpan]] = defaultdict(list)
        for span in self.cloze.clozes:
            spans[span.number].append(span)
        for number in sorted(self.numbers - set(self.retired_clozes)):
            shown = closed.copy()
            for place, blank in blanks[number]:
                shown[place] = blank.shown(number)
            yield self._words(spans[number], "".join(shown).strip())

    def _words(self, own: Sequence[ClozeSpan], shown: str) -> CardWords:
        blanks = [Text("", (Paragraph(span.children),)) for span in own]
        return CardWords(
            asked=("cloze",),
            answered=("cloze",),
            question=shown + "".join(span.hint or "" for span in own),
            answer=blanks[0] if len(blanks) == 1 else " / ".join(blank.plain for blank in blanks),
            lead=self.cloze,
            shown=shown,
        )

    def texts(self) -> Texts:
        """Yield the sentence."""
        yield ("cloze",), self.cloze

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """Cloze numbers count from 1 without gaps, retired ones included."""
        used, retired = self.numbers, set(self.retired_clozes)
        for number in sorted(retired):
            if not 1 <= number <= HIGHEST_CLOZE:
                message = say(
                    "a cloze with number {number}: count from 1 (to {highest})",
                    number=number,
                    highest=HIGHEST_CLOZE,
                )
                yield Mistake(("retired_clozes",), message)
                return
        if both := sorted(used & retired):
            yield Mistake(
                ("cloze",), say("cloze {number} is in use and in `retired_clozes`: delete it from one", number=both[0])
            )
        if gaps := sorted(set(range(1, max(used | retired) + 1)) - used - retired):
            yield Mistake(
                ("cloze",),
                say(
                    "cloze {gap} is missing between 1 and {highest}: number without gaps, or if it was shipped and "
                    "is gone add `retired_clozes: [{gap}]`",
                    gap=gaps[0],
                    highest=max(used | retired),
                ),
            )
