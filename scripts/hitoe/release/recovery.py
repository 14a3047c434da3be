"""A lost ledger made anew from a deck that was built."""

import json
import re
import sqlite3
import zipfile
import zlib
from io import BytesIO
from typing import Any

from hitoe.deck import content_hash
from hitoe.deck.note_types import NOTE_TYPES, NoteType
from hitoe.deck.package import type_hash
from hitoe.model.identity import stable_id
from hitoe.model.project import Project
from hitoe.problems import InputError, Position, Problem
from hitoe.release.git import LEDGER_FILE
from hitoe.release.ledger import DeckRow, Ledger, NoteRow, TypeRow
from hitoe.release.release import ROOT_DECK


def from_package(project: Project, name: str, apkg: bytes) -> Ledger:
    """Return the ledger of a deck that hitoe built for this project.

    Raises:
        InputError: the file is no such deck.
    """
    rows, cards, models, decks = _tables(name, apkg)
    kinds = {str(kind.id): kind for kind in NOTE_TYPES.values()}
    ords: dict[int, list[int]] = {}
    for note_id, number in cards:
        ords.setdefault(note_id, []).append(number)
    notes: dict[str, NoteRow] = {}
    for id_, guid, mid, mod, tags, fields in rows:
        values = fields.split("\x1f")
        owner, _, path = values[0].partition("/")
        if str(mid) not in kinds or owner != project.deck.key:
            raise InputError([Problem(Position(name), f"not a deck of '{project.deck.key}': name that deck's .apkg")])
        numbers = tuple(sorted(ords.get(id_, [])))
        notes[guid] = NoteRow(
            path=path,
            file=_file(project, path),
            hash=content_hash(kinds[str(mid)].key, values, tuple(tags.split()), numbers),
            mod=mod,
            id=id_,
            ords=numbers,
            type=kinds[str(mid)].key,
            retired=bool(_field(kinds[str(mid)], values, "Retired")),
            retired_ords=_retired_ords(kinds[str(mid)], values),
        )
    return Ledger(notes, _types(json.loads(models)), _decks(project, json.loads(decks)))


def _tables(name: str, apkg: bytes) -> tuple[list[Any], list[Any], str, str]:
    """Return the rows of notes and of cards, and the JSON of note types and of decks."""
    try:
        with zipfile.ZipFile(BytesIO(apkg)) as archive:
            database = archive.read("collection.anki2")
        connection = sqlite3.connect(":memory:")
        connection.deserialize(database)
        rows = connection.execute("select id, guid, mid, mod, tags, flds from notes").fetchall()
        cards = connection.execute("select nid, ord from cards").fetchall()
        models, decks = connection.execute("select models, decks from col").fetchone()
        connection.close()
    except (zipfile.BadZipFile, zlib.error, KeyError, sqlite3.Error):
        raise InputError(
            [Problem(Position(name), "no deck of hitoe: name the last .apkg that `make deck` made")]
        ) from None
    return rows, cards, models, decks


def _field(kind: NoteType, values: list[str], name: str) -> str:
    return values[kind.fields.index(name)] if name in kind.fields else ""


def _retired_ords(kind: NoteType, values: list[str]) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in re.findall(r"\{\{c(\d+)::", _field(kind, values, "RetiredText")))


def _file(project: Project, path: str) -> str:
    entry = path.partition(".")[0]
    return next((placed.file for placed in project.entries() if entry in (placed.key, *placed.entry.was)), LEDGER_FILE)


def _types(models: dict[str, dict[str, Any]]) -> dict[str, TypeRow]:
    return {
        key: TypeRow(hash=_type_hash(key, models[str(kind.id)]), mod=models[str(kind.id)]["mod"])
        for key, kind in NOTE_TYPES.items()
        if str(kind.id) in models
    }


def _type_hash(key: str, model: dict[str, Any]) -> str:
    faces = [(face["name"], face["qfmt"], face["afmt"]) for face in model["tmpls"]]
    return type_hash(key, model["name"], model["css"], faces)


def _decks(project: Project, decks: dict[str, dict[str, str]]) -> dict[str, DeckRow]:
    keys = {str(stable_id(project.deck.key)): ROOT_DECK}
    keys |= {str(stable_id(project.deck.key, topic.topic)): topic.topic for topic in project.topics.values()}
    return {keys[id_]: DeckRow(name=value["name"]) for id_, value in decks.items() if id_ in keys}
