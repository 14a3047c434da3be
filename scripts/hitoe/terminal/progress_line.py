"""Shows progress in a line of the terminal, which other streams do not get."""

from typing import Self, TextIO

ERASE_LINE = "\r\x1b[K"
"""Moves the cursor to the start of the line and erases to its end (ECMA-48, EL)."""
LONGEST_BAR = 60


class ProgressLine:
    """Counts finished steps, and shows them as a bar; the line is erased at the end of the `with` block."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream = stream if stream.isatty() else None
        self._label = label
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._stream and self._done:
            print(ERASE_LINE, end="", file=self._stream, flush=True)

    def step(self) -> None:
        """Count one more step, and show the count."""
        self._done += 1
        if self._stream:
            bar = "▪" * min(self._done, LONGEST_BAR)
            print(f"{ERASE_LINE}{self._label} {bar} {self._done}", end="", file=self._stream, flush=True)
