"""Notes of a note type that the project keeps: studied elsewhere, they keep their guid, note type and fields."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pydantic import Field

from hitoe.kinds import html_text
from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, Mistake, Texts
from hitoe.kinds.kept_type import KeptTypeName
from hitoe.kinds.log_note import Display, Sentence
from hitoe.kinds.question import Question, Verbatim
from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.text import Text
from hitoe.values.note_type import Html
from hitoe.values.scalars import Literal

NOWHERE = ("hint", "extra", "image", "figure", "typed", "speak", "reading", "evidence")
"""Keys of other kinds that a kept note type has no field for."""


class KeptNote(Item):
    """A note as Anki has it: its fields are HTML. Without a guid it is a new note, with an identity of its key."""

    kind = "note"
    running = True
    note_type: KeptTypeName = Field(alias="note", description=say("its note type"))
    guid: Literal | None = Field(None, description=say("by which Anki finds the note; never change it"))
    fields: dict[Literal, Html] = Field(description=say("HTML by the names of fields; empty ones are left out"))

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note."""
        yield Question(
            path=path,
            type=self.note_type.key,
            guid=self.guid or "",
            ords=self.note_type.ords(self.fields),
            fields={name: Verbatim(html) for name, html in self.fields.items()},
        )

    @cached_property
    def asked(self) -> tuple[tuple[str, Text], ...]:
        """The words of the fields that the first card shows on its front, by name; what it is called if it has none."""
        return self._words[0] or (("", Text.of(f"[{self.note_type.name}]")),)

    @cached_property
    def answered(self) -> tuple[tuple[str, Text], ...]:
        """The words of the fields that the back of the first card adds, by name."""
        return self._words[1]

    @cached_property
    def _words(self) -> tuple[tuple[tuple[str, Text], ...], tuple[tuple[str, Text], ...]]:
        front, back = (
            tuple((name, text) for name in names if (text := self._text(name)))
            for names in self.note_type.shown(self.fields)
        )
        return (front, back) if front else (back[:1], back[1:])

    def _text(self, name: str) -> Text | None:
        return html_text.of_html(self.fields[name], cloze=self.note_type.cloze, pictures=self.note_type.pictures)

    @property
    def blanks(self) -> bool:
        """Whether what is to be learned stands in blanks of the question."""
        return any(text.clozes for _, text in self.asked)

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of the first card; the wording of what was written elsewhere is not judged."""
        answer = " / ".join(text.plain for _, text in self.answered)
        blanks = " / ".join(cloze_words(text) for _, text in self.asked if text.clozes)
        yield CardWords(
            asked=("fields", self.asked[0][0]),
            answered=("fields", (self.asked if blanks else self.answered or self.asked)[0][0]),
            question=" ".join(text.plain for _, text in self.asked),
            answer=blanks or answer or "…",
        )

    def texts(self) -> Texts:
        """Yield the words of the first card's fields."""
        yield from ((("fields", name), text) for name, text in (*self.asked, *self.answered))

    @property
    def note(self) -> Sentence | Display:
        """The words of the first card: a sentence, or one with sentences below it."""
        (_, first), *others = (*self.asked, *self.answered)
        if len(others) <= 1:
            return Sentence(first, *(text for _, text in others))
        return Display(first, tuple(Sentence(text) for _, text in others))

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """The note type has these fields, and places for all that is written."""
        known = self.note_type.fields
        for name in self.fields if known else ():
            if name not in known:
                hint = did_you_mean(name, known)
                message = say(
                    "note type '{type}' has no field '{name}': {hint}", type=self.note_type.name, name=name, hint=hint
                )
                yield Mistake(("fields", name), message, key=True)
            elif "\x1f" in self.fields[name]:
                yield Mistake(("fields", name), say("U+001F separates fields in Anki: delete this character"))
        if known and not any(html.strip() for html in self.fields.values()):
            message = say("a note without content: fill a field, such as '{name}'", name=known[0])
            yield Mistake(("fields",), message)
        for name in NOWHERE:
            if name in self.model_fields_set:
                message = say(
                    "a note of a kept note type has no place for '{name}': write it into one of its fields", name=name
                )
                yield Mistake((name,), message, key=True)


def cloze_words(text: Text) -> str:
    """Return what the blanks of a text hide."""
    return " / ".join(Text.of_nodes(cloze.children).plain for cloze in text.clozes)
