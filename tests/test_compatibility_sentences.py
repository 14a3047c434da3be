"""What an author is told, and where, when the content breaks what a shipped deck promised."""

from collections.abc import Sequence
from typing import Any

import pytest
from hitoe import checks
from hitoe.deck import Note
from hitoe.kinds.kept_type import KEPT
from hitoe.model.identity import guid
from hitoe.model.loader import Places, texts
from hitoe.model.project import Project
from hitoe.release.compatibility import asked_again, broken
from hitoe.release.ledger import Ledger, NoteRow
from support.notes import written

TOPIC = """topic: t
title: 題
entries:
  e:
    title: 題
    items:
      a: {fact: 問い, is: 答え}
      c: {cloze: "{{c1::一}}と{{c2::二}}"}
      t:
        table: 表
        columns: {x: 列, y: 列}
        rows: {r: {x: 一, y: 二}}
"""
FILE = "content/t.yaml"
WAYS = "bring it back with `retired: true`, or if it was renamed add `was: {}` where it is now"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return checks.trusted(written(tmp_path_factory.mktemp("own"), {"t.yaml": TOPIC}))


def note(path: str, ords: Sequence[int] = (0,), *, type_: str = "standard", retired: bool = False) -> Note:
    item = path.partition(".")[2].partition("[")[0]
    return Note(
        guid=guid("own", path),
        path=path,
        file=FILE,
        topic="t",
        type=type_,
        tags=(),
        ords=tuple(ords),
        retired=retired,
        loc=("entries", "e", "items", item),
    )


def shipped(*notes: Note, file: str = FILE, retired_ords: Sequence[int] = ()) -> Ledger:
    rows = {
        n.guid: NoteRow(n.path, file, "h", 1, 10**12, n.ords, n.type, n.retired, tuple(retired_ords)) for n in notes
    }
    return Ledger(rows)


def told(project: Project, notes: Sequence[Note], ledger: Ledger) -> list[str]:
    outlines, places = {FILE: checks.outline(project)}, Places(texts(project.root)[0])
    return [str(problem) for problem in broken("own", notes, outlines, ledger, places)]


def replace(note: Note, **values: Any) -> Note:
    return note._replace(**values)


A, C = note("e.a"), note("e.c", (0, 1), type_="cloze")
CELLS = [note("e.t[r,x]"), note("e.t[r,y]", (0, 1))]


def test_nothing_is_told_of_what_stayed_came_or_was_never_shipped(project: Project) -> None:
    everything = [A, C, *CELLS]
    assert told(project, everything, shipped(*everything)) == []
    assert told(project, everything, shipped(A)) == []
    assert told(project, everything, Ledger()) == []
    assert told(project, [], Ledger()) == []
    assert told(project, [replace(A, ords=(1, 2))], shipped(A)) == []
    assert told(project, [replace(C, ords=(0, 1, 2))], shipped(C)) == []
    assert told(project, [replace(A, retired=True)], shipped(A)) == []
    assert told(project, [replace(A, retired=True)], shipped(replace(A, retired=True))) == []
    assert told(project, [replace(C, retired_ords=(1,))], shipped(C, retired_ords=(1,))) == []


@pytest.mark.parametrize(
    ("lost", "what", "cards", "place"),
    [
        ([note("e.b")], "e.b", "1 card of", "7:7"),
        ([note("e.b", (0, 1))], "e.b", "2 cards of", "7:7"),
        ([note("x.b"), note("x.c[r,y]")], "x", "2 cards of", "4:3"),
        ([note("e.t[s]"), note("e.t[s,x]", (0, 1))], "e.t[s]", "3 cards of", "10:9"),
        ([note("e.c[s]")], "e.c[s]", "1 card of", "8:10"),
        ([note("e.u[s]"), note("e.u[q,x]")], "e.u", "2 cards of", "7:7"),
    ],
    ids=["item", "item with two cards", "entry", "row", "step", "table"],
)
def test_the_largest_thing_that_is_gone_is_told_once_where_it_stood(
    project: Project, lost: list[Note], what: str, cards: str, place: str
) -> None:
    here, ways = [A, C, *CELLS], WAYS.format(repr(what) if "[" in what else what)
    message = f"'{what}' was shipped and is gone, and {cards} it would be orphaned: {ways}"
    assert told(project, here, shipped(*here, *lost)) == [f"{FILE}:{place}: {message}"]
    assert told(project, here, shipped(*here, *lost, file="content/gone.yaml")) == [f"content/gone.yaml:1:1: {message}"]


def test_a_cell_that_is_gone_can_come_back_or_its_column_was_renamed(project: Project) -> None:
    lost = note("e.t[r,z]")
    (sentence,) = told(project, [A, *CELLS], shipped(A, *CELLS, lost))
    assert sentence.endswith(
        "'e.t[r,z]' was shipped and is gone, and 1 card of it would be orphaned: "
        "bring the cell back, with `ask: none` if it is not to be asked, "
        "or if its column was renamed add `was: 'e.t[,z]'` where that is now"
    )


def test_an_entry_of_imported_notes_alone_comes_back_with_their_guids(project: Project) -> None:
    kept, own = note("x.a", type_=f"{KEPT}basic"), note("x.b")
    (sentence,) = told(project, [A], shipped(A, kept))
    assert sentence.endswith("would be orphaned: bring it back, with its guid and `retired: true`")
    (sentence,) = told(project, [A], shipped(A, kept, own))
    assert sentence.endswith(WAYS.format("x"))


def test_what_is_gone_from_two_files_is_told_in_the_first(project: Project) -> None:
    one, other = shipped(note("x.a"), file="content/z.yaml"), shipped(note("x.b"), file="content/b.yaml")
    ledger = Ledger({**one.notes, **other.notes, **shipped(A).notes})
    (sentence,) = told(project, [A], ledger)
    assert sentence.startswith("content/b.yaml:1:1: 'x' was shipped and is gone, and 2 cards")


def test_things_that_are_gone_from_several_places_are_told_one_by_one(project: Project) -> None:
    sentences = told(project, [A], shipped(A, C, *CELLS))
    assert [sentence.split("'")[1] for sentence in sentences] == ["e.c", "e.t"]


def test_a_deck_under_another_key_is_told_and_nothing_else(project: Project) -> None:
    other = Ledger({guid("old", n.path): row for n, row in zip([A, C], shipped(A, C).notes.values(), strict=True)})
    assert told(project, [A, C], other) == [
        "content/deck.yaml:2:6: 'own' is not the key under which 2 notes were shipped: take the old key back"
    ]
    for letter in "-z":  # before and after all guids
        assert "is not the key" in told(project, [A], Ledger({letter * 16: shipped(A).notes[A.guid]}))[0]
    mixed = Ledger({**other.notes, **shipped(A).notes})
    assert len(told(project, [A, C], mixed)) == 2
    assert not any("is not the key" in sentence for sentence in told(project, [A, C], mixed))


@pytest.mark.parametrize(
    ("was", "becomes", "word"),
    [
        ("cloze", "standard", "a cloze"),
        ("standard", "cloze", "no cloze"),
        ("picture", "standard", "a picture"),
        ("choice", "standard", "a choice"),
        ("standard", "choice", "no choice"),
        ("choice", "cloze", "a choice"),
    ],
)
def test_what_became_something_else_is_told_at_its_key(project: Project, was: str, becomes: str, word: str) -> None:
    before, after = note("e.c", type_=was), note("e.c", type_=becomes)
    assert told(project, [A, after], shipped(A, before)) == [
        f"{FILE}:8:7: 'e.c' was shipped as {word}, and Anki cannot change that: bring it back with `retired: true` "
        "and give the new one another key"
    ]


def test_each_cloze_that_is_gone_is_told_with_all_that_must_be_retired(project: Project) -> None:
    before = replace(C, ords=(0, 1, 3, 8))
    after = replace(C, ords=(1, 4), retired_ords=(4,))
    assert [sentence.partition(": ")[2] for sentence in told(project, [after], shipped(before))] == [
        f"cloze {number} was shipped and is gone: give the blanks the numbers that they had, "
        f"or if this one is taken out add `retired_clozes: [{retired}]`"
        for number, retired in ((1, "1, 5"), (4, "4, 5"), (9, "5, 9"))
    ]
    assert [sentence.partition(": ")[0] for sentence in told(project, [after], shipped(before))] == [f"{FILE}:8:18"] * 3
    assert len(told(project, [A, *CELLS, after], shipped(A, before))) == 3
    assert told(project, [replace(A, ords=(1,))], shipped(replace(A, ords=(0,)))) == []


def test_a_note_that_was_retired_may_be_asked_again_with_a_notice(project: Project) -> None:
    retired = shipped(replace(A, retired=True))
    assert told(project, [A], retired) == []
    assert asked_again([A, C], retired) == [
        "'e.a' was retired in a shipped deck and is asked again, with the schedule that learners have; "
        "a new question needs another key"
    ]
    assert asked_again([replace(A, retired=True), C], retired) == []


def test_a_cloze_number_that_was_retired_is_not_used_again(project: Project) -> None:
    ledger = shipped(replace(C, ords=(0, 1, 8)), retired_ords=(1, 8))
    assert told(project, [replace(C, ords=(0, 1, 8), retired_ords=(1,))], ledger) == [
        f"{FILE}:8:18: cloze 9 was retired in a shipped deck: keep it in `retired_clozes` and take a new number"
    ]
    both = told(project, [replace(C, ords=(0, 1, 8))], ledger)
    assert [sentence.split()[2] for sentence in both] == ["2", "9"]
