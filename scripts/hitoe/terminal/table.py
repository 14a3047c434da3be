"""Tables for a terminal, where some signs are two columns wide."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

Row = tuple[str, ...]


def aligned(rows: Iterable[Row], heads: Sequence[str]) -> list[str]:
    """Return lines with names to the left and numbers to the right, below their heads; short rows end empty."""
    empty = ("",) * (len(heads) + 1)
    lines = [(*row, *empty[len(row) :]) for row in (("", *heads), *rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(_cells(line, widths)).rstrip() for line in lines]


def width(text: str) -> int:
    """Return how many columns a terminal takes for a text: two for each wide sign."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _cells(line: Row, widths: Sequence[int]) -> Iterator[str]:
    for number, (text, room) in enumerate(zip(line, widths, strict=True)):
        space = " " * (room - width(text))
        yield space + text if number else text + space
