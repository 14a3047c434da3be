"""`hitoe where` turns a key path into the file, line and column where what it names is written."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hitoe import checks
from hitoe.checks import key_paths
from hitoe.cli import main
from hitoe.deck import cards
from hitoe.model.project import Project
from hitoe.problems import RefusedError
from support.notes import written

TESTS = Path(__file__).resolve().parent
NOTES = """\
topic: t
title: 題
entries:
  new-entry:
    title: 題
    was: [first-entry, second-entry]
    items:
      new-item: {fact: 問い, is: 答え, was: [first-entry.first, first-entry.second]}
      plain: {fact: 問い2, is: 答え2}
      second: {fact: 問い3, is: 答え3, was: e.other}
      table:
        table: 表
        columns:
          price: {title: 値段, was: "first-entry.table[,cost]"}
          size: 大きさ
        rows:
          tokyo: {price: 一, size: 二, was: ["first-entry.table[edo]", "first-entry.table[teito]"]}
          osaka: {price: 三}
"""
ROW, ITEM = 17, 8
PLACES = {
    "new-entry": (4, 3),
    "first-entry": (4, 3),
    "second-entry": (4, 3),
    "new-entry.new-item": (ITEM, 7),
    "first-entry.new-item": (ITEM, 7),
    "first-entry.first": (ITEM, 7),
    "first-entry.second": (ITEM, 7),
    "first-entry.plain": (9, 7),
    "new-entry.second": (10, 7),
    "new-entry.table[osaka]": (18, 11),
    "second-entry.table[tokyo]": (ROW, 11),
    "first-entry.table[edo]": (ROW, 11),
    "first-entry.table[teito]": (ROW, 11),
    "new-entry.table[,size]": (15, 11),
    "first-entry.table[,cost]": (14, 11),
    "first-entry.table[edo,cost]": (ROW, 19),
    "first-entry.table[teito,price]": (ROW, 19),
    "new-entry.table[tokyo,price]": (ROW, 19),
    "first-entry.table[tokyo,size]": (ROW, 29),
}


def place(project: Path, path: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["where", path, "-C", str(project)]) == 0
    return str(capsys.readouterr().out)


@pytest.mark.parametrize("path", PLACES)
def test_present_names_and_all_earlier_ones_are_found(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = written(tmp_path, {"a/t.yaml": NOTES})
    line, column = PLACES[path]
    for form in (path, f"own/{path}", quote(f"own/{path}", safe="")):
        assert place(project, form, capsys) == f"content/a/t.yaml:{line}:{column}\n"


def test_what_cards_name_counts_before_what_has_the_name_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    swapped = NOTES.replace("was: e.other", "was: new-entry.plain").replace("first-entry, second-entry", "new-entry")
    project = written(
        tmp_path, {"t.yaml": swapped.replace("      plain: {fact: 問い2", "      q: {was: e.b, fact: 問い2")}
    )
    assert place(project, "new-entry.plain", capsys) == "content/t.yaml:10:7\n"
    both = NOTES.replace("first-entry.first, first-entry.second", "new-entry.second")
    project = written(tmp_path, {"t.yaml": both})
    assert place(project, "new-entry.second", capsys) == f"content/t.yaml:{ITEM}:7\n"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("new-entry.plan", "nothing has the path 'new-entry.plan': did you mean 'new-entry.plain'?"),
        ("new-entry.table[osaka,size]", "nothing has the path 'new-entry.table[osaka,size]': did you mean "),
        ("zzz", "nothing has the path 'zzz': copy it whole"),
        ("[,]", "nothing has the path '[,]': copy it whole"),
        (
            "other/new-entry",
            "'other/new-entry' is of the deck 'other', and this one is 'own': name it with -C",
        ),
    ],
)
def test_a_path_that_nothing_has(path: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["where", path, "-C", str(written(tmp_path, {"t.yaml": NOTES}))]) == 1
    assert capsys.readouterr().err.startswith(f"hitoe: {message}")


@pytest.mark.parametrize(
    "root", [TESTS / "example", *sorted(path.parent.parent for path in TESTS.glob("gallery/*/content/deck.yaml"))]
)
def test_every_note_of_a_deck_is_found_in_its_item(root: Path) -> None:
    project = checks.trusted(root)
    for note in cards.notes(project, cards.templates(project.deck.language)):
        at = key_paths.position(project, note.fields["Id"])
        assert at.file == note.file
        lines = [project.at(note.file, *loc, key=True).line for loc in items(project, note.file)]
        last = [line for line in sorted(lines) if line <= at.line][-1]
        assert last == project.at(note.file, *note.loc, key=True).line


def items(project: Project, file: str) -> list[tuple[str, ...]]:
    entries = project.topics[file].entries
    return [("entries", entry, "items", key) for entry, value in entries.items() for key in value.items]


def test_a_path_is_found_however_its_signs_are_composed(tmp_path: Path) -> None:
    project = checks.trusted(written(tmp_path, {"t.yaml": NOTES.replace("plain", "がく")}))
    assert key_paths.position(project, "new-entry.か\u3099く").line == 9
    with pytest.raises(RefusedError):
        key_paths.position(project, "new-entry.かく")
