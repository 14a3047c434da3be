"""Whether anything must be built: hashes of what went in and of what came out, kept in build/."""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hitoe.release.git import LEDGER_FILE
from hitoe.resources import folder

STATE_FILE = ".cache/state.json"
LIBRARIES = (
    "genanki-",
    "jinja2-",
    "weasyprint-",
    "pydantic-",
    "markdown-it-py-",
    "ruamel-yaml-",
    "budoux-",
    "zstandard-",
)


def tools() -> str:
    """Return the hash of what makes the outputs: templates, code, Python and libraries."""
    digest = hashlib.blake2b(digest_size=16)
    for place in (folder(), Path(__file__).resolve().parent.parent):
        _add_files(digest, place)
    for text in (sys.version, *_libraries()):
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def content(root: Path) -> str:
    """Return the hash of what the author wrote: all of the content folder but the ledger, which builds write."""
    digest = hashlib.blake2b(digest_size=16)
    _add_files(digest, root / "content", besides=root / LEDGER_FILE)
    return digest.hexdigest()


def collection(path: Path) -> list[str]:
    """Return the hashes of an Anki collection and of what SQLite keeps beside it; an empty text for each not there."""
    return [hashed(path.with_name(path.name + end)) or "" for end in ("", "-wal", "-journal")]


def fingerprint(texts: Iterable[str]) -> str:
    """Return the hash of all that outputs are made of, each given as a text."""
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def fresh(out: Path, name: str, inputs: str) -> list[str] | None:
    """Return the files of an output that was built from `inputs` and still is as it was built; None when it is not."""
    built = _read(out).get(name)
    if built is None or built["inputs"] != inputs:
        return None
    files: dict[str, str] = built["files"]
    return list(files) if all(hashed(out / file) == digest for file, digest in files.items()) else None


def files(out: Path, name: str, root: Path) -> list[str]:
    """Return the files that an output had when it was last built, none if that was another project's."""
    built = _read(out).get(name, {})
    return list(built["files"]) if built.get("project") == _way(out, root) else []


def record(out: Path, built: Mapping[str, Mapping[str, str]], root: Path, inputs: Mapping[str, str]) -> str:
    """Return the text of the state file after building a project's outputs: hashes of files, and inputs, by output."""
    state = _read(out)
    for name, hashes in built.items():
        state[name] = {"project": _way(out, root), "inputs": inputs[name], "files": hashes}
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
    """Return what the state file says of outputs, without what no build can have written."""
    try:
        state = json.loads((out / STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(state, dict):
        return {}
    return {name: built for name, built in state.items() if _is_record(built)}


def _is_record(built: Any) -> bool:
    return isinstance(built, dict) and {"project", "inputs"} <= built.keys() and isinstance(built.get("files"), dict)


def _way(out: Path, root: Path) -> str:
    """Return how a project is found from its outputs, which may move together."""
    return os.path.relpath(root, out)


def _add_files(digest: "hashlib.blake2b", place: Path, besides: Path | None = None) -> None:
    for path in sorted(path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        if path != besides:
            digest.update(os.fsencode(path.relative_to(place)) + b"\0" + hashlib.blake2b(path.read_bytes()).digest())


def _libraries() -> Iterator[str]:
    """Yield name and version of the installed libraries, from their folders' names: importlib.metadata takes longer."""
    for place in sys.path:
        for name in sorted(path.name for path in Path(place).glob("*.dist-info")):
            if re.sub("[-_.]+", "-", name).lower().startswith(LIBRARIES):
                yield name
