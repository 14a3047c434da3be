"""The rows of a collection that tell of learning. Both schemas are read: 11, and 18 with what led to it."""

import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.problems import CollectionError
from hitoe.progress.calendar import HOUR, Calendar, east_of_creation
from hitoe.progress.copying import KINDS, copy, damaged, newer

TABLES = {"col", "notes", "cards", "revlog"}
LEGACY, NEWEST = 11, 18
SCHEMAS = (LEGACY, *range(14, NEWEST + 1))
"""Those that are left when Anki was closed (rslib/src/storage/sqlite.rs)."""
ROLLOVER = 4
"""The hour at which Anki's day begins unless the learner changes it."""


class Note(NamedTuple):
    """A note: its guid, and whether Anki has marked it as a leech."""

    guid: str
    leech: bool


class Card(NamedTuple):
    """A card: its note's id, and what FSRS remembers of it if it schedules.

    `stability` is in days, `seen` is the second of the last review.
    """

    note: int
    stability: float | None
    decay: float | None
    seen: int | None


class Answer(NamedTuple):
    """A row of the review log.

    `time` is in milliseconds since 1970, `last` the interval before in days or, if negative, seconds; `kind` is
    Anki's (0 learning, 1 review, 2 relearning, 3 filtered, 4 and 5 rescheduled without an answer).
    """

    time: int
    card: int
    button: int
    last: int
    factor: int
    taken: int
    kind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Notes and cards by id, answers from the first to the last, and how the learner's days run."""

    notes: Mapping[int, Note]
    cards: Mapping[int, Card]
    answers: Sequence[Answer]
    calendar: Calendar


def read(path: Path, scratch: Path) -> Collection:
    """Read a copy of a collection that is made in `scratch`, a folder that does not exist yet, and is gone afterwards.

    Raises:
        CollectionError: the file is locked, damaged, of a newer Anki, or no collection.
    """
    scratch.mkdir(parents=True)
    try:
        with closing(sqlite3.connect(copy(path, scratch))) as database:
            # Anki's own collation, without which SQLite does not even check the tables of schema 18.
            database.create_collation("unicase", _unicase)
            return _rows(path, database)
    except (sqlite3.DatabaseError, ValueError):
        raise damaged(path) from None
    finally:
        shutil.rmtree(scratch)


def _unicase(one: str, other: str) -> int:
    folded = one.casefold(), other.casefold()
    return (folded[0] > folded[1]) - (folded[0] < folded[1])


def _rows(path: Path, database: sqlite3.Connection) -> Collection:
    if not {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")} >= TABLES:
        raise CollectionError(path, f"it is no collection of Anki: {KINDS}")
    if database.execute("pragma quick_check(1)").fetchone() != ("ok",):
        raise damaged(path)
    created, schema, settings = database.execute("select crt, ver, conf from col").fetchone()
    if schema > NEWEST:
        raise CollectionError(path, newer(f"schema {schema}"))
    if schema not in SCHEMAS:
        raise CollectionError(path, f"its schema {schema} is an old one: open and close it in Anki once")
    notes = database.execute("select id, guid, tags from notes")
    cards = database.execute("select id, nid, data from cards")
    answers = database.execute("select id, cid, ease, lastIvl, factor, time, type from revlog order by id")
    return Collection(
        notes={id_: Note(guid, "leech" in tags.split()) for id_, guid, tags in notes},
        cards={id_: _card(note, data) for id_, note, data in cards},
        answers=[Answer(*row) for row in answers],
        calendar=_calendar(created, json.loads(settings) if schema == LEGACY else _settings(database)),
    )


def _settings(database: sqlite3.Connection) -> dict[str, Any]:
    wanted = database.execute("select key, val from config where key in ('rollover', 'creationOffset')")
    return {key: json.loads(value) for key, value in wanted}


def _calendar(created: int, settings: Mapping[str, Any]) -> Calendar:
    west = settings.get("creationOffset")
    east = east_of_creation(created) if west is None else -60 * int(west)
    return Calendar(rollover=int(settings.get("rollover", ROLLOVER)) * HOUR, east=east)


def _card(note: int, data: str) -> Card:
    """Read a card's data. As Anki does, take data that cannot be read for none."""
    try:
        known = json.loads(data) if data else {}
    except ValueError:
        known = {}
    if not isinstance(known, dict) or not all(isinstance(known.get(name), int | float) for name in "sd"):
        return Card(note, None, None, None)
    return Card(note, known["s"], known.get("decay"), known.get("lrt"))
