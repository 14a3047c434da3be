"""Reconstructs a lost ledger from a deck that was built."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from hitoe.deck import content_hash, kept_note
from hitoe.deck.cards import templates
from hitoe.deck.escaping import tag
from hitoe.deck.foreign_database import refuse_endless
from hitoe.deck.note_models import type_hash
from hitoe.deck.note_types import NOTE_TYPES, SHARED
from hitoe.deck.notes import FACES, SEPARATOR
from hitoe.kinds.question import FORWARD
from hitoe.messages import say
from hitoe.model.identity import stable_id, type_id
from hitoe.model.project import Project
from hitoe.problems import InputError, Position, Problem, foreign
from hitoe.release.git import LEDGER_FILE
from hitoe.release.kept_recovery import KeptRows
from hitoe.release.ledger import Ledger, NoteRow, TypeRow, dump, load
from hitoe.release.release import DEFAULT, DEFAULT_ID, ROOT_DECK, folded

MOST_BYTES = 10**9
"""Of a file: a package of a few bytes can be made that holds one of any size."""
CLOZE_NUMBER = re.compile(r"\{\{c(\d+)::")


def from_package(project: Project, name: str, apkg: bytes) -> Ledger:
    """Return the ledger of a deck that hitoe built for this project.

    Raises:
        InputError: the file is no such deck.
    """
    not_ours = InputError([Problem(Position(name), say("no deck of hitoe: name the last .apkg that hitoe built"))])
    with foreign(not_ours):
        # What the ledger may not hold, no deck of hitoe has.
        retired = tag(templates(project.deck.language).word("retired"))
        kept = KeptRows(project, _digests(apkg) if project.note_types else {}, retired)
        return load(dump(_ledger(project, name, kept, *_tables(apkg))))


def _ledger(
    project: Project, name: str, kept: KeptRows, rows: list[Any], models: dict[str, Any], decks: dict[str, Any]
) -> Ledger:
    own = {type_id(project.deck.key, key): key for key in NOTE_TYPES}
    kinds = {**own, **{words.id: key for key, words in SHARED.items()}}
    files = [((placed.key, *placed.entry.was), placed.file) for placed in project.entries()]
    notes: dict[str, NoteRow] = {}
    for raw in rows:
        id_, guid, of_type, mod, tags, text = raw
        if row := kept.note(raw):
            notes[guid] = row
            continue
        values = text.split(SEPARATOR)
        owner, _, path = values[0].partition("/")
        if of_type not in kinds or owner != project.deck.key:
            raise InputError(
                [Problem(Position(name), say("not a deck of '{key}': name that deck's .apkg", key=project.deck.key))]
            )
        kind = NOTE_TYPES[kinds[of_type]]
        fields = dict(zip(kind.fields, values, strict=True))
        numbers = _ords(kind.key, fields)
        notes[guid] = NoteRow(
            path=path,
            file=next((file for keys, file in files if path.partition(".")[0] in keys), LEDGER_FILE),
            hash=content_hash(kind.key, values, tuple(tags.split()), numbers),
            mod=mod,
            id=id_,
            ords=numbers,
            type=kind.key,
            retired=bool(fields["Retired"]),
            retired_ords=tuple(int(number) - 1 for number in CLOZE_NUMBER.findall(fields.get("RetiredText", ""))),
        )
    found = ((key, id_, models.get(str(id_))) for id_, key in kinds.items())
    types = {
        key: TypeRow(type_hash(key, model), model["mod"], id_ if id_ in own else None)
        for key, id_, model in found
        if model
    } | kept.types(models)
    return Ledger(notes, types, _deck_names(project, decks))


def _deck_names(project: Project, decks: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the decks in a package, which are given as Anki's JSON by id, by their keys in the ledger."""
    keys = {str(stable_id(project.deck.key)): ROOT_DECK}
    for topic in project.topics.values():
        in_default = topic.deck and folded(topic.deck) == folded(DEFAULT)
        keys[str(DEFAULT_ID if in_default else stable_id(project.deck.key, topic.topic))] = topic.topic
    return {keys[id_]: deck["name"] for id_, deck in decks.items() if id_ in keys}


def _ords(kind: str, fields: Mapping[str, str]) -> tuple[int, ...]:
    """Return the cards that a note's fields make; the package lacks those that are retired or no longer asked."""
    if kind == "standard":
        return tuple(ord_ for ord_, (question, *_) in FACES.items() if fields[question])
    if kind == "choice":
        return (FORWARD,)
    texts = fields["Text"] + fields["RetiredText"] if kind == "cloze" else fields["Occlusion"]
    return tuple(sorted({int(number) - 1 for number in CLOZE_NUMBER.findall(texts)}))


def _digests(apkg: bytes) -> dict[str, str]:
    """Return the hashes of the files of a package by name."""
    with zipfile.ZipFile(BytesIO(apkg)) as archive:
        names = json.loads(_member(archive, "media"))
        return {name: kept_note.digest_of(_member(archive, member)) for member, name in names.items()}


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return what a file of a package holds; raises ValueError if it is too large."""
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise ValueError(name)
    return archive.read(name)


def _tables(apkg: bytes) -> tuple[list[Any], dict[str, Any], dict[str, Any]]:
    """Return the rows of notes, and the JSON of note types and of decks by id."""
    with zipfile.ZipFile(BytesIO(apkg)) as archive:
        database = _member(archive, "collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        refuse_endless(connection, len(database))
        rows = connection.execute("select id, guid, mid, mod, tags, flds from notes").fetchall()
        models, decks = connection.execute("select models, decks from col").fetchone()
    return rows, json.loads(models), json.loads(decks)
