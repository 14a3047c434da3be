"""A ledger that is missing is never taken for the first build of a deck where git knows of one, or cannot tell."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hitoe.cli import main
from support.layouts import (
    SURE,
    TWO,
    UNSURE,
    Bench,
    build,
    damaged_nested,
    git,
    link_of_the_ledger,
    nested_unborn,
    plain,
    repository,
    save,
    shallow,
    submodule_of_nothing,
    unborn,
)
from support.notes import written

Layout = Callable[[Bench], Path]
COMMITTED = [shallow, *(each for each in SURE if each not in (unborn, nested_unborn))]
NEVER_BUILT = [each for each in (*SURE, *UNSURE) if each not in (shallow, damaged_nested, submodule_of_nothing)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is in no repository, however the tests are run."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def forgotten(project: Path) -> Path:
    """Delete the ledger and all that was built, and return the folder in which the ledger was."""
    build_folder = (project / "build").resolve()
    shutil.rmtree(build_folder)
    build_folder.mkdir()
    (project / "content" / "ledger.json").unlink()
    return (project / "content").resolve()


@pytest.mark.parametrize(
    "layout", [each for each in SURE if each not in (unborn, nested_unborn)], ids=lambda each: each.__name__
)
def test_a_ledger_that_was_committed_is_missed_and_taken_back(
    layout: Layout, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = layout(Bench(folder, ships=True))
    known = (project / "content" / "ledger.json").read_bytes()
    forgotten(project)
    assert build(project) == 1
    told(capsys)
    assert (project / "content" / "ledger.json").read_bytes() == known


@pytest.mark.parametrize(
    "layout",
    [each for each in SURE if each not in (unborn, nested_unborn, link_of_the_ledger)],
    ids=lambda each: each.__name__,
)
def test_a_ledger_that_was_deleted_in_an_older_commit_is_missed(
    layout: Layout, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = layout(Bench(folder, ships=True))
    known = (project / "content" / "ledger.json").read_bytes()
    content = forgotten(project)
    save(content)
    save(content)
    assert build(project) == 1
    told(capsys)
    assert (project / "content" / "ledger.json").read_bytes() == known


def told(capsys: pytest.CaptureFixture[str]) -> None:
    """Do what a message says about a ledger that was committed."""
    said = capsys.readouterr().err
    assert "it is missing, but was committed" in said
    command = said.partition("take it back with `")[2].partition("`")[0]
    subprocess.run(command.split(), check=True, capture_output=True)


@pytest.mark.parametrize("layout", NEVER_BUILT, ids=lambda each: each.__name__)
def test_a_deck_that_was_never_built_needs_no_ledger(layout: Layout, folder: Path) -> None:
    project = layout(Bench(folder, ships=False))
    forgotten(project)
    assert build(project) == 0


def clone_of_a_deleted_ledger(folder: Path) -> Path:
    """Return a shallow clone of a project whose ledger was deleted in an older commit."""
    project = plain(Bench(folder, ships=True))
    forgotten(project)
    save(project)
    save(project)
    git(folder, "clone", "--quiet", "--depth", "1", project.as_uri(), "copy")
    return folder / "copy"


def test_a_shallow_clone_without_ledger_needs_its_history(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = clone_of_a_deleted_ledger(folder)
    assert build(project) == 1
    said = capsys.readouterr().err
    assert "it is missing, and a shallow clone cannot tell whether it was ever committed" in said
    assert "git fetch --unshallow" in said
    git(project, "fetch", "--quiet", "--unshallow")
    assert build(project) == 1
    told(capsys)
    assert build(project) == 0


def test_in_a_shallow_clone_all_rows_of_a_ledger_count_that_is_not_committed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = clone_of_a_deleted_ledger(folder)
    assert main(["ledger", "rebuild", "-C", str(project)]) == 0
    written(project, {"t.yaml": TWO.replace("      j: {fact: 謎, is: 解}\n", "")})
    assert build(project) == 1
    assert "'e.j' was shipped and is gone" in capsys.readouterr().err


def no_objects(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (project / ".git" / "objects").glob("??/*"):
        path.unlink()


def no_command(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))


@pytest.mark.parametrize("trouble", [no_objects, no_command])
def test_where_git_cannot_tell_that_there_was_none_the_build_stops(
    trouble: Callable[[Path, pytest.MonkeyPatch], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = plain(Bench(folder, ships=True))
    forgotten(project)
    trouble(project, monkeypatch)
    assert build(project) == 1
    assert "git cannot tell whether it was ever committed" in capsys.readouterr().err


def test_an_empty_repository_and_one_without_a_ledger_begin_a_deck(folder: Path) -> None:
    for name, commits in (("empty", 0), ("with a commit", 1)):
        project = repository(written(folder / name, {"t.yaml": TWO}))
        for _ in range(commits):
            save(project)
        assert build(project) == 0


def test_a_shallow_clone_with_its_ledger_is_built(folder: Path) -> None:
    assert build(shallow(Bench(folder, ships=True))) == 0
