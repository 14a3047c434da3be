"""The repository of a stranger's project runs no program, whatever its settings, attributes and hooks name."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.release import git as asked
from hitoe.release import git_command
from support.notes import item, written

NOTES = item("fact: 問い\nis: 答え")
SETTINGS = {
    "core.fsmonitor": "{}",
    "core.pager": "{}",
    "core.editor": "{}",
    "core.sshCommand": "{}",
    "core.gitProxy": "{}",
    "core.alternateRefsCommand": "{}",
    "core.askPass": "{}",
    "pager.show": "{}",
    "pager.cat-file": "{}",
    "pager.rev-list": "{}",
    "pager.check-ignore": "{}",
    "diff.external": "{}",
    "diff.evil.textconv": "{}",
    "diff.evil.command": "{}",
    "filter.evil.clean": "{}",
    "filter.evil.smudge": "{}",
    "filter.evil.process": "{}",
    "filter.evil.required": "true",
    "merge.evil.driver": "{}",
    "gpg.program": "{}",
    "log.showSignature": "true",
    "credential.helper": "!{}",
    "alias.show": "!{}",
    "alias.cat-file": "!{}",
    "alias.rev-list": "!{}",
    "uploadpack.packObjectsHook": "{}",
}
"""Settings of git that name a program."""


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def ran(tmp_path: Path) -> Callable[[], bool]:
    """Return whether the program that hostile settings name was run."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\ncat \"$@\" 2>/dev/null\n")
    program.chmod(0o755)
    return (tmp_path / "ran").exists


@pytest.fixture
def project(tmp_path: Path, ran: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project that was built and committed, and whose repository then got hostile settings and hooks."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    project = written(tmp_path / "p", {"t.yaml": NOTES})
    git(tmp_path, "init", "--quiet", "p")
    (project / ".gitignore").write_text("build/\n")
    assert main(["build", "deck", "-C", str(project)]) == 0
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "-m", "shipped")
    (project / ".git" / "info" / "attributes").write_text("* diff=evil filter=evil merge=evil\n")
    for name, value in SETTINGS.items():
        git(project, "config", name, value.format(tmp_path / "program"))
    hooks = project / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "pre-commit"):
        (hooks / name).write_bytes((tmp_path / "program").read_bytes())
        (hooks / name).chmod(0o755)
    return project


def lazily(project: Path, program: Path) -> None:
    """Make the repository one that lacks objects and fetches them with a program."""
    for name, value in {
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(program),
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }.items():
        git(project, "config", name, value)


def test_the_settings_do_run_a_program_in_git_itself(project: Path, ran: Callable[[], bool]) -> None:
    subprocess.run(["git", "-C", str(project), "check-ignore", "--quiet", "content/x"], check=False)
    assert ran()


@pytest.mark.parametrize("ledger", ["as committed", "edited", "missing", "never committed"])
@pytest.mark.parametrize("command", [["check"], ["build", "deck"], ["diff"], ["ledger", "rebuild"]])
def test_no_command_runs_a_program_of_the_repository(
    project: Path, ran: Callable[[], bool], command: list[str], ledger: str
) -> None:
    path = project / "content" / "ledger.json"
    if ledger == "never committed":
        (project / ".git" / "HEAD").write_text("ref: refs/heads/none\n")
        for each in (project / ".git" / "refs" / "heads").iterdir():
            each.unlink()
        shutil.rmtree(project / ".git" / "logs")
    if ledger == "edited":
        path.write_text(path.read_text("utf-8").replace('"mod": 1', '"mod": 2'), "utf-8")
    elif ledger == "missing":
        path.unlink()
    assert main([*command, "-C", str(project)]) == int(ledger == "missing" and command != ["ledger", "rebuild"])
    assert not ran()


def test_what_git_is_asked_for_runs_no_program_and_is_answered(project: Path, ran: Callable[[], bool]) -> None:
    text = (project / "content" / "ledger.json").read_text("utf-8")
    assert asked.committed(project) == text
    assert asked.committed_id(project)
    assert asked.lost(project)
    assert asked.merging(project) == []
    assert asked.traces(project) == text * 2
    assert asked.reverted(project) == []
    (project / "other").mkdir()
    (project / "content").rename(project / "other" / "content")
    assert asked.committed(project / "other") is None
    assert not ran()


@pytest.mark.parametrize("here", [".", "", "bin"])
def test_a_program_of_the_project_that_is_called_git_is_not_run(
    project: Path, ran: Callable[[], bool], here: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (project / "bin").mkdir()
    shutil.copy(tmp_path / "program", project / here / "git")
    monkeypatch.setenv("PATH", os.pathsep.join([here, os.environ["PATH"]]))
    monkeypatch.chdir(project)
    assert asked.committed(project)
    assert not ran()


def test_objects_that_a_repository_lacks_are_not_fetched(
    tmp_path: Path, project: Path, ran: Callable[[], bool], capsys: pytest.CaptureFixture[str]
) -> None:
    lazily(project, tmp_path / "program")
    for path in (project / ".git" / "objects").glob("??/*"):
        path.unlink()
    assert main(["build", "deck", "-C", str(project)]) == 0  # all rows of the ledger count as shipped
    written(project, {"t.yaml": NOTES.replace("      a:", "      b:")})
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert "'e.a' was shipped and is gone" in capsys.readouterr().err
    assert not ran()


def test_a_folder_that_looks_like_a_bare_repository_is_none(
    tmp_path: Path, ran: Callable[[], bool], capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "init", "--quiet", "p")
    project = written(tmp_path / "p", {"t.yaml": NOTES})
    git(project, "init", "--quiet", "--bare", "content")
    git(project / "content", "config", "core.fsmonitor", str(tmp_path / "program"))
    git(project / "content", "config", "core.bare", "false")
    git(project / "content", "config", "core.worktree", str(project / "content"))
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert "git cannot tell whether it was ever committed" in capsys.readouterr().err
    assert main(["ledger", "rebuild", "-C", str(project)]) == 0
    assert main(["build", "deck", "-C", str(project)]) == 0
    assert main(["check", "-C", str(project)]) == 0
    assert not ran()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_repository_in_which_git_waits_for_ever_is_asked_once(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(git_command, "MOST_SECONDS", 1)
    monkeypatch.setattr(git_command, "ENDLESS", set())
    (project / ".git" / "HEAD").unlink()
    os.mkfifo(project / ".git" / "HEAD")
    written(project, {"t.yaml": NOTES.replace("      a:", "      b:")})
    start = time.monotonic()
    assert main(["build", "deck", "-C", str(project)]) == 1
    assert time.monotonic() - start < 4
    assert "'e.a' was shipped and is gone" in capsys.readouterr().err
