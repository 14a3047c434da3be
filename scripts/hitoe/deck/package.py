"""Notes as an .apkg, through genanki: ids and times from the ledger, the same bytes for the same content.

genanki takes ids and one time for all notes from the clock, finds cards with a template engine that knows no filters,
and leaves its database in the temporary folder; here cards, ids, times and the database's file are arguments.
"""

import io
import itertools
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.deck import genanki
from hitoe.deck.genanki import APKG_COL, APKG_SCHEMA
from hitoe.deck.notes import SEPARATOR, Note
from hitoe.deck.study_order import Card

LEVEL = 4
"""Half the time of zlib's default, 6, for 5 to 11 per cent more bytes; the best, 9, takes 7 times as long."""
CHUNK = 500_000
"""Bytes that zlib gets at a time; meanwhile other threads run."""
CHANGE_COUNTER = (1).to_bytes(4, "big")
SQLITE_VERSION = (3_040_001).to_bytes(4, "big")
"""SQLite stamps its own version into a file; any fixed one does."""

# genanki would write one row after the other, and give all cards of a note one place in the order of study.
INSERT_NOTE = "insert into notes values (?, ?, ?, ?, -1, ?, cast(? as text), ?, 0, 0, '')"
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


def write_database(path: Path, decks: Sequence[Subdeck], models: Models) -> None:
    """Write Anki's database into a new file; its bytes depend on the arguments and on the version of SQLite only.

    A file, because SQLite keeps at most 1 GiB of such a database in memory.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        # No other process knows the file, and not every file system has locks.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?nolock=1", uri=True)) as connection:
            _fill(connection, decks, models)
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(path)) from error
    with path.open("r+b") as file:
        # The change counter, and the version that wrote it (SQLite's file format, offsets 24, 92 and 96).
        file.seek(24)
        file.write(CHANGE_COUNTER)
        file.seek(92)
        file.write(CHANGE_COUNTER + SQLITE_VERSION)


def _fill(connection: sqlite3.Connection, decks: Sequence[Subdeck], models: Models) -> None:
    notes = sorted((each for deck in decks for each in deck.notes), key=attrgetter("id"))
    used = {note.type for note, _, _ in notes}
    tables, index, indexes = APKG_SCHEMA.partition("CREATE INDEX")
    connection.execute("pragma cache_size = -500")  # kB: pages are written one after the other, and then left alone
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma synchronous = off")  # after a loss of power it is made again
    connection.executescript(tables + APKG_COL)
    # genanki would write them deck by deck, each time reading and writing all before it.
    decks_json = json.loads(connection.execute("select decks from col").fetchone()[0])
    decks_json |= {str(deck.id): genanki.Deck(deck.id, deck.name, deck.description).to_json() for deck in decks}
    types_json = {model["id"]: model for key, model in models.items() if key in used}
    connection.execute("update col set decks = ?, models = ?", (json.dumps(decks_json), json.dumps(types_json)))
    # In the order of ids and before there are indexes: then no page is split or left half empty, as after a vacuum.
    connection.executemany(INSERT_NOTE, (_note(each, models[each.note.type]) for each in notes))
    connection.executemany(INSERT_CARD, sorted(_cards(decks)))
    connection.commit()
    connection.executescript(index + indexes)


def _note(released: Released, model: Mapping[str, Any]) -> tuple[int | str | bytes, ...]:
    """Return a note's id, guid, note type, time, tags, fields and sort field."""
    note, id_, mod = released
    place = model["sortf"]
    sort_field = note.text.split(SEPARATOR, place + 1)[place]
    # The text's own encoder would keep the bytes together with it, and so double its memory.
    return id_, note.guid, int(model["id"]), mod, f" {' '.join(note.tags)} ", note.text.encode(), sort_field


def _cards(decks: Sequence[Subdeck]) -> Iterator[tuple[int, ...]]:
    """Yield each card's id, note, deck, number, time and place in the order of study."""
    due = itertools.count(1)
    for deck in decks:
        dues = {card: next(due) for card in deck.order}
        for note, id_, mod in deck.notes:
            for number in note.new_ords:
                yield id_ + 1 + number, id_, deck.id, number, mod, dues[note.guid, number]


def package(database: Path, media: Mapping[str, bytes]) -> bytes:
    """Return an .apkg; its bytes depend on the database, the media and the version of zlib only."""
    numbered = {str(number): name for number, name in enumerate(sorted(media))}
    files = {"media": json.dumps(numbered, ensure_ascii=False).encode()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        huge = database.stat().st_size > zipfile.ZIP64_LIMIT
        with database.open("rb") as file, archive.open("collection.anki2", "w", force_zip64=huge) as packed:
            shutil.copyfileobj(file, packed, CHUNK)
        for name, content in (files | {number: media[name] for number, name in numbered.items()}).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, LEVEL)
        for info in archive.infolist():
            info.external_attr, info.create_system = 0o644 << 16, 3
    return buffer.getvalue()
