"""Notes as an .apkg, through genanki: ids and times from the ledger, the same bytes for the same content.

genanki takes ids and one time for all notes from the clock, finds cards with a template engine that knows no filters,
and leaves its database in the temporary folder; here cards, ids and times are arguments, and the database is in memory.
"""

import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from hitoe.deck.notes import SEPARATOR, Note
from hitoe.deck.study_order import Card

LEVEL = 4
"""Half the time of zlib's default, 6, for 5 to 11 per cent more bytes; the best, 9, takes 7 times as long."""
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SQLITE_VERSION = (3_040_001).to_bytes(4, "big")
"""SQLite stamps its own version into a file; any fixed one does."""

# genanki would write one row after the other, and give all cards of a note one place in the order of study.
INSERT_NOTE = "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
INSERT_CARD = "insert into cards values (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


Models = Mapping[str, Mapping[str, Any]]
"""Note types as Anki's JSON, by key."""


class Released(NamedTuple):
    """A note with what the ledger knows of it: its id, and `mod`, the second since 1970 of its last change."""

    note: Note
    id: int
    mod: int


@dataclass(frozen=True, slots=True)
class Subdeck:
    """A deck of Anki's: its id, full name with '::' between levels, description, and notes.

    `order` holds the new cards of the notes as they are to be learned.
    """

    id: int
    name: str
    description: str
    notes: tuple[Released, ...] = ()
    order: tuple[Card, ...] = ()


def database(decks: Sequence[Subdeck], models: Models) -> bytearray:
    """Return Anki's database; its bytes depend on the arguments and on the version of SQLite only."""
    notes = sorted((each for deck in decks for each in deck.notes), key=attrgetter("id"))
    used = {note.type for note, _, _ in notes}
    tables, index, indexes = APKG_SCHEMA.partition("CREATE INDEX")
    # Of such a database `serialize` makes one copy; of ":memory:" it makes two, and each has the size of all notes.
    connection = sqlite3.connect("file:collection?vfs=memdb", uri=True)
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode = off")
    cursor.executescript(tables + APKG_COL)
    # genanki would write them deck by deck, each time reading and writing all before it.
    decks_json = json.loads(cursor.execute("select decks from col").fetchone()[0])
    decks_json |= {str(deck.id): genanki.Deck(deck.id, deck.name, deck.description).to_json() for deck in decks}
    types_json = {model["id"]: model for key, model in models.items() if key in used}
    cursor.execute("update col set decks = ?, models = ?", (json.dumps(decks_json), json.dumps(types_json)))
    # In the order of ids and before there are indexes: then no page is split or left half empty, as after a vacuum.
    cursor.executemany(INSERT_NOTE, (_note(each, models[each.note.type]) for each in notes))
    cursor.executemany(INSERT_CARD, sorted(_cards(decks)))
    connection.commit()
    cursor.executescript(index + indexes)
    stored = connection.serialize()
    cursor.close()  # else it keeps the database in memory
    connection.close()
    content = bytearray(stored)
    # The change counter, and the version that wrote it (SQLite's file format, offsets 24, 92 and 96).
    content[24:28] = content[92:96] = (1).to_bytes(4, "big")
    content[96:100] = SQLITE_VERSION
    return content


def _note(released: Released, model: Mapping[str, Any]) -> tuple[int | str, ...]:
    """Return a note's id, guid, note type, time, tags, fields and sort field."""
    note, id_, mod = released
    place = model["sortf"]
    sort_field = note.text.split(SEPARATOR, place + 1)[place]
    return id_, note.guid, int(model["id"]), mod, f" {' '.join(note.tags)} ", note.text, sort_field


def _cards(decks: Sequence[Subdeck]) -> Iterator[tuple[int, ...]]:
    """Yield each card's id, note, deck, number, time and place in the order of study."""
    due = itertools.count(1)
    for deck in decks:
        dues = {card: next(due) for card in deck.order}
        for note, id_, mod in deck.notes:
            for number in note.new_ords:
                yield id_ + 1 + number, id_, deck.id, number, mod, dues[note.guid, number]


def package(database: bytes | bytearray, media: Mapping[str, bytes]) -> bytes:
    """Return an .apkg; its bytes depend on the arguments and on the version of zlib only."""
    numbered = {str(number): name for number, name in enumerate(sorted(media))}
    files = {"collection.anki2": database, "media": json.dumps(numbered, ensure_ascii=False).encode()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (files | {number: media[name] for number, name in numbered.items()}).items():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.external_attr, info.create_system, info.compress_type = 0o644 << 16, 3, zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=LEVEL)
    return buffer.getvalue()
