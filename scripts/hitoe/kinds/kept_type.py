"""Note types that a project keeps: which cards their notes have, and what of a note is asked and answered.

The rules are Anki's (rslib/src/template.rs, renders_with_fields; rslib/src/cloze.rs): a card is made if the front of
its template shows a field that holds something; of clozes, for each number.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import GetPydanticSchema
from pydantic_core import core_schema

from hitoe.kinds import anki_clozes
from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.text.literal import HIGHEST_CLOZE
from hitoe.values.note_type import NoteTypeFile
from hitoe.values.scalars import refusal

KEPT = "note-types/"
"""Begins the keys of these note types in the deck and in the ledger; the rest is the name of the file."""
TOKEN = re.compile(r"<!--(?:(?!<!--).)*?-->|\{\{((?:(?!\{\{).)*?)\}\}", re.DOTALL)
EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
"""A field that holds nothing."""
NO_FIELDS = frozenset({"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"})
"""Names in templates that are no fields."""
UNSEEN = frozenset({"type", "hint"})
"""Filters of fields that a learner does not see on the front."""


@dataclass(frozen=True, eq=False)
class KeptType:
    """A note type in a file of the content folder; without `settings` if the file has mistakes, which are told.

    `pictures` says whether paper can show a picture of its notes, by the name of the file.
    """

    name: str
    settings: NoteTypeFile | None
    pictures: Callable[[str], bool] = lambda _name: False

    @property
    def key(self) -> str:
        """Its key in deck and ledger."""
        return KEPT + self.name

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields in order."""
        return tuple(self.settings.fields) if self.settings else ()

    @property
    def cloze(self) -> bool:
        """Whether the cards are cloze numbers."""
        return self.settings is not None and self.settings.cloze

    def ords(self, values: Mapping[str, str]) -> tuple[int, ...]:
        """Return the numbers of the cards that a note with these fields has, from 0; Anki makes one at least."""
        if self.cloze:
            found = sorted({number - 1 for html in values.values() for number in cloze_numbers(html)})
        else:
            filled = {name for name, html in values.items() if not EMPTY.fullmatch(html)}
            found = [number for number, front in enumerate(self._fronts) if _shows(front, filled)]
        return tuple(found) or (0,)

    def shown(self, values: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Return the filled fields that the note's first card shows on its front, and those its back adds."""
        filled = {name for name, html in values.items() if not EMPTY.fullmatch(html)}
        number = 0 if self.cloze else self.ords(values)[0]
        front, back = self._sides[number] if self._sides else ((), ())
        asked = [name for name in dict.fromkeys(front) if name in filled]
        answered = [name for name in dict.fromkeys(back) if name in filled and name not in asked]
        others = [name for name in self.fields if name in filled]
        asked = asked or others[:1]
        return asked, answered or [name for name in others if name not in asked]

    @cached_property
    def _fronts(self) -> list[list[str]]:
        return [_tags(template.question) for template in self.settings.templates.values()] if self.settings else []

    @cached_property
    def _sides(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        templates = self.settings.templates.values() if self.settings else ()
        return [(self._names(each.question, UNSEEN), self._names(each.answer)) for each in templates]

    def _names(self, template: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the fields that a template shows, in its order, except those that go through a filter of these."""
        shown = (
            tag for tag in _tags(template) if tag[:1] not in "#^/" and tag.partition(":")[0].strip() not in without
        )
        return tuple(name for name in map(_name, shown) if name in self.fields)


def cloze_numbers(html: str) -> Iterator[int]:
    """Yield the numbers of the clozes of a field; Anki takes a number that is too high for the highest."""
    for cloze in anki_clozes.every(anki_clozes.parsed(html)):
        numbers = (int(digits[:9]) for digits in cloze.ordinals.split(","))
        yield from (min(number, HIGHEST_CLOZE) for number in numbers if number)


def _tags(template: str) -> list[str]:
    return [token[1].strip() for token in TOKEN.finditer(template) if token[1] is not None]


def _name(tag: str) -> str:
    return tag.rpartition(":")[2].strip()


def _shows(tags: Iterable[str], filled: set[str]) -> bool:
    """Return whether a template shows a field that holds something, its conditions regarded."""
    open_ = [True]
    for tag in tags:
        if tag[:1] in ("#", "^"):
            open_.append(open_[-1] and (tag[1:].strip() in filled) == (tag[0] == "#"))
        elif tag.startswith("/"):
            if len(open_) > 1:
                open_.pop()
        elif open_[-1] and (name := _name(tag)) in filled and name not in NO_FIELDS:
            return True
    return False


def _known(value: Any, info: core_schema.ValidationInfo) -> KeptType:
    if not isinstance(value, str):
        raise refusal("the name of a note type belongs here: that of a file in content/note-types/, without .yaml")
    types: Mapping[str, KeptType] = (info.context or {}).get("note_types", {})
    if value in types:
        return types[value]
    hint = did_you_mean(value, types) if types else say("`hitoe import --keep-progress` writes such files")
    raise refusal("there is no note type content/note-types/{name}.yaml: {hint}", name=value, hint=hint)


KeptTypeName = Annotated[
    KeptType,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.with_info_plain_validator_function(_known),
        lambda _schema, _handler: {"type": "string", "description": say("the name of a file in content/note-types/")},
    ),
]
"""A note type, by the name of its file."""
