"""An item that was shipped cannot vanish unnoticed, wherever content/ lies and whatever git makes of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.layouts import (
    SURE,
    TWO,
    UNSURE,
    Bench,
    build,
    git,
    link_of_the_ledger,
    nested_unborn,
    no_git,
    plain,
    repository,
    save,
    submodule,
    unborn,
)
from support.notes import DECK, written

GONE = "'e.j' was shipped and is gone"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is in no repository, however the tests are run."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def without_j(project: Path) -> int:
    """Delete the second item and build."""
    topic = project / "content" / "t.yaml"
    topic.write_text("".join(line for line in TWO.splitlines(keepends=True) if " j:" not in line), "utf-8")
    return build(project)


@pytest.mark.parametrize("layout", [*SURE, *UNSURE], ids=lambda layout: layout.__name__)
def test_an_item_that_was_shipped_is_missed(
    layout: Callable[[Bench], Path], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = layout(Bench(folder, ships=True))
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err


@pytest.mark.parametrize("layout", [*SURE, *UNSURE], ids=lambda layout: layout.__name__)
def test_an_item_that_was_never_committed_may_go_where_git_is_sure_of_it(
    layout: Callable[[Bench], Path], folder: Path
) -> None:
    assert without_j(layout(Bench(folder, ships=False))) == (layout in UNSURE)


MERGED = [each for each in SURE if each not in (unborn, nested_unborn, link_of_the_ledger)]


@pytest.mark.parametrize(
    ("layout", "choice"),
    [
        # `make test` has each layout, and both choices in turn.
        pytest.param(
            layout, choice, id=f"{layout.__name__}{choice}", marks=[] if (one + two) % 2 == 0 else [pytest.mark.slow]
        )
        for one, layout in enumerate(MERGED)
        for two, choice in enumerate(["--ours", "--theirs"])
    ],
)
def test_what_the_other_side_of_a_merge_shipped_is_missed(
    layout: Callable[[Bench], Path], choice: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = layout(Bench(folder, ships=True))
    content = (project / "content").resolve()
    git(content, "branch", "--force", "theirs")
    for side in ("ours", "theirs"):
        git(content, "checkout", "--quiet", *(["-b", "ours"] if side == "ours" else ["theirs"]))
        written(project, {"t.yaml": TWO.replace("答え", side) + f"      {side}: {{fact: {side}の問い, is: 解}}\n"})
        assert build(project) == 0
        save(content)
    git(content, "checkout", "--quiet", "ours")
    git(content, "merge", "theirs", check=False)
    git(content, "checkout", choice, ".")
    save(content)
    capsys.readouterr()
    assert build(project) == 1
    other = {"--ours": "theirs", "--theirs": "ours"}[choice]
    assert f"'e.{other}' was shipped and is gone" in capsys.readouterr().err


def reference_lost(git_folder: Path) -> None:
    (git_folder / "refs" / "heads" / "main").unlink()


def reference_damaged(git_folder: Path) -> None:
    (git_folder / "refs" / "heads" / "main").write_text("garbage")


def objects_lost(git_folder: Path) -> None:
    for path in (git_folder / "objects").glob("??/*"):
        path.unlink()


def settings_damaged(git_folder: Path) -> None:
    (git_folder / "config").write_text("[core")


@pytest.mark.parametrize("damage", [reference_lost, reference_damaged, objects_lost, settings_damaged])
def test_in_a_damaged_repository_all_rows_count(
    damage: Callable[[Path], None], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = plain(Bench(folder, ships=True))
    damage(project / ".git")
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err


def test_without_a_git_command_all_rows_count(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = plain(Bench(folder, ships=False))
    monkeypatch.setenv("PATH", str(folder))
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err


def test_content_that_became_a_repository_of_its_own_keeps_what_was_committed_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = plain(Bench(folder, ships=True))
    repository(project / "content")
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err


def test_content_that_moved_behind_a_link_keeps_what_was_committed_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = plain(Bench(folder, ships=True))
    (project / "content").rename(repository(folder / "other") / "notes")
    (project / "content").symlink_to(folder / "other" / "notes")
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err


def test_a_hook_of_another_repository_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = submodule(Bench(folder, ships=True))
    monkeypatch.setenv("GIT_DIR", str(project / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(project / ".git" / "index"))
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err


def test_in_a_merge_in_a_submodule_the_rows_of_both_sides_count(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = submodule(Bench(folder, ships=True))
    content = project / "content"
    git(content, "checkout", "--quiet", "-b", "theirs")
    written(project, {"t.yaml": TWO.replace("答え", "彼らの答え") + "      k: {fact: 新しい, is: もの}\n"})
    assert build(project) == 0
    save(content)
    git(content, "checkout", "--quiet", "main")
    written(project, {"t.yaml": TWO.replace("答え", "我らの答え")})
    assert build(project) == 0
    save(content)
    git(content, "merge", "theirs", check=False)
    capsys.readouterr()
    assert without_j(project) == 1
    said = capsys.readouterr().err
    assert GONE in said
    assert "'e.k' was shipped and is gone" in said


def test_a_committed_ledger_that_a_sparse_checkout_leaves_out_is_missed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = plain(Bench(folder, ships=True))
    git(project, "sparse-checkout", "set", "--no-cone", "/*", "!/content/ledger.json")
    assert without_j(project) == 1
    assert "it is missing, but was committed" in capsys.readouterr().err


def test_a_ledger_that_is_a_link_to_nothing_is_missed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = no_git(Bench(folder, ships=False))
    (project / "content" / "ledger.json").rename(folder / "rows.json")
    (project / "content" / "ledger.json").symlink_to(folder / "rows.json")
    assert build(project) == 0
    (folder / "rows.json").unlink()
    assert without_j(project) == 1
    assert "it is a link to a file that is not there" in capsys.readouterr().err


def test_the_ledger_is_written_where_build_is_a_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(folder / "p", {"t.yaml": TWO, "deck.yaml": DECK})
    (folder / "disk").mkdir()
    (project / "build").symlink_to(folder / "disk")
    assert build(project) == 0
    assert (folder / "disk" / "own.apkg").is_file()
    assert without_j(project) == 1
    assert GONE in capsys.readouterr().err
