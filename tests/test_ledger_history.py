"""What learners have counts as shipped though a later commit took it back, or the ledger has another name in git."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.release.git import reverted
from hitoe.release.ledger import NoteRow, load
from support.layouts import TWO, build, git, repository, save
from support.notes import DECK, written

FIRST, SECOND, THIRD, NOW = 1_600_000_000, 1_600_000_300, 1_600_000_600, 1_600_001_000
EDITED = TWO.replace("答え", "別の答え")
MORE = TWO + "      k: {fact: 新しい, is: もの}\n"
LESS = TWO.replace("      j: {fact: 謎, is: 解}\n", "")
SETTINGS = (
    *(("color.ui", "always"), ("grep.lineNumber", "true"), ("grep.column", "true"), ("grep.patternType", "fixed")),
    *(("grep.fullName", "false"), ("core.quotePath", "true"), ("submodule.recurse", "true")),
)
"""Ways in which git may be told to print."""
GONE = "'e.{}' was shipped and is gone"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return what sets the clock."""
    return lambda second: monkeypatch.setenv("SOURCE_DATE_EPOCH", str(second))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return repository(written(tmp_path / "p", {"t.yaml": TWO}))


def ship(project: Path, text: str) -> Mapping[str, NoteRow]:
    written(project, {"t.yaml": text})
    assert build(project) == 0
    save(project)
    return rows(project)


def rows(project: Path) -> Mapping[str, NoteRow]:
    notes = load((project / "content" / "ledger.json").read_text("utf-8")).notes
    return {row.path: row for row in notes.values()}


def test_what_a_reverted_commit_shipped_is_missed(
    project: Path, at: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for second, text in ((FIRST, TWO), (SECOND, MORE)):
        at(second)
        ship(project, text)
    git(project, "revert", "--no-edit", "HEAD")
    at(NOW)
    assert build(project) == 1
    assert GONE.format("k") in capsys.readouterr().err
    assert main(["check", "-C", str(project)]) == 1
    # A later commit may change the ledger and no time in it.
    (project / "content" / "t.yaml").rename(project / "content" / "u.yaml")
    ledger = project / "content" / "ledger.json"
    ledger.write_text(ledger.read_text("utf-8").replace("content/t.yaml", "content/u.yaml"), "utf-8")
    save(project)
    assert build(project) == 1
    assert GONE.format("k") in capsys.readouterr().err


@pytest.mark.parametrize("reverts", [1, 2])
def test_learners_of_a_reverted_edit_get_the_old_text_back(
    project: Path, at: Callable[[int], None], reverts: int
) -> None:
    known = []
    for second, text in ((FIRST, TWO), (SECOND, EDITED), (THIRD, EDITED.replace("解", "別の解"))):
        at(second)
        known.append(ship(project, text))
    for number in range(reverts):
        git(project, "revert", "--no-edit", "HEAD" if not number else "HEAD~2")
    at(NOW)
    assert build(project) == 0
    assert {row.hash for row in rows(project).values()} == {row.hash for row in known[2 - reverts].values()}
    for each in known:
        for path, row in each.items():
            assert rows(project)[path].hash == row.hash or rows(project)[path].mod > row.mod
    final = rows(project)
    save(project)
    at(NOW + 100)
    assert build(project) == 0
    assert rows(project) == final


def test_what_a_squashed_merge_dropped_is_missed(
    project: Path, at: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    at(FIRST)
    ship(project, TWO)
    git(project, "checkout", "--quiet", "-b", "theirs")
    at(THIRD)
    ship(project, EDITED)
    git(project, "checkout", "--quiet", "main")
    at(SECOND)
    ship(project, MORE)
    git(project, "checkout", "--quiet", "theirs")
    git(project, "merge", "--quiet", "-s", "ours", "-m", "merge", "main")
    git(project, "checkout", "--quiet", "main")
    git(project, "merge", "--quiet", "--squash", "theirs")
    save(project)
    at(NOW)
    assert build(project) == 1
    assert GONE.format("k") in capsys.readouterr().err


def test_what_the_other_side_has_is_missed_while_git_squashes_a_merge(
    project: Path, at: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    at(FIRST)
    ship(project, TWO)
    git(project, "checkout", "--quiet", "-b", "theirs")
    at(SECOND)
    ship(project, MORE)
    git(project, "checkout", "--quiet", "main")
    git(project, "merge", "--quiet", "--squash", "theirs")
    git(project, "checkout", "--quiet", "HEAD", "--", "content")
    at(NOW)
    assert build(project) == 1
    assert GONE.format("k") in capsys.readouterr().err
    git(project, "reset", "--quiet", "--hard")
    assert build(project) == 0


@pytest.mark.parametrize("setting", ["core.worktree", "replace"])
def test_what_was_shipped_is_missed_whatever_git_shows_in_place_of_it(
    project: Path, capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    ship(project, TWO)
    if setting == "replace":
        other = project / "other.json"
        other.write_text('{"format": 2\n}\n', "utf-8")
        git(project, "add", "other.json")
        git(project, "replace", "HEAD:content/ledger.json", ":other.json")
    else:
        git(project, "config", setting, str(project.parent))
    written(project, {"t.yaml": LESS})
    assert build(project) == 1
    assert GONE.format("j") in capsys.readouterr().err


def test_an_edit_of_one_note_takes_nothing_back(project: Path, at: Callable[[int], None]) -> None:
    for second, text in ((FIRST, TWO), (SECOND, EDITED), (THIRD, MORE)):
        at(second)
        ship(project, text)
        assert reverted(project) == []


def test_a_rebuilt_ledger_that_is_committed_forgets(project: Path, at: Callable[[int], None]) -> None:
    at(FIRST)
    ship(project, TWO)
    written(project, {"t.yaml": LESS})
    at(SECOND)
    assert main(["ledger", "rebuild", "-C", str(project)]) == 0
    save(project)
    assert build(project) == 0


def test_an_old_ledger_that_was_damaged_stops_nothing(project: Path) -> None:
    ship(project, TWO)
    ledger = project / "content" / "ledger.json"
    whole = ledger.read_text("utf-8")
    for text in (whole.replace('"ords"', '"orders"'), whole):
        ledger.write_text(text, "utf-8")
        save(project)
    assert build(project) == 0


def test_what_was_shipped_is_missed_where_an_empty_ledger_was_committed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ship(project, TWO)
    ledger = project / "content" / "ledger.json"
    whole = ledger.read_bytes()
    ledger.write_bytes(b"")
    save(project)
    ledger.write_bytes(whole)
    written(project, {"t.yaml": LESS})
    assert build(project) == 1
    assert GONE.format("j") in capsys.readouterr().err


@pytest.mark.parametrize("literal", [False, True])
def test_what_was_shipped_is_missed_after_the_folder_of_the_project_was_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], literal: bool
) -> None:
    if literal:  # as editors have it
        monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    project = written(repository(tmp_path / "r") / "名" / "p", {"t.yaml": TWO})
    assert build(project) == 0
    save(tmp_path / "r")
    for setting in SETTINGS:
        git(tmp_path / "r", "config", *setting)
    git(tmp_path / "r", "mv", "名", "other")
    written(tmp_path / "r" / "other" / "p", {"t.yaml": LESS})
    assert build(tmp_path / "r" / "other" / "p") == 1
    assert GONE.format("j") in capsys.readouterr().err


def test_another_project_of_the_repository_may_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    repository(tmp_path)
    other, project = (
        written(tmp_path / name, {"deck.yaml": DECK.replace("own", name), "t.yaml": TWO}) for name in ("other", "p")
    )
    assert build(other) == 0
    save(tmp_path)
    shutil.rmtree(other)
    assert build(project) == 0
    written(project, {"t.yaml": LESS})
    assert build(project) == 0  # nothing of it was ever committed


def test_a_copy_of_a_project_may_become_another_deck(tmp_path: Path) -> None:
    project = written(repository(tmp_path / "r") / "one", {"t.yaml": TWO})
    assert build(project) == 0
    save(tmp_path / "r")
    other = shutil.copytree(project, tmp_path / "r" / "other")
    written(other, {"t.yaml": LESS, "deck.yaml": DECK.replace("key: own", "key: another")})
    assert build(other) == 0


def test_in_a_rebase_of_patches_both_sides_count(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ship(project, TWO)
    git(project, "checkout", "--quiet", "-b", "side")
    ship(project, MORE)
    git(project, "checkout", "--quiet", "main")
    ours = ship(project, TWO + "      l: {fact: 我らの問い, is: もの}\n")
    git(project, "rebase", "--apply", "main", "side", check=False)
    git(project, "checkout", "main", "content")
    assert rows(project) == ours
    assert build(project) == 1
    assert GONE.format("k") in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--orphan", "other"), ("-b", "other", "HEAD~")])
def test_a_ledger_of_another_branch_is_missed(
    project: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    save(project)
    known = ship(project, TWO)
    git(project, "checkout", "--quiet", *words)
    shutil.rmtree(project / "build")
    (project / "content" / "ledger.json").unlink(missing_ok=True)
    assert build(project) == 1
    said = capsys.readouterr().err
    assert "it is missing, but was committed on another branch" in said
    command = said.partition("take it back with `git ")[2].partition("`")[0]
    git(Path.cwd(), *command.split())
    assert rows(project) == known


def test_of_a_partial_clone_the_ledger_is_taken_back_from_the_last_commit(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(project, TWO)
    git(project, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", project.as_uri(), "copy")
    written(tmp_path / "copy", {"t.yaml": TWO})
    assert build(tmp_path / "copy") == 1
    folder = os.path.relpath(tmp_path / "copy" / "content")
    assert f"take it back with `git -C {folder} checkout ledger.json`" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path / "copy")
    assert main(["build", "deck"]) == 1
    assert "take it back with `git -C content checkout ledger.json`" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("build", "deck"), ("ledger", "rebuild"), ("check",)])
def test_no_file_is_made_where_a_link_leads_to_nothing_outside(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    (project / "content" / "ledger.json").symlink_to(tmp_path / "settings.json")
    assert main([*command, "-C", str(project)]) == 1
    assert "it is a link to a file that is not there: delete the link" in capsys.readouterr().err
    assert not (tmp_path / "settings.json").exists()
