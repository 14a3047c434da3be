"""A note keeps its guid whatever changes but its key, and guids are the same for ever."""

from itertools import islice
from pathlib import Path
from uuid import RFC_4122, UUID

import pytest
from hitoe import checks
from hitoe.checks.identities import paths
from hitoe.model.identity import guid, note_ids, stable_id, type_id, urn
from hitoe.model.project import Project
from hypothesis import given
from hypothesis import strategies as st
from support.notes import written
from support.pictures import png

BEFORE = """topic: t
title: 題
entries:
  e:
    title: 題
    items:
      a: {fact: 問い, is: 答え}
      b:
        table: 表
        columns: {x: 列, y: 列}
        rows:
          r: {x: 一, y: 二}
          s: {x: 三, y: 四}
      c:
        steps: 手順
        sequence: {p: 一, q: 二}
"""


def identities(root: Path, *topics: str) -> set[str]:
    """Return the oldest paths of everything in a project with these topic files."""
    project = checks.trusted(written(root, {f"{number}.yaml": text for number, text in enumerate(topics)}))
    return {path for placed in project.entries() for _, path in paths(placed)}


def renamed(*changes: tuple[str, str]) -> str:
    text = BEFORE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "after",
    [
        renamed(("topic: t\ntitle: 題", "topic: u\ntitle: 別の題")),
        renamed(("fact: 問い, is: 答え", "fact: 別の問い, is: 別の答え, tags: [新しい]")),
        renamed(("  e:\n    title: 題", "  f:\n    was: e\n    title: 題")),
        renamed(("  e:\n    title: 題", "  f:\n    was: [e, g]\n    title: 題")),
        renamed(("a: {fact: 問い", "z: {was: e.a, fact: 問い")),
        renamed(("      b:\n", "      z:\n        was: e.b\n")),
        renamed(("r: {x", 'z: {was: "e.b[r]", x')),
        renamed(("{x: 列", '{z: {title: 列, was: "e.b[,x]"}'), ("r: {x", "r: {z"), ("s: {x", "s: {z")),
        renamed(("{p: 一", '{z: {text: 一, was: "e.c[p]"}')),
        renamed(("a: {fact: 問い", "z: {was: [e.a, e.v], fact: 問い")),
        renamed(("r: {x", 'z: {was: ["e.b[r]", "e.b[v]"], x')),
        renamed(("{p: 一", '{z: {text: 一, was: ["e.c[p]", "e.c[v]"]}')),
        renamed(("{p: 一, q: 二}", "{q: 二, p: 一}")),
        renamed(("{x: 列, y: 列}", "{y: 列, x: 列}")),
        renamed(("r: {x: 一, y: 二}", "r: {label: 行, x: {is: 一, ask: none}, y: 二, retired: true}")),
    ],
    ids=[
        *("topic", "wording", "entry", "entry twice", "item", "table", "row", "column", "step"),
        *("item twice", "row twice", "step twice"),
        *("order of steps", "order of columns", "looks of a row"),
    ],
)
def test_a_renamed_or_reworded_thing_keeps_its_identity(tmp_path: Path, after: str) -> None:
    assert identities(tmp_path, after) == identities(tmp_path / "before", BEFORE)


def test_an_item_that_moves_to_another_file_keeps_its_identity(tmp_path: Path) -> None:
    fact = "      a: {fact: 問い, is: 答え}\n"
    other = "topic: u\ntitle: 題\nentries:\n  f:\n    title: 題\n    items:\n" + fact.replace("{", "{was: e.a, ")
    before, after = identities(tmp_path / "before", BEFORE), identities(tmp_path, renamed((fact, "")), other)
    assert after == before | {"f"}


def test_a_row_that_moves_to_another_table_keeps_its_cards(tmp_path: Path) -> None:
    after = renamed(("          s: {x: 三, y: 四}\n", "")) + (
        "      d:\n        table: 表\n        columns: {x: 列, y: 列}\n        rows:\n"
        '          s: {was: "e.b[s]", x: 三, y: 四}\n'
    )
    assert identities(tmp_path, after) == identities(tmp_path / "before", BEFORE) | {"e.d"}


TABLE = """topic: u
title: 題
entries:
  f:
    title: 題
    items:
      d:
        table: 表
        columns: {k: %s, l: 列}
        rows:
          q: {%sk: 一, l: 二}
"""


@pytest.mark.parametrize(
    ("column", "row", "cells"),
    [
        ("列", "", {"f.d[q,k]", "f.d[q,l]"}),
        ("{title: 列, was: 'e.b[,x]'}", "", {"e.b[q,x]", "f.d[q,l]"}),
        ("列", "was: 'g.h[r]', ", {"g.h[r,k]", "g.h[r,l]"}),
        ("{title: 列, was: 'e.b[,x]'}", "was: 'g.h[r]', ", {"g.h[r,x]", "g.h[r,l]"}),
        ("{title: 列, was: ['e.b[,x]', 'i.j[,y]']}", "was: ['g.h[r]', 'k.l[s]'], ", {"g.h[r,x]", "g.h[r,l]"}),
    ],
    ids=["neither", "column", "row", "both", "both twice"],
)
def test_of_a_cell_whose_row_and_column_moved_the_row_names_the_table(
    tmp_path: Path, column: str, row: str, cells: set[str]
) -> None:
    found = identities(tmp_path, TABLE % (column, row))
    assert {path for path in found if "," in path} == cells


@pytest.mark.parametrize(
    ("was", "region"), [("", "f.d[r]"), (", was: 'g.h[s]'", "g.h[s]"), (", was: ['g.h[s]', 'i.j[t]']", "g.h[s]")]
)
def test_a_region_keeps_the_first_path_it_had(tmp_path: Path, was: str, region: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.png").write_bytes(png())
    topic = TABLE.partition("        table:")[0] + (
        "        picture: 絵\n        image: {file: a.png, alt: 絵}\n"
        f"        regions: {{r: {{label: 甲, left: 1, top: 1, width: 1, height: 1{was}}}}}\n"
    )
    assert identities(tmp_path, topic) == {"f", "f.d", region}


def test_another_key_is_another_identity(tmp_path: Path) -> None:
    after = identities(tmp_path, renamed(("a: {fact", "z: {fact")))
    assert after ^ identities(tmp_path / "before", BEFORE) == {"e.a", "e.z"}


def test_guids_and_ids_never_change() -> None:
    """What learners have is found again by these: another value would double every note of every deck."""
    assert guid("aws-dva", "streams.view-types[NEW_IMAGE,record]") == "o-yCurySid1RhKy0"
    assert guid("aws-dva", "streams.retention") == "IHMWBat-CvUeqSJp"
    assert next(note_ids(guid("aws-dva", "streams.retention"))) == 1264462879000
    assert list(islice(note_ids(guid("aws-dva", "streams.retention")), 1, 3)) == [1264462880000, 1264462881000]
    assert type_id("aws-dva", "standard") == 1408407953086
    assert type_id("aws-dva", "cloze") == 1076259606231
    assert stable_id("aws-dva") == 2137043531
    assert stable_id("aws-dva", "dynamodb") == 1672825525
    assert urn("aws-dva", "2020-W30") == "urn:uuid:78c1c9de-4b8f-8d66-af06-44efc608a87c"
    assert urn("aws-dva", "2020-W32") == "urn:uuid:36e07661-ebcc-85a9-9fb2-09fa949d5003"


def test_the_example_has_no_guid_twice(example_project: Project) -> None:
    found = [guid(example_project.deck.key, path) for placed in example_project.entries() for _, path in paths(placed)]
    assert len(found) == len(set(found))


@given(st.text(min_size=1))
def test_note_ids_leave_room_for_cards_and_stay_in_their_range(text: str) -> None:
    ids = list(islice(note_ids(text), 3))
    assert len(set(ids)) == len(ids)
    assert all(10**12 <= each < 1_767 * 10**9 and each % 1000 == 0 for each in ids)


@given(st.text())
def test_names_of_published_things_are_uuids_made_by_a_hash_of_ones_own(text: str) -> None:
    uuid = UUID(urn(text))
    assert (uuid.version, uuid.variant) == (8, RFC_4122)


@given(st.text(), st.text())
def test_deck_ids_are_in_the_range_that_anki_wants(deck: str, topic: str) -> None:
    assert 1 << 30 <= stable_id(deck, topic) < 1 << 31
