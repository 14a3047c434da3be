"""An item that was shipped cannot vanish unnoticed, wherever content/ lies and whatever git makes of it."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hitoe.cli import main
from support.notes import DECK, written

TWO = """\
topic: t
title: 題
entries:
  e:
    title: 題
    items:
      i: {fact: 問い, is: 答え}
      j: {fact: 謎, is: 解}
"""
GONE = "'e.j' was shipped and is gone"


def git(folder: Path, *words: str, check: bool = True) -> None:
    settings = ("user.name=t", "user.email=t@example.com", "init.defaultBranch=main", "protocol.file.allow=always")
    given = [word for setting in settings for word in ("-c", setting)]
    subprocess.run(["git", "-C", str(folder), *given, *words], check=check, capture_output=True)


def build(project: Path, *words: str) -> int:
    return main(["build", "deck", "-C", str(project), *words])


def save(folder: Path) -> None:
    """Commit all that lies in a repository."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "all")


def repository(folder: Path) -> Path:
    """Return a folder that is now a repository, whose build/ is ignored."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    (folder / ".gitignore").write_text("build/\n")
    return folder


@dataclass(frozen=True)
class Bench:
    """Where a layout is made, and whether what is built there is committed too."""

    folder: Path
    ships: bool

    def notes(self, project: Path) -> Path:
        return written(project, {"t.yaml": TWO})

    def content(self, place: Path) -> Path:
        """Return a content folder at any place."""
        self.notes(self.folder / "made")
        place.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "made" / "content").rename(place)
        return place

    def done(self, project: Path, *repositories: Path) -> Path:
        """Build the project, and commit what was built if that is asked for."""
        assert build(project) == 0
        for each in repositories if self.ships else ():
            save(each)
        return project


def plain(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    save(project)
    return bench.done(project, project)


def unborn(bench: Bench) -> Path:
    project = bench.done(*[repository(bench.notes(bench.folder / "p"))] * 2)
    git(project, "checkout", "--quiet", "--orphan", "other")
    return project


def nested_unborn(bench: Bench) -> Path:
    project = nested(bench)
    git(project / "content", "checkout", "--quiet", "--orphan", "other")
    return project


def subfolder(bench: Bench) -> Path:
    project = bench.notes(repository(bench.folder / "r") / "a" / "p")
    return bench.done(project, bench.folder / "r")


def link_inside(bench: Bench) -> Path:
    project = repository(bench.folder / "p")
    (project / "content").symlink_to(bench.content(project / "notes" / "real"))
    return bench.done(project, project)


def link_to_repository(bench: Bench) -> Path:
    project, other = repository(bench.folder / "p"), repository(bench.folder / "other")
    (project / "content").symlink_to(bench.content(other / "notes"))
    return bench.done(project, other, project)


def link_of_the_ledger(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    other = repository(bench.folder / "other")
    bench.done(project)
    (project / "content" / "ledger.json").rename(other / "rows.json")
    (project / "content" / "ledger.json").symlink_to(other / "rows.json")
    return bench.done(project, other, project)


def nested(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    return bench.done(project, repository(project / "content"))


def submodule(bench: Bench) -> Path:
    origin = repository(bench.content(bench.folder / "notes"))
    save(origin)
    project = repository(bench.folder / "p")
    git(project, "submodule", "add", "--quiet", str(origin), "content")
    save(project)
    return bench.done(project, project / "content", project)


def worktree(bench: Bench) -> Path:
    save(repository(bench.notes(bench.folder / "p")))
    git(bench.folder / "p", "worktree", "add", "--quiet", "-b", "side", str(bench.folder / "side"))
    return bench.done(bench.folder / "side", bench.folder / "side")


def detached(bench: Bench) -> Path:
    project = plain(bench)
    git(project, "checkout", "--quiet", "--detach")
    return project


def shallow(bench: Bench) -> Path:
    project = plain(bench)
    git(bench.folder, "clone", "--quiet", "--depth", "1", project.as_uri(), "copy")
    return bench.done(bench.folder / "copy")


def sparse(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    (project / "more").mkdir()
    (project / "more" / "file").touch()
    bench.done(project, project)
    git(project, "sparse-checkout", "set", "content")
    return project


SURE: tuple[Callable[[Bench], Path], ...] = (
    *(plain, subfolder, link_inside, link_to_repository, link_of_the_ledger, nested, submodule),
    *(unborn, nested_unborn, worktree, detached, shallow, sparse),
)
"""Layouts in which git tells what was committed."""


def no_git(bench: Bench) -> Path:
    return bench.done(bench.notes(bench.folder / "p"))


def link_out_of_git(bench: Bench) -> Path:
    project = repository(bench.folder / "p")
    (project / "content").symlink_to(bench.content(bench.folder / "notes"))
    return bench.done(project, project)


def ignored(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    (project / ".gitignore").write_text("content/\nbuild/\n")
    return bench.done(project, project)


def ledger_ignored(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    (project / ".gitignore").write_text("ledger.json\nbuild/\n")
    return bench.done(project, project)


def in_bare_repository(bench: Bench) -> Path:
    git(bench.folder, "init", "--quiet", "--bare", "bare")
    return bench.done(bench.notes(bench.folder / "bare" / "p"))


def damaged_nested(bench: Bench) -> Path:
    project = nested(bench)
    (project / "content" / ".git" / "HEAD").unlink()
    return project


def submodule_without_git(bench: Bench) -> Path:
    project = submodule(bench)
    (project / "content" / ".git").unlink()
    return project


def submodule_of_nothing(bench: Bench) -> Path:
    project = submodule(bench)
    (project / "content" / ".git").write_text("gitdir: ../nowhere\n")
    return project


UNSURE: tuple[Callable[[Bench], Path], ...] = (
    *(no_git, link_out_of_git, ignored, ledger_ignored, in_bare_repository),
    *(damaged_nested, submodule_without_git, submodule_of_nothing),
)
"""Layouts in which it does not, so that all rows count."""


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
