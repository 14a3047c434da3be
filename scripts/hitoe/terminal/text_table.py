"""Aligns tables for a terminal, where an East Asian wide character takes two columns."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from unicodedata import east_asian_width

from hitoe.translation import shown

Row = tuple[str, ...]


def aligned(rows: Iterable[Row], heads: Sequence[str]) -> list[str]:
    """Return a table's lines: the first column, which has no head, is aligned left, the others right.

    A row may have fewer cells than columns. Messages are in the user's language, as it decides on the widths.
    """
    lines = [tuple(map(shown, line)) for line in [("", *heads), *rows]]
    widths = [max(map(width, column)) for column in zip_longest(*lines, fillvalue="")]
    return ["  ".join(_cells(line, widths)).rstrip() for line in lines]


def starts(words: Sequence[str]) -> list[str]:
    """Return words in the user's language as the starts of lines: the same number of columns, two after the longest."""
    texts = list(map(shown, words))
    most = max(map(width, texts))
    return [text + " " * (most - width(text) + 2) for text in texts]


def width(text: str) -> int:
    """Return the width of a text in terminal columns: two for each wide character."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _cells(line: Row, widths: Sequence[int]) -> Iterator[str]:
    for number, (text, most) in enumerate(zip(line, widths, strict=False)):
        space = " " * (most - width(text))
        yield space + text if number else text + space
