"""A line of progress on a terminal, removed when the work is done; a stream that is no terminal gets nothing."""

from types import TracebackType
from typing import Self, TextIO

ERASE_LINE = "\r\x1b[K"
"""Moves the cursor to the beginning of the line and erases the line (ECMA-48, EL)."""
LONGEST = 60


class ProgressLine:
    """Counts the parts of the work that are done, and shows them as a bar."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream = stream if stream.isatty() else None
        self._label = label
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stream and self._done:
            print(ERASE_LINE, end="", file=self._stream, flush=True)

    def step(self) -> None:
        """Count one more part, and show the count."""
        self._done += 1
        if self._stream:
            bar = "▪" * min(self._done, LONGEST)
            print(f"{ERASE_LINE}{self._label} {bar} {self._done}", end="", file=self._stream, flush=True)
