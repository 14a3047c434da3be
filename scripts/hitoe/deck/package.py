"""Notes as an .apkg, through genanki: ids and times from the ledger, the same bytes for the same content.

genanki takes ids and one time for all notes from the clock, finds cards with a template engine that knows no filters,
and leaves its database in the temporary folder; here cards, ids and times are arguments, and the database is in memory.
"""

import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from hitoe.deck.note_types import IMAGE_OCCLUSION, NOTE_TYPES, SORT_FIELD, NoteType
from hitoe.deck.notes import SEPARATOR, Note, content_hash
from hitoe.deck.study_order import Card
from hitoe.resources import source

LEVEL = 4
"""Half the time of zlib's default, 6, for 5 to 11 per cent more bytes; the best, 9, takes 7 times as long."""
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SQLITE_VERSION = (3_040_001).to_bytes(4, "big")
"""SQLite stamps its own version into a file; any fixed one does."""

# genanki would write one row after the other, and give all cards of a note one place in the order of study.
INSERT_NOTE = "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
INSERT_CARD = "insert into cards values (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


@dataclass(frozen=True, slots=True)
class Stamped:
    """A note with its id and `mod`, the second since 1970 of its last change, both from the ledger."""

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
    """A note type without `req`, the fields that each template needs: Anki computes them again on import."""

    _req = property(lambda self: [[number, "any", [SORT_FIELD]] for number in range(len(self.templates))])


def type_hashes() -> dict[str, str]:
    """Return the hash of each note type by key: of its name, templates and CSS, which may change."""
    css = _css()
    return {key: type_hash(key, kind.name, css, _faces(kind)) for key, kind in NOTE_TYPES.items()}


def type_hash(key: str, name: str, css: str, faces: Iterable[tuple[str, str, str]]) -> str:
    """Return the hash of a note type; `faces` are name, front and back of each template."""
    return content_hash(key, [name, css, *itertools.chain(*faces)], (), ())


def database(decks: Sequence[Subdeck], type_mods: Mapping[str, int]) -> bytearray:
    """Return Anki's database; its bytes depend on the arguments and on the version of SQLite only."""
    tables, index, indexes = APKG_SCHEMA.partition("CREATE INDEX")
    connection = sqlite3.connect(":memory:")
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode = off")
    cursor.executescript(tables + APKG_COL)
    _describe(cursor, decks, type_mods)
    notes = (note for deck in decks for note in deck.notes)
    # In the order of ids and before there are indexes: then no page is split or left half empty, as after a vacuum.
    cursor.executemany(INSERT_NOTE, map(_note, sorted(notes, key=attrgetter("id"))))
    cursor.executemany(INSERT_CARD, sorted(_cards(decks)))
    connection.commit()
    cursor.executescript(index + indexes)
    content = connection.serialize()
    connection.close()
    stamped = bytearray(content)
    # The change counter, and the version that wrote it (SQLite's file format, offsets 24, 92 and 96).
    stamped[24:28] = stamped[92:96] = (1).to_bytes(4, "big")
    stamped[96:100] = SQLITE_VERSION
    return stamped


def _describe(cursor: sqlite3.Cursor, subdecks: Sequence[Subdeck], type_mods: Mapping[str, int]) -> None:
    """Write the decks and note types. genanki does it deck by deck, each time reading and writing all before it."""
    decks = json.loads(cursor.execute("select decks from col").fetchone()[0])
    for subdeck in subdecks:
        decks[str(subdeck.id)] = genanki.Deck(subdeck.id, subdeck.name, subdeck.description).to_json()
    used = {stamped.note.type for subdeck in subdecks for stamped in subdeck.notes}
    kinds = [(NOTE_TYPES[key], mod) for key, mod in type_mods.items() if key in used]
    types = {str(kind.id): _model(kind, mod) for kind, mod in kinds}
    cursor.execute("update col set decks = ?, models = ?", (json.dumps(decks), json.dumps(types)))


def _faces(kind: NoteType) -> list[tuple[str, str, str]]:
    """Return name, front and back of each template."""
    below = source("cards/below.html")
    return [
        (name, source(f"cards/{stem}.front.html"), source(f"cards/{stem}.back.html") + below)
        for name, stem in kind.templates
    ]


def _css() -> str:
    return source("cards/card.css") + source("figures/screen.css")


def _model(kind: NoteType, mod: int) -> dict[str, Any]:
    """Return the JSON of a note type."""
    templates = [
        {"name": name, "qfmt": front, "afmt": back, "id": kind.first_id + 50 + number}
        for number, (name, front, back) in enumerate(_faces(kind))
    ]
    fields = [{"name": name, "id": kind.first_id + number} for number, name in enumerate(kind.fields)]
    for number, name in enumerate(kind.roles):
        fields[kind.fields.index(name)] |= {"tag": number, "preventDeletion": True}
    model = _Model(kind.id, kind.name, fields, templates, _css(), kind.kind, sort_field_index=SORT_FIELD)
    return {**model.to_json(mod, 1), **({"originalStockKind": IMAGE_OCCLUSION} if kind.roles else {})}


def _note(stamped: Stamped) -> tuple[int | str, ...]:
    """Return a note's id, guid, note type, time, tags, fields and sort field."""
    note, text = stamped.note, stamped.note.text
    sort_field = text.split(SEPARATOR, SORT_FIELD + 1)[SORT_FIELD]
    return stamped.id, note.guid, note.note_type.id, stamped.mod, f" {' '.join(note.tags)} ", text, sort_field


def _cards(decks: Sequence[Subdeck]) -> Iterator[tuple[int, ...]]:
    """Yield each card's id, note, deck, number, time and place in the order of study."""
    due = itertools.count(1)
    for deck in decks:
        dues = {card: next(due) for card in deck.order}
        for stamped in deck.notes:
            for number in stamped.note.ords:
                id_ = stamped.id + 1 + number
                yield id_, stamped.id, deck.id, number, stamped.mod, dues[stamped.note.guid, number]


def package(database: bytes | bytearray, media: Mapping[str, bytes]) -> bytes:
    """Return an .apkg; its bytes depend on the arguments and on the version of zlib only."""
    names = sorted(media)
    index = json.dumps({str(number): name for number, name in enumerate(names)}, ensure_ascii=False)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        files: list[tuple[str, bytes | bytearray]] = [("collection.anki2", database), ("media", index.encode())]
        for name, content in files + [(str(number), media[name]) for number, name in enumerate(names)]:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.external_attr, info.create_system, info.compress_type = 0o644 << 16, 3, zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=LEVEL)
    return buffer.getvalue()
