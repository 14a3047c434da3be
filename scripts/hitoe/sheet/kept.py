"""What was laid out once is kept from build to build: a file of named values, sealed, with those of the last build.

A name stands for all that a value is made of, so that nothing in here is ever out of date; whatever the file may hold,
deleting it only costs time.
"""

import hashlib
import marshal
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NewType

FILE = "sheet"
SEAL = 32
Packed = NewType("Packed", bytes)
"""A value as it lies in memory and in the file: its tuples would take far more."""


def pack(value: Any) -> Packed:
    """Return a value of plain tuples, lists, dicts, strings, bytes and numbers as it is kept."""
    return Packed(marshal.dumps(value))


class Kept:
    """Values by name. Those not asked for are dropped."""

    def __init__(self, folder: Path, tools: str, *sheets: str) -> None:
        """Take the folder of the file, the hash of what makes the values, hitoe itself say, and whose they are."""
        self._path = folder / "-".join([FILE, *sheets])
        self._tools = tools
        self._old = _read(self._path)
        self._used: dict[str, Packed] = {}

    def name(self, *parts: str | bytes) -> str:
        """Return the name of a value that is made of these parts."""
        digest = hashlib.blake2b(self._tools.encode(), digest_size=16)
        for part in parts:
            text = part.encode() if isinstance(part, str) else part
            digest.update(len(text).to_bytes(8, "big") + text)
        return digest.hexdigest()

    def get(self, name: str) -> Any:
        """Return a value, None if there is none."""
        return None if self.missing([name]) else marshal.loads(self._used[name])

    def put(self, name: str, value: Packed) -> None:
        """Keep a value."""
        self._used[name] = value

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return the names without a value, each once; the others are kept on."""
        asked = dict.fromkeys(names)
        self._used |= {name: self._old[name] for name in asked if name not in self._used and name in self._old}
        return [name for name in asked if name not in self._used]

    def write(self) -> None:
        """Write what was asked for or put, if it is other than before."""
        if self._used.keys() == self._old.keys():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_name(f".{self._path.name}.{os.getpid()}.part")
        part.write_bytes(_sealed(marshal.dumps(self._used)))
        part.replace(self._path)


def _read(path: Path) -> dict[str, Packed]:
    """Return the values of a file; none when it is not as it was written."""
    content = path.read_bytes() if path.is_file() else b""
    if content != _sealed(content[SEAL:]):
        return {}
    values: dict[str, Packed] = marshal.loads(content[SEAL:])
    return values


def _sealed(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=SEAL).digest() + content
