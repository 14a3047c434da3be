"""Results of earlier builds by the hash of all they depend on: none is out of date, deleting them costs only time."""

import hashlib
import json
from pathlib import Path
from typing import Any

from hitoe.writing import write

FILE = "sheet"


class Cache:
    """Values by key, each of plain lists, strings and numbers. Those that a build does not use are dropped."""

    def __init__(self, folder: Path, tools: str = "", *sheets: str) -> None:
        """`tools` is the hash of the program that computes the values, `sheets` are the sheets that they belong to."""
        self.folder = folder
        self._path = folder / "-".join([FILE, *sheets])
        self._tools = tools
        self._old = _read(self._path)
        self._used: dict[str, Any] = {}

    def key(self, *parts: str | bytes) -> str:
        """Return the key of a value that depends on these parts."""
        digest = hashlib.blake2b(self._tools.encode(), digest_size=16)
        for part in parts:
            content = part.encode() if isinstance(part, str) else part
            digest.update(len(content).to_bytes(8, "big") + content)
        return digest.hexdigest()

    def get(self, key: str) -> Any:
        """Return a value, None if there is none."""
        if key not in self._used and key in self._old:
            self._used[key] = self._old[key]
        return self._used.get(key)

    def put(self, key: str, value: Any) -> None:
        """Store a value."""
        self._used[key] = value

    def write(self) -> None:
        """Write the values that were used, if they differ from what was read."""
        if self._used.keys() == self._old.keys():
            return
        write(self._path, _sealed(json.dumps(self._used, separators=(",", ":"))).encode("ascii"))


def _read(path: Path) -> dict[str, Any]:
    """Return the values of a file; none if it is damaged."""
    content = path.read_bytes().decode("ascii", "replace") if path.is_file() and not path.is_symlink() else ""
    _, _, values = content.partition("\n")
    if content != _sealed(values):
        return {}
    try:
        known = json.loads(values)
    except (ValueError, RecursionError):  # whoever makes a file can make its hash, too
        return {}
    return known if isinstance(known, dict) else {}


def _sealed(values: str) -> str:
    """Return values as they are written: after a hash, by which a damaged file is found."""
    return f"{hashlib.blake2b(values.encode(), digest_size=32).hexdigest()}\n{values}"
