"""What a note of the deck is: its fields, its cards, and the hash by which a change is noticed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import repeat
from json.encoder import encode_basestring
from typing import NamedTuple
from urllib.parse import quote

from hitoe.deck.note_types import NOTE_TYPES
from hitoe.kinds.question import FORWARD, REVERSE
from hitoe.source import Loc

FACES = {
    FORWARD: ("Question", "Answer", "Typed", "Speech"),
    REVERSE: ("Reverse", "ReverseAnswer", "ReverseTyped", "ReverseSpeech"),
}
"""The fields of the standard note type that make each card."""

SEPARATOR = "\x1f"
"""Separates the fields in Anki's database; no text may hold it."""
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Note(NamedTuple):
    """A note of the deck. `ords` numbers the cards, from 0, that are asked or that a learner can have.

    `text` has all fields in the order of the note type, empty ones too, as Anki stores them; `hash` is the hash of what
    a learner would see change; `with_fields` sets both. `path` is the oldest full path, from which the guid comes;
    `file` and `loc` say where the author wrote its item. `retired_ords` are those of `ords` whose cloze number the
    author retired, `unasked_ords` those that only an earlier release asked. Notes that have a word of `apart` in common
    show each other's answers, and are to be learned on different days. `media` are the names of the files that its
    fields use, each with its file in the content folder.

    A tuple, because a frozen dataclass takes five times as long to make, and every build makes one of each note.
    """

    file: str
    topic: str
    guid: str
    path: str
    type: str
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    text: str = ""
    hash: str = ""
    retired: bool = False
    retired_ords: tuple[int, ...] = ()
    unasked_ords: tuple[int, ...] = ()
    loc: Loc = ()
    apart: tuple[str, ...] = ()
    media: tuple[tuple[str, str], ...] = ()

    def with_fields(self, fields: Mapping[str, str], ords: tuple[int, ...]) -> "Note":
        """Return the note with these fields, of which empty ones may be left out, and cards."""
        values = values_of(self.type, fields)
        return self._replace(
            text=SEPARATOR.join(values), ords=ords, hash=content_hash(self.type, values, self.tags, ords)
        )

    def hash_at(self, path: str) -> str:
        """Return the hash that the note would have if this were its path, and all else as it is."""
        fields = self.fields
        fields["Id"] = fields["Id"].removesuffix(self.path) + path
        if address := fields.get("Extra2"):
            fields["Extra2"] = address.replace(quote(self.path, safe=""), quote(path, safe=""))
        return self.with_fields(fields, self.ords).hash

    @property
    def new_ords(self) -> tuple[int, ...]:
        """The cards that the package brings to a learner who lacks them: none that is retired or no longer asked.

        Anki leaves a learner's cards alone when the package has the note without them, and updates the note.
        """
        if not (self.retired or self.retired_ords or self.unasked_ords):  # most notes
            return self.ords
        held = set(self.ords if self.retired else (*self.retired_ords, *self.unasked_ords))
        return tuple(ord_ for ord_ in self.ords if ord_ not in held)

    @property
    def fields(self) -> dict[str, str]:
        """The fields that are filled."""
        values = self.text.split(SEPARATOR)
        return {name: value for name, value in zip(NOTE_TYPES[self.type].fields, values, strict=True) if value}


def values_of(kind: str, fields: Mapping[str, str]) -> list[str]:
    """Return the content of all fields of a note type, of which empty ones may be left out."""
    return list(map(fields.get, NOTE_TYPES[kind].fields, repeat("")))


def content_hash(kind: str, fields: Sequence[str], tags: tuple[str, ...], ords: tuple[int, ...]) -> str:
    """Return the hash of a note's content: 16 hexadecimal digits."""
    # The same JSON by json.JSONEncoder takes three times as long, and every build hashes each note.
    parts = (map(encode_basestring, fields), map(encode_basestring, sorted(tags)), map(str, sorted(ords)))
    content = f"[{encode_basestring(kind)},[{'],['.join(map(','.join, parts))}]]"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def with_shipped_cards(note: Note, shipped: tuple[int, ...], notice: str) -> Note | None:
    """Keep cards that learners have and that are no longer asked, under the `notice`; None without any card.

    Anki never deletes a card on import, so one whose question vanished would stay behind blank.
    """
    ords = tuple(sorted({*note.ords, *shipped}))
    if not ords:
        return None
    if note.type != "standard":
        return note
    fields = note.fields
    unasked = {name for ord_, names in FACES.items() if ord_ not in ords for name in names}
    if ords == note.ords and unasked.isdisjoint(fields):
        return note
    unasked_ords = tuple(ord_ for ord_ in ords if ord_ not in note.ords)
    for ord_ in unasked_ords:
        fields["RetiredForward" if ord_ == FORWARD else "RetiredReverse"] = notice
    kept = {name: value for name, value in fields.items() if name not in unasked}
    return note._replace(unasked_ords=unasked_ords).with_fields(kept, ords)
