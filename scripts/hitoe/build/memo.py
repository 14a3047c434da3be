"""Results of pure functions, remembered by the hash of all their inputs.

The results of the last build are in one file: a checksum, then one line of JSON for each result. JSON can hold plain
values and nothing else, so a file that came with a stranger's project cannot execute anything. Pickle could, marshal is
not safe for damaged bytes and differs between versions of Python, and JSON is as fast for what is mostly long strings.
Without the file, or with a damaged one, results are computed again.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from hitoe.build import files

FILES = {"deck": ".cache/memo-deck", "log": ".cache/memo-log"}
"""The file in the output folder for each output."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Memo:
    """Results by key: plain values (strings, numbers, None, lists and dicts with strings as keys; tuples become lists).

    Results that are not asked for are forgotten, unless `keep` says that only some will be asked for.
    """

    def __init__(self, tools: str = "", content: bytes = b"", *, keep: bool = False) -> None:
        """Take the hash of hitoe itself, which every result depends on, and the content of the last build's file."""
        self._tools = tools
        self._stored = _lines(content)
        self._used: dict[bytes, bytes] = dict(self._stored) if keep else {}

    def key(self, *inputs: str | bytes) -> str:
        """Return the key of a result: the hash of all inputs of a function."""
        digest = hashlib.blake2b(digest_size=16)
        for each in (self._tools, *inputs):
            text = each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each
            digest.update(len(text).to_bytes(8, "big") + text)
        return digest.hexdigest()

    def get(self, key: str) -> Any:
        """Return the result with this key; None if it is not remembered."""
        line = self._used.get(key.encode()) or self._stored.get(key.encode())
        if line is None:
            return None
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):  # no build wrote this
            return None
        self._used[key.encode()] = line
        return value

    def put(self, key: str, value: Any) -> None:
        """Remember a result."""
        self._used[key.encode()] = _encode(value).encode()

    def content(self) -> bytes:
        """Return the content of the file for the next build."""
        lines = b"\n".join(key + b" " + line for key, line in self._used.items())
        return _checksum(lines) + b"\n" + lines


def read(out: Path, output: str, tools: str, *, keep: bool = False) -> Memo:
    """Return what builds into a folder have remembered for an output. Only builds write it, see `FILES`."""
    return Memo(tools, files.content(out / FILES[output]), keep=keep)


def _lines(content: bytes) -> dict[bytes, bytes]:
    """Return the lines of a file by key; none if it is not as it was written."""
    checksum, _, lines = content.partition(b"\n")
    if checksum != _checksum(lines):
        return {}
    pairs = (line.partition(b" ") for line in lines.split(b"\n"))
    return {name: line for name, _, line in pairs}


def _checksum(lines: bytes) -> bytes:
    return hashlib.blake2b(lines, digest_size=16).hexdigest().encode()
