"""Every way in which git can hold a project, or not: each builds a deck of two items."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hitoe.cli import main

from support.notes import written

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


def sparse(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    (project / "more").mkdir()
    (project / "more" / "file").touch()
    bench.done(project, project)
    git(project, "sparse-checkout", "set", "content")
    return project


def separate_git_folder(bench: Bench) -> Path:
    project = bench.notes(bench.folder / "p")
    git(bench.folder, "init", "--quiet", f"--separate-git-dir={bench.folder / 'repository'}", "p")
    (project / ".gitignore").write_text("build/\n")
    return bench.done(project, project)


def worktree_of_bare(bench: Bench) -> Path:
    save(repository(bench.notes(bench.folder / "first")))
    git(bench.folder, "clone", "--quiet", "--bare", "first", "all/.bare")
    (bench.folder / "all" / ".git").write_text("gitdir: ./.bare\n")
    project = bench.folder / "all" / "p"
    git(bench.folder / "all", "worktree", "add", "--quiet", str(project), "main")
    return bench.done(project, project)


def build_behind_link(bench: Bench) -> Path:
    project = repository(bench.notes(bench.folder / "p"))
    (bench.folder / "disk").mkdir()
    (project / "build").symlink_to(bench.folder / "disk")
    return bench.done(project, project)


SURE: tuple[Callable[[Bench], Path], ...] = (
    *(plain, subfolder, link_inside, link_to_repository, link_of_the_ledger, nested, submodule),
    *(unborn, nested_unborn, worktree, detached, sparse),
    *(separate_git_folder, worktree_of_bare, build_behind_link),
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


def shallow(bench: Bench) -> Path:
    """Return a clone without the commits in which a ledger may have been deleted."""
    project = plain(bench)
    git(bench.folder, "clone", "--quiet", "--depth", "1", project.as_uri(), "copy")
    if not bench.ships:
        assert main(["ledger", "rebuild", "-C", str(bench.folder / "copy")]) == 0
    return bench.done(bench.folder / "copy")


UNSURE: tuple[Callable[[Bench], Path], ...] = (
    *(no_git, link_out_of_git, ignored, ledger_ignored, in_bare_repository),
    *(damaged_nested, submodule_without_git, submodule_of_nothing, shallow),
)
"""Layouts in which it does not, so that all rows count."""
