"""Which rows of a collection are read, and which items of the content they belong to."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hitoe import checks, progress
from hitoe.model.identity import guid
from hitoe.problems import CollectionError
from hitoe.progress.aggregation import note_items
from hitoe.progress.calendar import Calendar
from hitoe.progress.collection import CollectionCard, read
from hitoe.progress.revlog import RevlogEntry
from support.learning import facts
from support.notes import written


def database(path: Path, *, schema: int = 11, settings: Mapping[str, object] | None = None, data: str = "") -> Path:
    """Write a collection with one note, one card and two answers, the later one first."""
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            "create table col (crt, ver, conf); create table notes (id, guid, tags); "
            "create table cards (id, nid, data);"
            "create table revlog (id, cid, ease, lastIvl, factor, time, type);"
            "create table config (key, val)"
        )
        made.execute("insert into col values (1595131200, ?, ?)", (schema, json.dumps(settings or {})))
        made.executemany("insert into config values (?, ?)", [(k, json.dumps(v)) for k, v in (settings or {}).items()])
        made.executemany("insert into notes values (?, ?, ?)", [(1, "g", " a leech "), (2, "h", " leeches ")])
        made.execute("insert into cards values (3, 1, ?)", (data,))
        made.executemany("insert into revlog values (?, 3, 1, -60, 0, 1500, 1)", [(9000,), (8000,)])
        made.commit()
    return path


def test_the_rows_of_a_collection_are_read(tmp_path: Path) -> None:
    found = read(database(tmp_path / "c.anki2"), tmp_path / "scratch")
    assert found.cards == {3: CollectionCard("g", True, None, None, None)}
    assert found.revlog == [RevlogEntry(8000, 3, 1, -60, 0, 1500, 1), RevlogEntry(9000, 3, 1, -60, 0, 1500, 1)]
    assert not (tmp_path / "scratch").exists()


@pytest.mark.parametrize("schema", [3, 10, 12, 13, 19])
def test_no_other_schema_is_read(tmp_path: Path, schema: int) -> None:
    with pytest.raises(CollectionError, match=f"schema {schema}"):
        read(database(tmp_path / "a", schema=schema), tmp_path / "scratch")


@pytest.mark.parametrize("schema", [11, 14, 15, 16, 17, 18])
def test_settings_are_read_from_every_schema_that_anki_leaves(tmp_path: Path, schema: int) -> None:
    west = database(tmp_path / "a", schema=schema, settings={"creationOffset": -540, "rollover": 2})
    assert read(west, tmp_path / "scratch").calendar == Calendar(rollover=7200, east=540 * 60)
    unsaid = database(tmp_path / "b", schema=schema)
    assert read(unsaid, tmp_path / "scratch").calendar == Calendar(rollover=4 * 3600, east=0)


@pytest.mark.parametrize(
    ("data", "card"),
    [
        ('{"s": 3.5, "d": 5, "decay": 0.2, "lrt": 77}', CollectionCard("g", True, 3.5, 0.2, 77)),
        ('{"s": 3, "d": 5.5}', CollectionCard("g", True, 3, None, None)),
        ('{"s": 0.01, "d": 5.5, "decay": 0.05}', CollectionCard("g", True, 0.01, 0.05, None)),
        *(
            (data, CollectionCard("g", True, None, None, None))
            for data in ("", "{", "[]", '{"s": 3}', '{"d": 3, "s": "3"}', '{"lrt": 77}', '{"s": 0, "d": 5}')
        ),
    ],
)
def test_what_fsrs_remembers_is_taken_when_it_can_be_read(tmp_path: Path, data: str, card: CollectionCard) -> None:
    assert read(database(tmp_path / "c", data=data), tmp_path / "scratch").cards == {3: card}


def test_damage_where_nothing_is_read_is_told_too(tmp_path: Path) -> None:
    path = database(tmp_path / "c")
    with closing(sqlite3.connect(path)) as made:
        made.execute("create index times on revlog (time)")
        ((page,),) = made.execute("select rootpage from sqlite_master where name = 'times'").fetchall()
        ((size,),) = made.execute("pragma page_size").fetchall()
    assert read(path, tmp_path / "scratch").cards
    content = path.read_bytes()
    path.write_bytes(content[: (page - 1) * size] + bytes(size) + content[page * size :])
    with pytest.raises(CollectionError, match="it is damaged"):
        read(path, tmp_path / "scratch")


def test_progress_names_the_deck_that_a_collection_has_not(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no note of the deck 'own'"):
        progress.of(facts(tmp_path), database(tmp_path / "c"), tmp_path / "scratch")


def test_a_row_a_cell_and_a_region_are_found_again_and_are_retired_with_what_holds_them(tmp_path: Path) -> None:
    topic = """topic: t
title: 題
entries:
  e:
    title: 題
    items:
      t:
        table: 表
        columns: {x: 列, y: {title: 列, retired: true}}
        rows: {r: {x: 一, y: 二}, s: {x: 三, y: 四, retired: true}}
      p: {steps: 手順, sequence: {i: 一, j: 二, k: {text: 三, retired: true}}}
  f:
    title: 題
    retired: true
    items:
      a: {fact: 問い, is: 答え}
"""
    own = checks.trusted(written(tmp_path, {"t.yaml": topic}))
    live = {"e.t[r]", "e.t[r,x]", "e.p[i]", "e.p[j]"}
    gone = {"e.t[r,y]", "e.t[s]", "e.t[s,x]", "e.t[s,y]", "e.p[k]", "f.a"}
    found = note_items(own)
    assert found.keys() == {guid("own", path) for path in live | gone}
    assert {path for path in live | gone if found[guid("own", path)].retired} == gone
    numbers = {path: found[guid("own", path)].number for path in ("e.t[r]", "e.t[s,y]", "e.p[k]", "f.a")}
    assert numbers == {"e.t[r]": 0, "e.t[s,y]": 0, "e.p[k]": 1, "f.a": 2}
    assert [(placed.key, placed.entry.key) for placed in (found[guid("own", "e.p[i]")], found[guid("own", "f.a")])] == [
        ("p", "e"),
        ("a", "f"),
    ]
