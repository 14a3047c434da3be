"""Reads notes, cards and the review log from an Anki collection, in schema 11 or 14 to 18."""

import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.deck.foreign_database import refuse_endless
from hitoe.messages import say
from hitoe.problems import CollectionError, foreign
from hitoe.progress.calendar import HOUR, Calendar, east_of_creation
from hitoe.progress.collection_file import ACCEPTED, DAMAGED, copy_database, newer, size_of
from hitoe.progress.revlog import RevlogEntry

TABLES = {"col", "notes", "cards", "revlog"}
LEGACY, NEWEST = 11, 18
SCHEMAS = (LEGACY, *range(14, NEWEST + 1))
"""The schemas a collection can have after Anki was closed (rslib/src/storage/sqlite.rs)."""
COLUMNS: Mapping[str, tuple[Sequence[str], str]] = {
    "col": (["crt", "ver"], "integer"),
    "revlog": (["id", "cid", "ease", "lastIvl", "factor", "time", "type"], "integer"),
    "cards": (["id", "nid"], "integer"),
    "notes": (["guid", "tags"], "text"),
}
"""What is read of each table, and the type of it."""
LATEST = 250_000_000_000_000
"""The latest time of a review, in milliseconds since 1970: the years of Python's dates end at 9999."""
MINUTES, HOURS = 24 * 60, 24
DECAYS = 0.05, 2.0
"""The least and the highest decay that FSRS can have, with room around them."""
ROLLOVER = 4
"""The hour at which Anki's day begins unless the learner changes it."""


class CollectionCard(NamedTuple):
    """A card: the guid of its note, whether Anki has tagged the note as a leech, and FSRS's memory state, if used.

    `stability` is in days, `last_review` in seconds since 1970.
    """

    guid: str
    leech: bool
    stability: float | None
    decay: float | None
    last_review: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Cards by id, the review log from the oldest entry, and when the learner's days begin."""

    cards: Mapping[int, CollectionCard]
    revlog: Sequence[RevlogEntry]
    calendar: Calendar


def read(path: Path, scratch: Path) -> Collection:
    """Read a collection through a copy in `scratch`, a folder that must not exist yet and is removed afterwards.

    Raises CollectionError if the file is locked, damaged, made by a newer Anki, or not a collection.
    """
    scratch.mkdir(parents=True)
    try:
        copy = copy_database(path, scratch)
        with foreign(CollectionError(path, DAMAGED)), closing(sqlite3.connect(copy)) as database:
            refuse_endless(database, size_of(copy))
            return _rows(path, database)
    finally:
        shutil.rmtree(scratch)


def _rows(path: Path, database: sqlite3.Connection) -> Collection:
    if not {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")} >= TABLES:
        raise CollectionError(path, "it is not an Anki collection: {accepted}", accepted=ACCEPTED)
    # A column of SQLite may hold anything.
    for table, (columns, type_) in COLUMNS.items():
        wrong = " or ".join(f"typeof({table}.{column}) != '{type_}'" for column in columns)
        if database.execute(f"select 1 from {table} where {wrong} limit 1").fetchone():
            raise CollectionError(path, DAMAGED)
    if database.execute("select 1 from revlog where id not between 0 and ? limit 1", [LATEST]).fetchone():
        raise CollectionError(path, DAMAGED)
    created, schema, legacy_settings = database.execute("select crt, ver, conf from col").fetchone()
    if schema > NEWEST:
        raise newer(path, say("schema {number}", number=schema))
    if schema not in SCHEMAS:
        raise CollectionError(path, "its schema {schema} is an old one: open and close it in Anki once", schema=schema)
    if schema == LEGACY:
        settings = json.loads(legacy_settings)
    else:
        wanted = database.execute("select key, val from config where key in ('rollover', 'creationOffset')")
        settings = {key: json.loads(value) for key, value in wanted}
    west, rollover = settings.get("creationOffset"), settings.get("rollover", ROLLOVER)
    if not _between(rollover, 0, HOURS - 1) or not (west is None or _between(west, -MINUTES, MINUTES)):
        raise CollectionError(path, DAMAGED)
    east = east_of_creation(created) if west is None else -60 * int(west)
    cards = database.execute("select cards.id, guid, tags, cards.data from cards join notes on notes.id = nid")
    entries = database.execute("select id, cid, ease, lastIvl, factor, time, type from revlog order by id")
    return Collection(
        cards={
            id_: CollectionCard(guid, "leech" in tags.split(), *_memory_state(data)) for id_, guid, tags, data in cards
        },
        revlog=[RevlogEntry(*row) for row in entries],
        calendar=Calendar(rollover=int(rollover) * HOUR, east=east),
    )


def _memory_state(data: str) -> tuple[float | None, float | None, int | None]:
    """Return stability, decay and last review of a card's data; as in Anki, data that cannot be parsed has none."""
    try:
        known = json.loads(data)
    except (ValueError, RecursionError):
        known = None
    if not isinstance(known, dict) or not all(isinstance(known.get(name), int | float) for name in "sd"):
        return None, None, None
    stability, decay, last = known["s"], known.get("decay"), known.get("lrt")
    usable = isfinite(stability) and stability > 0 and (decay is None or _between(decay, *DECAYS))
    if not usable or not (last is None or (isinstance(last, int) and _between(last, 0, LATEST // 1000))):
        return None, None, None
    return stability, decay, last


def _between(number: Any, least: float, most: float) -> bool:
    return isinstance(number, int | float) and least <= number <= most
