"""A `was` with a later path than the first one loses no review: the build stops, and says what to write."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.release.ledger import NoteRow, load
from support.notes import DECK, written

BEFORE = """topic: t
title: 題
entries:
  e:
    title: 題
    items:
      a: {fact: 問い, is: 答え}
      b:
        table: 表
        columns: {x: 列, y: 列の二}
        rows:
          r: {x: 一, y: 二}
          s: {x: 三, y: 四}
      c:
        steps: 手順
        sequence: {p: 一, q: 二}
"""
Changes = tuple[tuple[str, str], ...]
IN_F = ("  e:\n    title: 題", "  f:\n    was: e\n    title: 題")
"""The entry is renamed."""
B_IS_Z = ("      b:\n", "      z:\n        was: e.b\n")
"""The table is renamed."""
C_IS_Z = ("      c:\n", "      z9:\n        was: [e.c, e.k]\n")
OTHER_X = (("r: {x", "r: {z"), ("s: {x", "s: {z"))
"""The cells of a column that is renamed."""


def edited(changes: Changes) -> str:
    text = BEFORE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = written(tmp_path, {"t.yaml": BEFORE})
    assert main(["build", "deck", "-C", str(root)]) == 0
    return root


def rows(root: Path) -> Mapping[str, NoteRow]:
    return load((root / "content" / "ledger.json").read_text("utf-8")).notes


def corrected(text: str, sentences: list[str]) -> str:
    """Do what sentences say: each names a line, a path that stands there, and the one to write instead."""
    lines = text.splitlines(keepends=True)
    for sentence in sentences:
        found = re.search(
            r":(\d+):\d+: .*: '(.*)' is a later path of it: write its first one, `was: '?(.*?)'?`$", sentence
        )
        assert found, sentence
        line = int(found[1]) - 1
        assert lines[line].count(found[2]) == 1
        lines[line] = lines[line].replace(found[2], found[3])
    return "".join(lines)


@pytest.mark.parametrize(
    "changes",
    [
        (IN_F, ("a: {fact: 問い", "z: {was: f.a, fact: 問い")),
        (IN_F, ("a: {fact: 問い", "z: {was: [f.a, f.v], fact: 問い")),
        (("a: {fact: 問い", "z: {was: [e.a, e.m], fact: 問い"), ("{p: 一", '{w: {text: 一, was: "e.z9[p]"}'), C_IS_Z),
        (IN_F, ("was: e", "was: [e, g]"), ("a: {fact: 問い", "z: {was: g.a, fact: 問い")),
        (IN_F, ("r: {x", 'z: {was: "f.b[r]", x')),
        (IN_F, ("{p: 一", '{z: {text: 一, was: "f.c[p]"}')),
        (IN_F, ("{x: 列,", '{z: {title: 列, was: "f.b[,x]"},'), *OTHER_X),
        (B_IS_Z, ("r: {x", 'z: {was: "e.z[r]", x')),
        (B_IS_Z, ("{x: 列,", '{z: {title: 列, was: "e.z[,x]"},'), *OTHER_X),
        (IN_F, B_IS_Z, ("r: {x", 'z: {was: "f.z[r]", x')),
        (IN_F, B_IS_Z, ("r: {x", 'z: {was: "f.b[r]", x')),
        (IN_F, ("      b:\n", "      z:\n        was: f.b\n"), ("r: {x", 'z: {was: "f.z[r]", x')),
        (IN_F, ("      b:\n", "      z:\n        was: [f.b, f.y]\n"), ("r: {x", 'z: {was: "f.y[r]", x')),
        (("      c:\n", "      z:\n        was: e.c\n"), ("{p: 一", '{w: {text: 一, was: "e.z[p]"}')),
    ],
)
def test_a_path_of_the_day_of_the_rename_is_told_with_the_first_one(
    project: Path, changes: Changes, capsys: pytest.CaptureFixture[str]
) -> None:
    known, text = rows(project), edited(changes)
    for _ in range(3):  # what is in an item is looked at once the item is known
        written(project, {"t.yaml": text})
        capsys.readouterr()
        if main(["build", "deck", "-C", str(project)]) == 0:
            break
        assert rows(project) == known
        text = corrected(text, capsys.readouterr().err.splitlines()[:-1])
    assert "was" in text
    assert text != edited(changes)
    assert {guid: row.path for guid, row in rows(project).items()} == {guid: row.path for guid, row in known.items()}


def test_paths_that_are_in_the_wrong_order_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(project, {"t.yaml": edited((("a: {fact", "z: {was: [e.v, e.a], fact"),))})
    assert main(["check", "-C", str(project)]) == 1
    assert (
        capsys.readouterr()
        .err.splitlines()[0]
        .endswith(
            ":7:16: 'e.a' was shipped and is gone, and 1 card of it would be orphaned: "
            "'e.v' is a later path of it: write its first one, `was: e.a`"
        )
    )


def test_a_path_that_was_shipped_is_not_taken_for_a_later_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entry f was e: its item of the path f.a is the one that another entry f had, not e.a, which was deleted."""
    other = "  f:\n    title: 題\n    items:\n      a: {fact: 別の問い, is: 別の答え}\n"
    written(project, {"u.yaml": other.join(["topic: u\ntitle: 題二\nentries:\n", ""])})
    assert main(["build", "deck", "-C", str(project)]) == 0
    (project / "content" / "u.yaml").unlink()
    moved = ("      a: {fact: 問い, is: 答え}\n", "      m: {fact: 別の問い, is: 別の答え, was: f.a}\n")
    written(project, {"t.yaml": edited((IN_F, moved))})
    capsys.readouterr()
    assert main(["check", "-C", str(project)]) == 1
    assert capsys.readouterr().err.splitlines()[0].endswith("add `was: e.a` where it is now")


def test_a_step_that_was_shipped_is_not_taken_for_one_of_an_item_that_got_its_items_name(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Item k was c: its step of the path e.k[p] is the one that another item k had, not e.c[p], which was deleted."""
    written(project, {"t.yaml": f"{BEFORE}      k:\n        steps: 別の手順\n        sequence: {{p: 五, q: 六}}\n"})
    assert main(["build", "deck", "-C", str(project)]) == 0
    renamed = ("      c:\n", "      k:\n        was: e.c\n"), ("{p: 一", '{w: {text: 五, was: "e.k[p]"}')
    written(project, {"t.yaml": edited(renamed)})
    capsys.readouterr()
    assert main(["check", "-C", str(project)]) == 1
    assert "add `was: 'e.c[p]'` where it is now" in capsys.readouterr().err


def test_of_two_things_with_one_path_the_one_of_a_later_day_can_be_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entry e became f, then g, so another entry may be f now."""
    other = "  f:\n    title: 題\n    items:\n      a: {fact: 別の問い, is: 別の答え}\n"
    twice = (IN_F[0], IN_F[1].replace("f:", "g:").replace("was: e", "was: [e, f]"))
    text = edited((twice, ("a: {fact: 問い", "z: {was: f.a, fact: 問い"))) + other
    written(project, {"t.yaml": text})
    assert main(["check", "-C", str(project)]) == 1
    (sentence, _) = capsys.readouterr().err.splitlines()
    assert sentence.endswith(
        "'f.a' is also the identity of content/t.yaml:8:7: rename the newer of the two, "
        "or if one has `was: f.a` of a later day write its first path there, `was: e.a`"
    )
    written(project, {"t.yaml": text.replace("was: f.a", "was: e.a")})
    assert main(["check", "-C", str(project)]) == 0
    capsys.readouterr()
    taken = text + "      y: {was: e.a, fact: 三つ目の問い, is: 答え}\n"
    written(project, {"t.yaml": taken})
    assert main(["check", "-C", str(project)]) == 1
    assert capsys.readouterr().err.splitlines()[0].endswith("rename the newer of the two")


TWO = """topic: t
title: 題
entries:
  {first}
    title: 題
    items:
      {item}: {{fact: 甲の問い, is: 甲{was_a}}}
      b: {{table: 表, columns: {{c: 列}}, rows: {{{row}: {{label: 行, c: 甲の答え{was_b}}}}}}}
  {second}
    title: 題
    items:
      {item}: {{fact: 乙の問い, is: 乙{was_c}}}
      b: {{table: 表, columns: {{c: 列}}, rows: {{{row}: {{label: 行, c: 乙の答え{was_d}}}}}}}
"""


def exchanged(first: str, second: str) -> str:
    """Return two entries that exchanged their keys, in both of which a fact and a row were renamed.

    In their old paths the entries have these names.
    """
    paths = [f", was: '{path}'" for name in (first, second) for path in (f"{name}.a", f"{name}.b[r]")]
    was = dict(zip(("was_a", "was_b", "was_c", "was_d"), paths, strict=True))
    return TWO.format(first="f:\n    was: e", second="e:\n    was: f", item="z", row="z", **was)


@pytest.mark.parametrize("report", ["", "report: https://example.com/new?card={path}\n"])
def test_two_items_do_not_exchange_their_schedules(
    tmp_path: Path, report: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two entries exchange their keys, and in both an item of the same key is renamed."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    before = TWO.format(first="e:", second="f:", item="a", row="r", was_a="", was_b="", was_c="", was_d="")
    root = written(tmp_path, {"deck.yaml": DECK + report, "t.yaml": before})
    assert main(["build", "deck", "-C", str(root)]) == 0
    known = rows(root)
    written(root, {"t.yaml": exchanged("f", "e")})
    capsys.readouterr()
    for command in (["check"], ["build", "deck"]):
        assert main([*command, "-C", str(root)]) == 1
        sentences = capsys.readouterr().err.splitlines()
        assert [sentence.split("'")[1::2] for sentence in sentences[:-1]] == [
            ["f.a", "e.a", "e.a"],
            ["f.b[r,c]", "e.b[r,c]", "e.b"],
            ["e.a", "f.a", "f.a"],
            ["e.b[r,c]", "f.b[r,c]", "f.b"],
        ]
        assert [":".join(sentence.split(":")[1:3]) for sentence in sentences[:-1]] == ["8:7", "9:7", "14:7", "15:7"]
    written(root, {"t.yaml": exchanged("e", "f")})
    assert main(["build", "deck", "-C", str(root)]) == 0
    assert {guid: row.hash for guid, row in rows(root).items()} == {guid: row.hash for guid, row in known.items()}
