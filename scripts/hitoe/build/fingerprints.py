"""Whether an output must be built: hashes of its inputs and of its files, stored in the output folder."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hitoe import content_folder, writing
from hitoe.release.git import LEDGER_FILE
from hitoe.resources import folder

STATE_FILE = ".cache/state.json"


def tools() -> str:
    """Return the hash of what makes the outputs: templates, code, Python and installed libraries.

    All libraries count, also those that only libraries need: a list of those that shape an output would never be
    complete. Their folders' names have name and version; importlib.metadata takes longer.
    """
    folders = (_of_folder(place) for place in (folder(), Path(__file__).resolve().parent.parent))
    libraries = (path.name for place in sys.path for path in sorted(Path(place).glob("*.dist-info")))
    return of(*folders, sys.version, *libraries)


def content(root: Path) -> str:
    """Return the hash of the content folder without the ledger, which builds write."""
    found = content_folder.walk(root)
    hashes = (f"{name} {hashed(path)}" for name, path in found.files.items() if name != LEDGER_FILE)
    return writing.digest(os.fsencode("\0".join([*hashes, *map(str, [*found.problems, *found.warnings])])))


def collection(path: Path) -> list[str]:
    """Return the hashes of an Anki collection and of SQLite's files for it; an empty text for a missing one."""
    return [hashed(Path(f"{path}{end}")) or "" for end in ("", "-wal", "-journal")]


def of(*texts: str) -> str:
    """Return the hash of some texts, each without a zero byte."""
    return writing.digest("\0".join(texts).encode())


def fresh(out: Path, name: str, inputs: str) -> bool:
    """Whether an output was built from `inputs`, and none of its files has changed since."""
    built = _read(out).get(name, {})
    return built.get("inputs") == inputs and all(own(out / file) == old for file, old in built["files"].items())


def files(out: Path, name: str, root: Path) -> list[str]:
    """Return the files that an output had when it was last built; none if it was built from another project."""
    built = _read(out).get(name, {})
    return list(built["files"]) if built.get("project") == os.path.relpath(root, out) else []


def record(out: Path, built: Mapping[str, Mapping[str, str]], root: Path, inputs: Mapping[str, str]) -> str:
    """Return the text of the state file after building a project's outputs: hashes of files, and inputs, by output."""
    project = os.path.relpath(root, out)  # the output folder and the project may be moved together
    new = {name: {"project": project, "inputs": inputs[name], "files": hashes} for name, hashes in built.items()}
    return json.dumps(_read(out) | new, indent=1, sort_keys=True) + "\n"


def hashed(path: Path) -> str | None:
    """Return the hash of a file; None if it is not there, or cannot be read."""
    try:
        return writing.digest(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None


def own(path: Path) -> str | None:
    """Return the hash of a file that hitoe has written: none of them is a link."""
    try:
        return None if path.is_symlink() else hashed(path)
    except OSError:  # no file can have this name
        return None


def _read(out: Path) -> dict[str, Any]:
    """Return the records of the state file by output, without those that no build can have written."""
    try:
        state = json.loads(writing.content(out / STATE_FILE))
    except (OSError, ValueError, RecursionError):
        return {}
    records = state.items() if isinstance(state, dict) else ()
    return {name: built for name, built in records if isinstance(built, dict) and isinstance(built.get("files"), dict)}


def _of_folder(place: Path) -> str:
    """Return the hash of all files of a folder, and of their paths."""
    hash_ = hashlib.blake2b(digest_size=16)
    for file in _files(os.fspath(place)):
        known = file.stat()
        hash_.update(os.fsencode(file.path.removeprefix(os.fspath(place))) + b"\0")
        hash_.update(_of_file(file.path, known.st_size, known.st_mtime_ns))
    return hash_.hexdigest()


def _files(place: str) -> Iterator[os.DirEntry[str]]:
    """Yield the files below a folder in a fixed order; those that Python makes of others are left out."""
    with os.scandir(place) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_file():
            yield entry
        elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
            yield from _files(entry.path)


@cache
def _of_file(path: str, _size: int, _time: int) -> bytes:
    """Return the hash of a file, which a process that builds often reads once."""
    return hashlib.blake2b(Path(path).read_bytes()).digest()
