"""Results that are kept from build to build, by a key that is the hash of all they are made of.

So nothing in here is ever out of date, and deleting the file costs nothing but time.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

FILE = "sheet"


class Cache:
    """Values by key, each of plain lists, strings and numbers. Those not asked for in a build are dropped."""

    def __init__(self, folder: Path, tools: str = "", *sheets: str) -> None:
        """Take the folder of the file, the hash of what makes the values, and the sheets that they are of."""
        self.folder = folder
        self._path = folder / "-".join([FILE, *sheets])
        self._tools = tools
        self._old = _read(self._path)
        self._used: dict[str, Any] = {}

    def key(self, *parts: str | bytes) -> str:
        """Return the key of a value that is made of these parts."""
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
        """Keep a value."""
        self._used[key] = value

    def write(self) -> None:
        """Write what was asked for or put, if it differs from what was read."""
        if self._used.keys() == self._old.keys():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_name(f".{self._path.name}.{os.getpid()}.part")
        part.write_text(_sealed(json.dumps(self._used, separators=(",", ":"))), "ascii")
        part.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    """Return the values of a file; none if it is damaged."""
    content = path.read_bytes().decode("ascii", "replace") if path.is_file() else ""
    _, _, values = content.partition("\n")
    if content != _sealed(values):
        return {}
    found: dict[str, Any] = json.loads(values)
    return found


def _sealed(values: str) -> str:
    """Return values as they are written: after a hash that tells whether the file is damaged."""
    return f"{hashlib.blake2b(values.encode(), digest_size=32).hexdigest()}\n{values}"
