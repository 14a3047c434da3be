"""What Anki will be given: notes, before they get ids and times."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from hitoe.deck.note_types import NOTE_TYPES, NoteType

if TYPE_CHECKING:
    from hitoe.source import Loc

FORWARD, REVERSE = 0, 1
"""Template numbers (Anki: card ords) of the standard note type."""

FACES = {
    FORWARD: ("Question", "Answer", "Typed", "Speech"),
    REVERSE: ("Reverse", "ReverseAnswer", "ReverseTyped", "ReverseSpeech"),
}
"""The fields of the standard note type that make each card."""

SEPARATOR = "\x1f"
"""Stands between the fields in Anki's database; no text may hold it."""
PACKED = ("guid", "path", "type", "text", "tags", "ords", "hash", "retired", "retired_ords", "loc", "apart", "media")
PACKED_VALUES = attrgetter(*PACKED)
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note of the deck. `fields` holds only those that are filled; `ords` numbers its cards from 0.

    `path` is the oldest full path, from which the guid comes; `file` and `loc` say where the author wrote its item.
    `retired_ords` are those of `ords` whose cloze number the author retired. Notes that share a word of `apart` give
    each other's answers away, and are to be learned on different days. `media` maps the
    names of the files its fields use to files of the content folder.
    """

    guid: str
    path: str
    file: str
    topic: str
    type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    retired: bool = False
    retired_ords: tuple[int, ...] = ()
    loc: "Loc" = ()
    apart: tuple[str, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """All fields in the order of the note type, empty ones too, as Anki keeps them."""
        return SEPARATOR.join([self.fields.get(name, "") for name in self.note_type.fields])

    @property
    def note_type(self) -> NoteType:
        """The note type."""
        return NOTE_TYPES[self.type]

    @cached_property
    def hash(self) -> str:
        """The content: what a learner would see change."""
        return content_hash(self.type, self.text.split(SEPARATOR), self.tags, self.ords)

    def packed(self) -> tuple[Any, ...]:
        """Return the note and its hash as plain values, without its file and topic."""
        return PACKED_VALUES(self)

    @classmethod
    def unpacked(cls, values: tuple[Any, ...], file: str, topic: str) -> "Note":
        """Return the note that was packed."""
        # A frozen dataclass sets its fields one by one, which for tens of thousands of notes takes as long as reading.
        note = object.__new__(cls)
        known = vars(note)
        known.update(zip(PACKED, values, strict=True))
        known.update(file=file, topic=topic, fields=_Split(note))
        return note


class _Split(Mapping[str, str]):
    """The fields of a note of which only the text is known: few are ever asked for."""

    def __init__(self, note: Note) -> None:
        self._note = note

    @cached_property
    def _fields(self) -> dict[str, str]:
        values = self._note.text.split(SEPARATOR)
        return {name: value for name, value in zip(self._note.note_type.fields, values, strict=True) if value}

    def __getitem__(self, name: str) -> str:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def content_hash(kind: str, fields: Sequence[str], tags: tuple[str, ...], ords: tuple[int, ...]) -> str:
    """Return the hash of a note's content: 16 hexadecimal digits."""
    content = JSON([kind, fields, sorted(tags), sorted(ords)])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def with_shipped_cards(note: Note, shipped: tuple[int, ...], notice: str) -> Note | None:
    """Add the cards that learners already have and that are no longer asked, under the `notice`; None without any card.

    Anki never deletes a card on import, so one whose question vanished would stay behind blank.
    """
    ords = tuple(sorted({*note.ords, *shipped}))
    if not ords:
        return None
    if note.note_type.key != "standard":
        return note
    unasked = [name for ord_, names in FACES.items() if ord_ not in ords for name in names if name in note.fields]
    if ords == note.ords and not unasked:
        return note
    fields = dict(note.fields)
    for ord_, names in FACES.items():
        if ord_ not in ords:
            for name in names:
                fields.pop(name, None)
        elif ord_ not in note.ords:
            fields["RetiredForward" if ord_ == FORWARD else "RetiredReverse"] = notice
    return replace(note, fields=fields, ords=ords)
