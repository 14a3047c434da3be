"""What counts as shipped where git is in the middle of something, and what a build leaves for the next."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.model import loader
from hitoe.release.ledger import Ledger, NoteRow, TypeRow, dump, joined, load
from support.notes import DECK, item, written

FIRST, OURS, THEIRS, NOW = 1_600_000_000, 1_600_000_300, 1_600_000_500, 1_600_001_000
TWO = """\
topic: t
title: 題
entries:
  e:
    title: 題
    items:
      a: {fact: 問い, is: 答え}
      b: {fact: 謎, is: 解}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with two facts, outside git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return written(tmp_path / "project", {"t.yaml": TWO})


def build(monkeypatch: pytest.MonkeyPatch, project: Path, second: int, *words: str) -> int:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(second))
    return main(["build", "deck", "-C", str(project), *words])


def git(folder: Path, *words: str, check: bool = True) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=check, capture_output=True)


def commit(project: Path) -> None:
    git(project, "add", "content")
    git(project, "commit", "--quiet", "-m", "shipped")


def rows(project: Path) -> dict[str, NoteRow]:
    ledger = load((project / "content" / "ledger.json").read_text("utf-8"))
    return {row.path: row for row in ledger.notes.values()}


def test_what_was_refreshed_stays_so_when_a_note_is_edited_after_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "init", "--quiet")
    build(monkeypatch, project, FIRST)
    commit(project)
    build(monkeypatch, project, OURS, "--refresh-all")
    written(project, {"t.yaml": TWO.replace("答え", "別の答え")})
    build(monkeypatch, project, NOW)
    assert rows(project)["e.b"].mod == OURS


def test_a_change_after_the_latest_time_is_told_and_the_ledger_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(monkeypatch, project, FIRST)
    ledger = project / "content" / "ledger.json"
    latest = ledger.read_text("utf-8").replace(f'"mod": {FIRST}', f'"mod": {10**11}')
    ledger.write_text(latest, "utf-8")
    assert build(monkeypatch, project, NOW) == 0
    written(project, {"t.yaml": TWO.replace("答え", "別の答え")})
    capsys.readouterr()
    assert build(monkeypatch, project, NOW) == 1
    assert capsys.readouterr().err.startswith(
        "content/ledger.json:1:1: it is damaged: no time is later than 100000000000; `hitoe ledger "
    )
    assert ledger.read_text("utf-8") == latest


@pytest.mark.parametrize("committed", [False, True])
def test_a_ledger_of_a_newer_hitoe_has_one_remedy_and_is_never_written_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], committed: bool
) -> None:
    git(project, "init", "--quiet")
    build(monkeypatch, project, FIRST)
    ledger, remedy = (
        project / "content" / "ledger.json",
        "it has format 9 and this hitoe knows 3: install a newer hitoe",
    )
    older, newer = ledger.read_text("utf-8"), ledger.read_text("utf-8").replace('"format": 2', '"format": 9')
    ledger.write_text(newer, "utf-8")
    commit(project)
    said = f"content/ledger.json:1:1: {remedy}\n"
    if committed:
        ledger.write_text(older, "utf-8")
        said = f"content/ledger.json:1:1: the committed ledger cannot be used: {remedy}\n"
    capsys.readouterr()
    assert build(monkeypatch, project, NOW) == 1
    assert capsys.readouterr().err == f"{said}hitoe: 1 problem, nothing was written\n"
    for how in ["rebuild"], ["restore", str(project / "build" / "own.apkg")]:
        assert main(["ledger", *how, "-C", str(project)]) == (0 if committed else 1)
    assert committed or ledger.read_text("utf-8") == newer


@pytest.fixture
def torn(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project in the middle of a merge: both sides shipped the first fact anew, theirs one more."""
    git(project, "init", "--quiet")
    build(monkeypatch, project, FIRST)
    commit(project)
    git(project, "checkout", "--quiet", "-b", "theirs")
    more = TWO.replace("is: 答え", "is: 彼らの答え, reverse: 逆") + "      c: {fact: 新しい, is: もの}\n"
    written(project, {"t.yaml": more})
    build(monkeypatch, project, THEIRS)
    commit(project)
    git(project, "checkout", "--quiet", "main")
    written(project, {"t.yaml": TWO.replace("答え", "我らの答え")})
    build(monkeypatch, project, OURS)
    commit(project)
    git(project, "merge", "theirs", check=False)
    return project


def test_in_a_merge_what_either_side_shipped_counts(
    torn: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(torn, {"t.yaml": TWO.replace("答え", "我らの答え")})
    assert build(monkeypatch, torn, FIRST) == 1
    assert "'e.c' was shipped and is gone" in capsys.readouterr().err


def test_in_a_merge_our_text_is_later_than_theirs_and_untouched_notes_stay(
    torn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved = TWO.replace("is: 答え", "is: 我らの答え") + "      c: {fact: 新しい, is: もの}\n"
    written(torn, {"t.yaml": resolved})
    for second in (FIRST, NOW):  # the second build finds nothing new
        assert build(monkeypatch, torn, second) == 0
        found = rows(torn)
        assert found["e.a"].mod > THEIRS
        assert found["e.a"].mod < NOW
        assert found["e.a"].ords == (0, 1)
        assert found["e.b"].mod == FIRST
        assert found["e.c"].mod == THEIRS


def test_in_a_rebase_both_sides_count_and_after_it_only_what_was_committed(
    torn: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(torn, "merge", "--abort")
    git(torn, "checkout", "--quiet", "theirs")
    git(torn, "rebase", "main", check=False)
    written(torn, {"t.yaml": TWO})
    assert build(monkeypatch, torn, NOW) == 1
    assert "'e.c' was shipped and is gone" in capsys.readouterr().err
    git(torn, "checkout", "main", "content")
    git(torn, "-c", "core.editor=true", "rebase", "--skip")
    git(torn, "reset", "--quiet", "--hard", "main")
    assert (torn / ".git" / "REBASE_HEAD").exists()
    assert build(monkeypatch, torn, NOW) == 0
    assert "e.c" not in rows(torn)


def test_joined_ledgers_keep_the_later_row_and_what_either_retired() -> None:
    one = NoteRow(path="a.b", file="f", hash="x", mod=5, id=1, ords=(0,), retired=True)
    other = NoteRow(path="a.b", file="f", hash="y", mod=7, id=1, ords=(1,), retired_ords=(1,))
    same_time = NoteRow(path="a.b", file="f", hash="z", mod=7, id=1, ords=(1,))
    both = joined(Ledger({"g": one}), Ledger({"g": other})).notes["g"]
    assert (both.hash, both.mod, both.ords, both.retired, both.retired_ords) == ("y", 7, (0, 1), True, (1,))
    assert joined(Ledger({"g": other}), Ledger({"g": same_time})).notes["g"].hash == ""
    assert joined(Ledger({"g": other}), Ledger()) == joined(Ledger(), Ledger({"g": other}))


def test_joined_ledgers_keep_the_later_note_type_and_the_deck_names_of_the_first() -> None:
    one = Ledger(types={"cloze": TypeRow("x", 5)}, decks={"t": "one"})
    other = Ledger(types={"cloze": TypeRow("y", 7), "standard": TypeRow("z", 1)}, decks={"t": "other", "u": "u"})
    both = Ledger(types={"cloze": TypeRow("y", 7), "standard": TypeRow("z", 1)}, decks={"t": "one", "u": "u"})
    assert joined(one, other) == both


def test_another_commit_makes_the_deck_stale_though_no_file_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(project, "init", "--quiet")
    written(project, {"t.yaml": item("fact: 問い\nis: 答え")})
    build(monkeypatch, project, FIRST)
    commit(project)
    git(project, "checkout", "--quiet", "-b", "shipped")
    written(project, {"t.yaml": TWO})
    build(monkeypatch, project, OURS)
    commit(project)
    git(project, "checkout", "--quiet", "main")
    assert build(monkeypatch, project, NOW) == 0
    git(project, "symbolic-ref", "HEAD", "refs/heads/shipped")
    assert build(monkeypatch, project, NOW) == 1
    assert "'e.b' was shipped and is gone" in capsys.readouterr().err


def test_a_retirement_on_one_side_of_conflict_marks_is_kept() -> None:
    one = NoteRow(path="a.b", file="f", hash="x", mod=5, id=1, ords=(0,), retired=True)
    other = NoteRow(path="a.b", file="f", hash="y", mod=7, id=1, ords=(0,))
    sides = [dump(Ledger({"g": row})).splitlines()[1] for row in (one, other)]
    assert load("\n".join(['{"format": 1', *sides, "}"])).notes["g"].retired


def test_where_git_ignores_the_project_every_row_counts_as_shipped(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("*\n")
    build(monkeypatch, project, FIRST)
    written(project, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert build(monkeypatch, project, NOW) == 1
    assert "'e.b' was shipped and is gone" in capsys.readouterr().err


def test_a_project_in_a_subfolder_of_a_repository_knows_its_ledger(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "init", "--quiet")
    build(monkeypatch, project, FIRST)
    written(project, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert build(monkeypatch, project, NOW) == 0  # nothing was committed
    commit(project)
    (project / "content" / "ledger.json").unlink()
    assert build(monkeypatch, project, NOW) == 1
    assert "it is missing, but was committed" in capsys.readouterr().err


def test_what_is_saved_while_the_ledger_is_written_is_built_next_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = loader.texts

    def late(root: Path) -> object:
        found = texts(root)
        written(project, {"t.yaml": TWO.replace("答え", "最後に保存した答え")})
        return found

    monkeypatch.setattr(loader, "texts", late)
    build(monkeypatch, project, FIRST)
    monkeypatch.setattr(loader, "texts", texts)
    build(monkeypatch, project, NOW)
    assert rows(project)["e.a"].mod == NOW


def test_naming_the_projects_own_build_folder_writes_the_ledger(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(monkeypatch, project, FIRST, "-o", str(project / "build"))
    assert set(rows(project)) == {"e.a", "e.b"}


def test_two_projects_may_write_into_one_folder(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = written(tmp_path / "other", {"deck.yaml": DECK.replace("own", "other"), "t.yaml": TWO})
    for one in (project, other):
        build(monkeypatch, one, FIRST, "-o", str(tmp_path / "out"))
    assert sorted(path.name for path in (tmp_path / "out").glob("*.apkg")) == ["other.apkg", "own.apkg"]
    state = json.loads((tmp_path / "out" / ".cache" / "state.json").read_text("utf-8"))
    assert str(tmp_path) not in json.dumps(state)


def test_an_earlier_time_is_told_and_one_that_is_none_is_not_taken(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(monkeypatch, project, NOW)
    written(project, {"t.yaml": TWO.replace("答え", "別の答え")})
    build(monkeypatch, project, FIRST)
    assert f"the time {FIRST} (SOURCE_DATE_EPOCH, or else the clock) is ignored" in capsys.readouterr().err
    for epoch in ("²", "soon", "1600000000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert main(["build", "deck", "-C", str(project), "--refresh-all"]) == 0
        assert f"SOURCE_DATE_EPOCH={epoch} is ignored" in capsys.readouterr().err
    assert NOW < rows(project)["e.a"].mod < 10**10


def test_another_deck_key_is_told_once(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(monkeypatch, project, FIRST)
    written(project, {"deck.yaml": DECK.replace("own", "mine")})
    capsys.readouterr()
    assert build(monkeypatch, project, NOW) == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        "content/deck.yaml:2:6: 'mine' is not the key under which 2 notes were shipped: take the old key back"
    )


def test_check_tells_what_is_gone_as_a_build_does_an_entry_once(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(monkeypatch, project, FIRST)
    written(project, {"t.yaml": TWO.replace("  e:\n", "  renamed:\n")})
    capsys.readouterr()
    assert main(["check", "-C", str(project)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "content/t.yaml:4:3: 'e' was shipped and is gone, and 2 cards of it would be orphaned: bring it back with "
        "`retired: true`, or if it was renamed add `was: e` where it is now",
        "hitoe: 1 problem, nothing was written",
    ]
    written(project, {"t.yaml": TWO.replace("  e:\n", "  renamed:\n    was: e\n")})
    assert main(["check", "-C", str(project)]) == 0


def test_a_restored_ledger_knows_the_note_types_as_the_deck_had_them(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hitoe.resources import source

    monkeypatch.setattr("hitoe.deck.note_models.source", lambda name: source(name) + "/* older */")
    build(monkeypatch, project, FIRST)
    monkeypatch.setattr("hitoe.deck.note_models.source", source)
    deck = project / "build" / "own.apkg"
    assert main(["ledger", "restore", str(deck), "-C", str(project)]) == 0
    deck.unlink()
    build(monkeypatch, project, NOW)
    ledger = load((project / "content" / "ledger.json").read_text("utf-8"))
    assert {row.mod for row in ledger.types.values()} == {NOW}
    assert {row.mod for row in ledger.notes.values()} == {FIRST}


def test_a_file_that_cannot_be_read_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content" / "gone.yaml").symlink_to("nowhere")
    assert build(monkeypatch, project, FIRST) == 1
    assert "content/gone.yaml:1:1: the file cannot be read" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such names")
def test_a_file_whose_name_is_not_utf_8_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content" / "t.yaml").rename(project / "content" / "\udcff.yaml")
    assert build(monkeypatch, project, FIRST) == 1
    assert "content/\ufffd.yaml:1:1: the file's name is not UTF-8: rename it" in capsys.readouterr().err


def test_an_output_folder_that_is_a_file_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(monkeypatch, project, FIRST, "-o", str(project / "content" / "t.yaml")) == 1
    assert "t.yaml is a file: name a folder to write into" in capsys.readouterr().err
