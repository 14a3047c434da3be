"""Notes as an .apkg, through genanki: ids and times from the ledger, the same bytes for the same content.

genanki gives one time to all notes and ids from the clock, guesses cards with an engine that knows no filters, and
leaves its database in the temporary folder; here cards and ids are given, and the database lives in memory.
"""

import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from hitoe.deck.note_types import NOTE_TYPES, SORT_FIELD, NoteType
from hitoe.deck.notes import Note, content_hash
from hitoe.deck.order import Card
from hitoe.templating import Templates

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SQLITE_VERSION = (3_040_001).to_bytes(4, "big")
"""SQLite stamps its own version into a file; any fixed one does."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A note with what the ledger says of it: its id, and `mod`, the second since 1970 of its last change."""

    note: Note
    id: int
    mod: int


@dataclass(frozen=True, slots=True)
class Subdeck:
    """A deck of Anki's: its id, full name with '::' between levels, description, and notes in the source's order.

    `order` holds all cards of the notes as they are to be learned.
    """

    id: int
    name: str
    description: str
    notes: tuple[Stamped, ...] = ()
    order: tuple[Card, ...] = ()


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type with its own time. Anki works `req` out anew on import."""

    mod = 0
    _req = property(lambda self: [[number, "any", [SORT_FIELD]] for number in range(len(self.templates))])

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        json_: dict[str, Any] = super().to_json(self.mod, 1)
        return json_


class _Card(genanki.Card):  # type: ignore[misc]
    """A card with a place of its own in the order of study; genanki gives one to the whole note."""

    def __init__(self, number: int, due: int) -> None:
        super().__init__(number)
        self.own_due = due

    def write_to_db(self, *arguments: object) -> None:
        super().write_to_db(*arguments[:-1], self.own_due)


class _Note(genanki.Note):  # type: ignore[misc]
    """A note whose cards, ids and time are given."""

    stamped: Stamped
    dues: Mapping[Card, int]
    cards = property(lambda self: [_Card(number, self.dues[self.guid, number]) for number in self.stamped.note.ords])

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Skip genanki's check: quadratic, and wrong about `a < b`; the tests ask Anki itself."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: object) -> None:
        first = self.stamped.id
        ids = itertools.chain([first], (first + 1 + number for number in self.stamped.note.ords))
        super().write_to_db(cursor, self.stamped.mod, deck_id, ids)


def type_hashes(print_: Templates) -> dict[str, str]:
    """Return the content of each note type, by key: what of it may change, its name, templates and CSS."""
    css = print_.source("cards/card.css")
    return {
        key: content_hash(key, [kind.name, css, *itertools.chain(*_faces(kind, print_))], (), ())
        for key, kind in NOTE_TYPES.items()
    }


def write(
    decks: Iterable[Subdeck], type_mods: Mapping[str, int], media: Mapping[str, bytes], print_: Templates
) -> bytes:
    """Return an .apkg; its bytes depend on the arguments and on the versions of SQLite and zlib only."""
    models = {key: _model(kind, type_mods[key], print_) for key, kind in NOTE_TYPES.items()}
    connection = sqlite3.connect(":memory:")
    cursor = connection.cursor()
    cursor.executescript(APKG_SCHEMA)
    cursor.executescript(APKG_COL)
    due = itertools.count(1)
    for subdeck in decks:
        deck = genanki.Deck(subdeck.id, subdeck.name, subdeck.description)
        dues = {card: next(due) for card in subdeck.order}
        deck.notes = [_note(stamped, models, dues) for stamped in subdeck.notes]
        deck.write_to_db(cursor, 0, None)
    connection.commit()
    cursor.execute("vacuum")
    database = bytearray(connection.serialize())
    connection.close()
    # The change counter, and the version that wrote it (SQLite's file format, offsets 24, 92 and 96).
    database[24:28] = database[92:96] = (1).to_bytes(4, "big")
    database[96:100] = SQLITE_VERSION
    return _zip(bytes(database), media)


def _faces(kind: NoteType, print_: Templates) -> list[tuple[str, str, str]]:
    """Return name, front and back of each template."""
    below = print_.source("cards/below.html")
    return [
        (name, print_.source(f"cards/{stem}.front.html"), print_.source(f"cards/{stem}.back.html") + below)
        for name, stem in kind.templates
    ]


def _model(kind: NoteType, mod: int, print_: Templates) -> _Model:
    css = print_.source("cards/card.css")
    templates = [
        {"name": name, "qfmt": front, "afmt": back, "id": kind.first_id + 50 + number}
        for number, (name, front, back) in enumerate(_faces(kind, print_))
    ]
    fields = [{"name": name, "id": kind.first_id + number} for number, name in enumerate(kind.fields)]
    model = _Model(kind.id, kind.name, fields, templates, css, kind.kind, sort_field_index=SORT_FIELD)
    model.mod = mod
    return model


def _note(stamped: Stamped, models: Mapping[str, _Model], dues: Mapping[Card, int]) -> _Note:
    note = stamped.note
    written = _Note(model=models[note.type], fields=note.row, guid=note.guid, tags=note.tags)
    written.stamped, written.dues = stamped, dues
    return written


def _zip(database: bytes, media: Mapping[str, bytes]) -> bytes:
    names = sorted(media)
    index = json.dumps({str(number): name for number, name in enumerate(names)}, ensure_ascii=False)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        files = [("collection.anki2", database), ("media", index.encode())]
        for name, content in files + [(str(number), media[name]) for number, name in enumerate(names)]:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.external_attr, info.create_system, info.compress_type = 0o644 << 16, 3, zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=6)
    return buffer.getvalue()
