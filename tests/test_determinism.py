"""The same notes and ledger make the same bytes, whatever machine settings surround the build."""

import os
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

from support.projects import example_copy


def built(folder: Path, zone: str, umask: int, seed: str, epoch: str) -> bytes:
    """Build the example in a process with settings of its own; an earlier ledger is used if it is there."""
    environment = {
        "PATH": os.environ["PATH"],
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        "SOURCE_DATE_EPOCH": epoch,
        "LC_ALL": "C" if seed == "1" else "C.UTF-8",
        "TMPDIR": str(folder),
    }
    words = [sys.executable, "-m", "hitoe", "build", "deck", "-C", str(folder / "project")]
    command = f"umask {umask:03o}; exec {shlex.join(words)}"
    subprocess.run(["sh", "-c", command], env=environment, check=True, capture_output=True)
    return (folder / "project" / "build" / "example.apkg").read_bytes()


def test_two_builds_in_two_surroundings_are_equal(tmp_path: Path) -> None:
    packages: list[bytes] = []
    ledgers: list[bytes] = []
    for name, zone, umask, seed in (("one", "Asia/Tokyo", 0o022, "1"), ("two folders", "America/Lima", 0o077, "2")):
        folder = tmp_path / name.split()[0]
        project = example_copy(folder / "project")
        if ledgers:
            (project / "content" / "ledger.json").write_bytes(ledgers[0])
        packages.append(built(folder, zone, umask, seed, "1609459200" if not ledgers else "1893456000"))
        ledgers.append((project / "content" / "ledger.json").read_bytes())
        assert sorted(path.name for path in folder.iterdir()) == ["project"], "something was left in the temp folder"
    assert packages[0] == packages[1]
    assert ledgers[0] == ledgers[1]


def test_the_package_is_compressed(tmp_path: Path) -> None:
    example_copy(tmp_path / "project")
    built(tmp_path, "UTC", 0o022, "1", "1609459200")
    with zipfile.ZipFile(tmp_path / "project" / "build" / "example.apkg") as package:
        collection = package.getinfo("collection.anki2")
    assert collection.compress_size * 4 < collection.file_size
