"""What is in the database and the archive of a package, whatever the notes say."""

import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hitoe.deck import Note
from hitoe.deck.notes import SEPARATOR
from hitoe.deck.package import CHUNK, Released, Subdeck, package, write_database

MODELS: dict[str, dict[str, Any]] = {
    "standard": {"id": "7", "sortf": 0, "name": "標準"},
    "kept": {"id": 8, "sortf": 1, "name": "own"},
    "unused": {"id": 9, "sortf": 0, "name": "none"},
}


def note(number: int, ords: tuple[int, ...] = (0,), **values: Any) -> Released:
    """Return a note with three fields, of which only the second is its own."""
    fields = SEPARATOR.join(("一", f"二{number}", "三"))
    made = Note("f", "t", f"g{number}", f"e.{number}", "standard", ("a", "b"), ords, text=fields)
    return Released(made._replace(**values), number, mod=5)


def deck(number: int, *notes: Released) -> Subdeck:
    order = tuple((note.guid, ord_) for note, _, _ in reversed(notes) for ord_ in note.new_ords)
    return Subdeck(number, f"題::{number}", "", notes, order)


def database(decks: Sequence[Subdeck], models: Mapping[str, Mapping[str, Any]]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "ä ?#%.anki2")
        write_database(path, decks, models)
        assert list(path.parent.iterdir()) == [path]
        return path.read_bytes()


def rows(content: bytes, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        return connection.execute(query).fetchall()


DECKS = [
    deck(3, note(2000, (0, 1)), note(1000, retired=True), note(5000, (0, 2), retired_ords=(2,))),
    deck(4, note(3000, type="kept")),
]


def test_notes_lie_in_the_order_of_their_ids_with_the_field_by_which_their_type_sorts() -> None:
    found = rows(database(DECKS, MODELS), "select id, guid, mid, mod, usn, tags, sfld from notes order by rowid")
    assert found == [
        (1000, "g1000", 7, 5, -1, " a b ", "一"),
        (2000, "g2000", 7, 5, -1, " a b ", "一"),
        (3000, "g3000", 8, 5, -1, " a b ", "二3000"),
        (5000, "g5000", 7, 5, -1, " a b ", "一"),
    ]


def test_a_cards_id_follows_its_notes_and_its_place_is_that_of_the_order_of_study() -> None:
    found = rows(database(DECKS, MODELS), "select id, nid, did, ord, mod, usn, due from cards order by rowid")
    assert found == [
        (2001, 2000, 3, 0, 5, -1, 2),
        (2002, 2000, 3, 1, 5, -1, 3),
        (3001, 3000, 4, 0, 5, -1, 4),
        (5001, 5000, 3, 0, 5, -1, 1),
    ]


def test_a_package_brings_its_decks_and_the_note_types_of_its_notes_alone() -> None:
    ((decks, models),) = rows(database(DECKS, MODELS), "select decks, models from col")
    assert {key: each["name"] for key, each in json.loads(decks).items()} == {
        "1": "Default",
        "3": "題::3",
        "4": "題::4",
    }
    assert {key: each["name"] for key, each in json.loads(models).items()} == {"7": "標準", "8": "own"}


def test_the_bytes_of_a_database_tell_neither_in_which_order_its_notes_came_nor_which_sqlite_made_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = database(DECKS, MODELS)
    assert content[24:28] == content[92:96] == bytes((0, 0, 0, 1))
    assert int.from_bytes(content[96:100], "big") == 3_040_001
    with monkeypatch.context() as other:
        other.setattr("hitoe.deck.package.SQLITE_VERSION", b"9999")
        assert database(DECKS, MODELS)[96:100] == b"9999"
    turned = [replace(each, notes=each.notes[::-1]) for each in DECKS]
    assert database(turned, MODELS) == content
    assert rows(content, "pragma integrity_check") == [("ok",)]


def test_a_database_has_the_indexes_of_an_anki_collection() -> None:
    indexes = {name for (name,) in rows(database(DECKS, MODELS), "select name from sqlite_master where type = 'index'")}
    assert {"ix_notes_usn", "ix_notes_csum", "ix_cards_nid", "ix_cards_sched", "ix_revlog_cid"} <= indexes


@pytest.mark.slow
def test_a_database_may_be_larger_than_sqlite_holds_in_memory(tmp_path: Path) -> None:
    text = "x" * 100_000_000
    notes = [note(number, text=SEPARATOR.join((str(number), text, ""))) for number in range(1, 12)]
    write_database(tmp_path / "huge", [deck(3, *notes)], MODELS)
    assert (tmp_path / "huge").stat().st_size > 2**30
    with closing(sqlite3.connect(tmp_path / "huge")) as connection:
        assert connection.execute("select count(*) from notes").fetchone() == (len(notes),)


def test_a_database_that_cannot_be_written_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "collection.anki2"
    with pytest.raises(OSError, match="unable to open database file") as told:
        write_database(path, DECKS, MODELS)
    assert told.value.filename == str(path)


def test_media_are_numbered_by_name_and_an_archive_tells_nothing_of_its_machine(tmp_path: Path) -> None:
    media = {"音.mp3": b"sound", "a.svg": b"<svg/>"}
    notes = b"notes" * CHUNK
    path, later = tmp_path / "one", tmp_path / "other"
    path.write_bytes(notes)
    later.write_bytes(notes)
    os.utime(path, (0, 0))
    packed = package(path, media)
    assert packed == package(later, dict(reversed(media.items())))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("media").decode() == '{"0": "a.svg", "1": "音.mp3"}'
        assert [archive.read(name) for name in ("collection.anki2", "0", "1")] == [notes, b"<svg/>", b"sound"]
        assert {(info.date_time, info.external_attr, info.create_system) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o644 << 16, 3)
        }
