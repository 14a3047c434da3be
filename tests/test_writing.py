"""A file is the old one or the new one, whatever happens meanwhile: the ledger even after a loss of power."""

import os
import stat
from pathlib import Path

import pytest
from hitoe import writing
from hitoe.cli import main
from support.notes import item, written

Steps = list[tuple[str, int, int]]
"""What was done to which file, by its number (inode), and its size at that time."""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """What is stored on the disk, and what gets its name, in this order."""
    found: Steps = []
    fsync, replace = os.fsync, Path.replace

    def stored(descriptor: int) -> None:
        known = os.fstat(descriptor)
        found.append(("folder" if stat.S_ISDIR(known.st_mode) else "stored", known.st_ino, known.st_size))
        fsync(descriptor)

    def renamed(path: Path, target: Path) -> Path:
        known = path.stat()
        found.append(("renamed", known.st_ino, known.st_size))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", stored)
    monkeypatch.setattr(Path, "replace", renamed)
    return found


@pytest.mark.skipif(os.name == "nt", reason="there folders are not stored")
def test_what_is_to_last_is_stored_whole_before_it_gets_its_name_and_its_folder_after(
    tmp_path: Path, steps: Steps
) -> None:
    path = tmp_path / "new" / "ledger.json"
    writing.write(path, b"content", lasting=True)
    number = path.stat().st_ino
    assert steps[:2] == [("stored", number, 7), ("renamed", number, 7)]
    assert [(what, which) for what, which, _ in steps[2:]] == [("folder", path.parent.stat().st_ino)]
    assert path.read_bytes() == b"content"


def test_what_can_be_made_again_waits_for_no_disk(tmp_path: Path, steps: Steps) -> None:
    writing.write(tmp_path / "a", b"content")
    assert [what for what, *_ in steps] == ["renamed"]


def test_a_build_stores_the_ledger_and_nothing_else(
    tmp_path: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert main(["build", "deck", "-C", str(root)]) == 0
    assert [which for what, which, _ in steps if what == "stored"] == [(root / "content" / "ledger.json").stat().st_ino]


def test_a_file_that_cannot_be_replaced_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(OSError, match="No space left") as told:
            writing.write(path, b"new")
    assert told.value.filename == str(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a": b"old"}


def refuse(*_: object) -> Path:
    raise OSError(28, "No space left on device", "another name")


@pytest.mark.skipif(os.name == "nt", reason="there files have no such modes")
def test_a_file_keeps_who_may_read_it_and_a_link_becomes_a_file(tmp_path: Path) -> None:
    secret, link = tmp_path / "secret", tmp_path / "link"
    secret.write_bytes(b"old")
    secret.chmod(0o600)
    writing.write(secret, b"new")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    link.symlink_to(secret)
    writing.write(link, b"other")
    assert (secret.read_bytes(), link.read_bytes(), link.is_symlink()) == (b"new", b"other", False)
    assert stat.S_IMODE(link.stat().st_mode) != 0o600
