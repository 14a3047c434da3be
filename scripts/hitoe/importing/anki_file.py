"""Reads notes, note types and decks out of an .apkg or .colpkg of any version."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from operator import index
from pathlib import Path
from typing import Any

from hitoe.deck.foreign_database import refuse_endless
from hitoe.deck.notes import SEPARATOR
from hitoe.importing import anki_models
from hitoe.importing.anki_models import Model
from hitoe.problems import CollectionError, foreign
from hitoe.progress.collection_file import DAMAGED, copy_database, size_of
from hitoe.source.signs import INVISIBLE

LEVELS = "\x1f"
"""Separates the levels of a deck's name from schema 15 on."""
NEW_TABLES = 15
"""The first schema with tables of note types, fields, templates and decks (rslib/src/storage/upgrades)."""
OCCLUSION = 6
"""The stock kind of image occlusion."""


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """The two sides of a card as HTML with fields in double braces."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class ForeignType:
    """A note type: names of its fields, its templates, and whether its cards are clozes or regions of a picture.

    `html`: fields are HTML, otherwise characters that mean themselves. `model` is all of it as Anki's JSON.
    """

    name: str
    fields: tuple[str, ...]
    templates: tuple[CardTemplate, ...]
    cloze: bool = False
    occlusion: bool = False
    html: bool = True
    model: Model = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note: `values` are HTML by the field's name; `ords` are those of its cards; `studied`: one was answered.

    `deck` is that of its first card, with '::' between levels, and `other_decks` are those of its other cards. `text`
    has its fields as Anki stores them, `mod` is the second since 1970 of its last change.
    """

    id: int
    type: ForeignType
    values: Mapping[str, str]
    tags: tuple[str, ...]
    deck: str
    ords: frozenset[int]
    other_decks: tuple[str, ...] = ()
    studied: bool = False
    guid: str = ""
    mod: int = 0
    text: str = ""


def read(path: Path, scratch: Path) -> list[ForeignNote]:
    """Return the notes of a package in the order in which they were made; `scratch` is an existing empty folder.

    Raises CollectionError if the file cannot be read.
    """
    copy = copy_database(path, scratch)
    with foreign(CollectionError(path, DAMAGED)), closing(sqlite3.connect(copy)) as database:
        refuse_endless(database, size_of(copy))
        return list(_notes(database))


def _text(value: Any) -> str:
    """Return a value that must be a text; a column of SQLite may hold anything."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _notes(database: sqlite3.Connection) -> Iterator[ForeignNote]:
    (schema,) = database.execute("select ver from col").fetchone()
    types = _types(_models(database, schema))
    decks = _decks(database, schema)
    cards: dict[int, list[tuple[int, int, int]]] = {}
    # A card in a filtered deck has its own one in odid.
    for note, ord_, deck, answers in database.execute(
        "select nid, ord, iif(odid, odid, did), reps from cards order by ord"
    ):
        cards.setdefault(note, []).append((ord_, deck, answers))
    for id_, type_id, tags, values, guid, mod in database.execute(
        "select id, mid, tags, flds, guid, mod from notes order by id"
    ):
        type_ = types[type_id]
        own = cards.get(id_, [])
        names = list(dict.fromkeys(decks.get(deck, "") for _, deck, _ in own)) or [""]
        yield ForeignNote(
            id=id_,
            type=type_,
            values=dict(zip(type_.fields, _text(values).split(SEPARATOR), strict=False)),
            tags=tuple(INVISIBLE.sub("", _text(tags)).split()),
            deck=names[0],
            ords=frozenset(ord_ for ord_, _, _ in own),
            other_decks=tuple(names[1:]),
            studied=any(answers for _, _, answers in own),
            guid=_text(guid),
            mod=index(mod),
            text=values,
        )


def _models(database: sqlite3.Connection, schema: int) -> Mapping[int, Model]:
    if schema >= NEW_TABLES:
        return anki_models.of_tables(database)
    (models,) = database.execute("select models from col").fetchone()
    return anki_models.of_json(models)


def _decks(database: sqlite3.Connection, schema: int) -> dict[int, str]:
    if schema >= NEW_TABLES:
        return {id_: _text(name).replace(LEVELS, "::") for id_, name in database.execute("select id, name from decks")}
    (decks,) = database.execute("select decks from col").fetchone()
    return {int(id_): _text(deck["name"]) for id_, deck in json.loads(decks).items()}


def _types(models: Mapping[int, Model]) -> dict[int, ForeignType]:
    return {
        id_: ForeignType(
            name=_text(model["name"]),
            fields=tuple(_text(field["name"]) for field in model["flds"]),
            templates=tuple(
                CardTemplate(*(_text(template[part]) for part in ("name", "qfmt", "afmt")))
                for template in model["tmpls"]
            ),
            cloze=model.get("type") == 1,
            occlusion=model.get("originalStockKind") == OCCLUSION,
            model=model,
        )
        for id_, model in models.items()
    }
