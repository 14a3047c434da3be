"""A line on the terminal that tells how far the work is, for as long as it lasts; nothing where nobody watches."""

from typing import TextIO

BACK = "\r\x1b[K"
"""Goes to the beginning of the line and empties it."""


class Gauge:
    """Counts parts of the work that are done."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self._stream = stream if stream.isatty() else None
        self._what = what
        self._done = 0

    def tell(self) -> None:
        """Count one more part, and show how many were done."""
        self._done += 1
        if self._stream:
            print(f"{BACK}{self._what} {'▪' * min(self._done, 60)} {self._done}", end="", file=self._stream, flush=True)

    def end(self) -> None:
        """Wipe the line out."""
        if self._stream and self._done:
            print(BACK, end="", file=self._stream, flush=True)
