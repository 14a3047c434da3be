"""Reads note types as Anki's JSON, from the JSON of old collections and from the tables of new ones."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from hitoe.importing import protobuf

Model = Mapping[str, Any]
TYPE, FIELD, TEMPLATE = (
    {1: "type", 2: "sortf", 3: "css", 5: "latexPre", 6: "latexPost", 7: "latexsvg", 9: "originalStockKind"}
    | {10: "originalId"},
    {1: "sticky", 2: "rtl", 3: "font", 4: "size", 5: "description", 6: "plainText", 7: "collapsed"}
    | {8: "excludeFromSearch", 9: "id", 10: "tag", 11: "preventDeletion"},
    {1: "qfmt", 2: "afmt", 3: "bqfmt", 4: "bafmt", 5: "did", 6: "bfont", 7: "bsize", 8: "id"},
)
"""Fields of the messages Notetype.Config, Field.Config and Template.Config (proto/anki/notetypes.proto)."""
TEXTS = {"css", "latexPre", "latexPost", "font", "description", "qfmt", "afmt", "bqfmt", "bafmt", "bfont"}
SIGN, BITS = 1 << 63, 1 << 64


def of_json(text: str) -> dict[int, Model]:
    """Return the note types of a collection before schema 15, by id."""
    models = {int(id_): model for id_, model in json.loads(text).items()}
    for model in models.values():
        for parts in ("flds", "tmpls"):
            model[parts] = sorted(model[parts], key=lambda part: int(part["ord"]))
    return models


def of_tables(database: sqlite3.Connection) -> dict[int, Model]:
    """Return the note types of a collection from schema 15 on, by id."""
    fields = _parts(database, "fields", FIELD)
    templates = _parts(database, "templates", TEMPLATE)
    rows = database.execute("select id, name, mtime_secs, config from notetypes")
    return {
        id_: {"id": id_, "name": name, "mod": mod, "flds": fields[id_], "tmpls": templates[id_], **_read(config, TYPE)}
        for id_, name, mod, config in rows
    }


def _parts(database: sqlite3.Connection, table: str, names: Mapping[int, str]) -> dict[int, list[Model]]:
    found: dict[int, list[Model]] = {}
    for type_, name, config in database.execute(f"select ntid, name, config from {table} order by ntid, ord"):
        found.setdefault(type_, []).append({"name": name, **_read(config, names)})
    return found


def _read(config: bytes, names: Mapping[int, str]) -> Model:
    """Return the values of a message by their names in JSON; texts that it lacks are empty."""
    found: dict[str, Any] = {name: "" for name in names.values() if name in TEXTS}
    for number, value in protobuf.fields(config):
        if name := names.get(number):
            if isinstance(value, bytes):
                found[name] = value.decode() if name in TEXTS else value
            else:
                found[name] = value - BITS if value >= SIGN else value
    return found
