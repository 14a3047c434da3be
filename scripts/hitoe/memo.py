"""Results of pure functions, remembered by the hash of all their inputs.

The results of the last build are in one file: a checksum, a pickle of each, and an index by key. A file that came
with a stranger's project must be harmless, so it is read by an unpickler that can create only plain values and objects
of the classes in CLASSES, which are data without code of their own. JSON would be as fast, but each class would need
code to and from it. Without the file, or with a damaged one, results are computed again.
"""

import io
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hitoe import writing

FILES = {"deck": ".cache/memo-deck", "log": ".cache/memo-log"}
"""The file in the output folder for each output."""
CLASSES: Mapping[str, frozenset[str]] = {
    "hitoe.build.topic_file": frozenset({"TopicResult"}),
    "hitoe.deck.notes": frozenset({"Note"}),
    "hitoe.log.data": frozenset({"RenderedEntry", "TopicWeek"}),
    "hitoe.messages": frozenset({"Message"}),
    "hitoe.model.outline": frozenset({"TopicOutline"}),
    "hitoe.problems": frozenset({"Position", "Problem"}),
    "hitoe.sheet.layout.boxes": frozenset({"BlockHeight", "ItemHeight"}),
    "hitoe.sheet.layout.measure": frozenset({"Measured"}),
    "hitoe.stats.counts": frozenset({"Count"}),
    "hitoe.values.week": frozenset({"Week"}),
}
"""The classes of results, by module."""
CHECKSUM, INDEX_START = 32, 8
"""Bytes of the checksum, with which the file begins, and of the number with which it ends: where its index begins."""
Packed = bytes | memoryview


class Memo:
    """Results by key. Those that no call of `get` returns are dropped, unless `keep` is set."""

    def __init__(self, tools: str = "", content: bytes = b"", *, keep: bool = False) -> None:
        """Take the hash of hitoe itself, which every result depends on, and the content of the last build's file."""
        self._tools = tools
        self._stored = _stored(content)
        self._used = dict(self._stored) if keep else {}
        self._new: dict[str, Any] = {}

    def key(self, *inputs: str | bytes) -> str:
        """Return the key of a result: the hash of all inputs of a function."""
        parts = [each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each for each in inputs]
        parts.append(self._tools.encode())
        return writing.digest(b"".join(len(part).to_bytes(8, "big") + part for part in parts))

    def get(self, key: str) -> Any:
        """Return the result with this key; None if it is not remembered."""
        if key in self._new:
            return self._new[key]
        packed = self._used.get(key) or self._stored.get(key, b"")
        value = _loaded(packed)
        if value is not None:
            self._used[key] = packed
        return value

    def put(self, key: str, value: Any) -> None:
        """Remember a result: plain values, and objects of CLASSES."""
        self._new[key] = value

    def content(self) -> bytes:
        """Return the content of the file for the next build, and forget the new results, to free their memory."""
        content, index = io.BytesIO(bytes(CHECKSUM)), dict[str, tuple[int, int]]()
        start = content.seek(CHECKSUM)
        for key in self._used | self._new:
            if key in self._new:
                pickle.dump(self._new.pop(key), content, 5)
            else:
                content.write(self._used[key])
            index[key] = start, content.tell()
            start = content.tell()
        pickle.dump(index, content, 5)
        content.write(start.to_bytes(INDEX_START, "big"))
        content.seek(0)
        content.write(writing.digest(content.getbuffer()[CHECKSUM:]).encode())
        return content.getvalue()


def read(out: Path, output: str, tools: str, *, keep: bool = False) -> Memo:
    """Return what builds into a folder have remembered for an output. Only builds write it, see `FILES`."""
    return Memo(tools, writing.content(out / FILES[output]), keep=keep)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name not in CLASSES.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is no class of results")
        return super().find_class(module, name)


def _loaded(packed: Packed) -> Any:
    """Return a value from its pickle; None if the bytes are not what a build wrote."""
    try:
        return _Unpickler(io.BytesIO(packed)).load()
    except Exception:  # made-up bytes can make the unpickler raise anything
        return None


def _stored(content: bytes) -> dict[str, Packed]:
    """Return the pickled results of a file by key; none if the file is not as it was written."""
    whole = memoryview(content)
    if whole[:CHECKSUM] != writing.digest(whole[CHECKSUM:]).encode():
        return {}
    index = _loaded(whole[int.from_bytes(whole[-INDEX_START:], "big") : -INDEX_START])
    try:
        return {key: whole[start:stop] for key, (start, stop) in index.items()}
    except (AttributeError, TypeError, ValueError):  # with a checksum that someone made
        return {}
