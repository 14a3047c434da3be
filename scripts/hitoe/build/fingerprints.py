"""Whether an output must be built: hashes of its inputs and of its files, stored in the output folder."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hitoe.release.git import LEDGER_FILE
from hitoe.resources import folder

STATE_FILE = ".cache/state.json"


def tools() -> str:
    """Return the hash of what makes the outputs: templates, code, Python and installed libraries."""
    digest = hashlib.blake2b(digest_size=16)
    for place in (folder(), Path(__file__).resolve().parent.parent):
        _add_files(digest, place)
    for text in (sys.version, *_libraries()):
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def content(root: Path) -> str:
    """Return the hash of the content folder without the ledger, which builds write."""
    digest = hashlib.blake2b(digest_size=16)
    _add_files(digest, root / "content", besides=root / LEDGER_FILE)
    return digest.hexdigest()


def collection(path: Path) -> list[str]:
    """Return the hashes of an Anki collection and of SQLite's files beside it; an empty text for a missing one."""
    return [hashed(path.with_name(path.name + end)) or "" for end in ("", "-wal", "-journal")]


def fingerprint(texts: Iterable[str]) -> str:
    """Return the hash of the inputs of an output."""
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def fresh(out: Path, name: str, inputs: str) -> list[str] | None:
    """Return the files of an output if it was built from `inputs` and no file has changed since; else None."""
    built = _read(out).get(name)
    if built is None or built["inputs"] != inputs:
        return None
    files: dict[str, str] = built["files"]
    return list(files) if all(hashed(out / file) == digest for file, digest in files.items()) else None


def files(out: Path, name: str, root: Path) -> list[str]:
    """Return the files that an output had when it was last built; none if it was built from another project."""
    built = _read(out).get(name, {})
    return list(built["files"]) if built.get("project") == _project_path(out, root) else []


def record(out: Path, built: Mapping[str, Mapping[str, str]], root: Path, inputs: Mapping[str, str]) -> str:
    """Return the text of the state file after building a project's outputs: hashes of files, and inputs, by output."""
    state = _read(out)
    for name, hashes in built.items():
        state[name] = {"project": _project_path(out, root), "inputs": inputs[name], "files": hashes}
    return json.dumps(state, indent=1, sort_keys=True) + "\n"


def hashed(path: Path) -> str | None:
    """Return the hash of a file; None if it is not there, or cannot be read."""
    try:
        return digest(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None


def digest(text: bytes) -> str:
    """Return the hash of what a file holds."""
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _read(out: Path) -> dict[str, Any]:
    """Return the records of the state file by output, without those that no build can have written."""
    try:
        state = json.loads((out / STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(state, dict):
        return {}
    return {name: built for name, built in state.items() if _is_record(built)}


def _is_record(built: Any) -> bool:
    return isinstance(built, dict) and {"project", "inputs"} <= built.keys() and isinstance(built.get("files"), dict)


def _project_path(out: Path, root: Path) -> str:
    """Return the path of a project from its output folder, which may be moved together."""
    return os.path.relpath(root, out)


def _add_files(digest: "hashlib.blake2b", place: Path, besides: Path | None = None) -> None:
    for path in sorted(path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        if path != besides:
            digest.update(os.fsencode(path.relative_to(place)) + b"\0" + hashlib.blake2b(path.read_bytes()).digest())


def _libraries() -> Iterator[str]:
    """Yield name and version of every installed library, from their folders' names: importlib.metadata takes longer.

    All count, also those that only libraries need: a list of those that shape an output would never be complete.
    """
    for place in sys.path:
        yield from sorted(path.name for path in Path(place).glob("*.dist-info"))
