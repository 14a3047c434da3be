"""What a collection holds, and what a package holds, as plain values that can be compared."""

import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from anki.collection import Collection

CARD = "id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"


@dataclass(frozen=True)
class Note:
    """A note's content: field values in order, and tags."""

    fields: tuple[str, ...]
    tags: frozenset[str]


def note(fields: str, tags: str) -> Note:
    """Return a note of Anki's columns; Anki writes a tag as it was first spelt in the collection, big or small."""
    return Note(tuple(fields.split("\x1f")), frozenset(tags.casefold().split()))


@dataclass(frozen=True)
class Snapshot:
    """A collection: notes by guid with id and time, all cards, reviews, note types and decks."""

    notes: dict[str, Note]
    places: dict[str, tuple[int, int]]
    guids: list[str]
    cards: dict[int, tuple[object, ...]]
    asked: frozenset[tuple[str, int]]
    reviews: frozenset[tuple[object, ...]]
    types: dict[int, tuple[str, str]]
    decks: frozenset[str]


def of_collection(col: Collection) -> Snapshot:
    """Return what the collection holds."""
    database = col.db
    assert database is not None
    rows = database.all("select guid, id, mod, flds, tags from notes order by id")
    cards = database.all(f"select {CARD} from cards")
    asked = database.all("select n.guid, c.ord from cards c join notes n on n.id = c.nid")
    return Snapshot(
        notes={guid: note(fields, tags) for guid, _, _, fields, tags in rows},
        places={guid: (id_, mod) for guid, id_, mod, _, _ in rows},
        guids=[guid for guid, *_ in rows],
        cards={row[0]: tuple(row) for row in cards},
        asked=frozenset((guid, number) for guid, number in asked),
        reviews=frozenset(tuple(row) for row in database.all("select * from revlog")),
        types={kind["id"]: (kind["name"], kind["css"]) for kind in col.models.all()},
        decks=frozenset(deck.name for deck in col.decks.all_names_and_ids()),
    )


@dataclass(frozen=True)
class Package:
    """A deck file: notes by guid, and its cards, which a note that is retired lacks."""

    path: Path
    notes: dict[str, Note]
    asked: frozenset[tuple[str, int]]

    def by_path(self) -> dict[str, str]:
        """Return the guid of each path, which stands in the first field."""
        return {one.fields[0].partition("/")[2]: guid for guid, one in self.notes.items()}


def of_package(path: Path) -> Package:
    """Return what a package holds, its text composed as Anki composes it (NFC)."""
    with zipfile.ZipFile(path) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    rows = connection.execute("select guid, flds, tags from notes").fetchall()
    assert len({guid for guid, _, _ in rows}) == len(rows), "one guid twice"
    asked = connection.execute("select n.guid, c.ord from cards c join notes n on n.id = c.nid").fetchall()
    connection.close()
    notes = {guid: note(normalize("NFC", fields), normalize("NFC", tags)) for guid, fields, tags in rows}
    return Package(path, notes, frozenset((guid, number) for guid, number in asked))
