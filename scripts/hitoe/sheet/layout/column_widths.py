"""How wide the columns of a table are: as wide as its rows need to be few lines, the same wherever the table is cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

from hitoe.formulas import drawing
from hitoe.text import CodeSpan, Fence, Formula, PictureSpan, Plain, Sub, Sup, Text
from hitoe.text.ruby import Ruby
from hitoe.typography import fonts
from hitoe.typography.line_breaking import GLUE, HARD_SPACE, MONO, PARTABLE, runs

PADDING = 0.85
"""Left and right of a cell together, in em."""
STEP = 0.5
SPACE = 0.25
SHORT = (7.0, 5.0, 3.5)
"""How much of a Japanese phrase stays together, in em, where a table has little room."""
ESTIMATE = 0.88
"""How wide kana are beside a kanji: their white is trimmed."""
SMALL = 0.72
"""The size of readings beside that of their words, as in sheet/items.css."""
PICTURE = "図" * 6
"""As wide as room is left for a picture at least."""
LETTER = "M"
"""As wide as the letters' size is high, nearly."""
MARK = 2.0
"""What page.css leaves free behind a formula, in em, where it would be as wide as its column."""
CODE = "\0"
"""Marks a word as code."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their widths in per cent, and whether some are too narrow for their longest word."""

    widths: tuple[float, ...]
    tight: bool


def columns(head: Sequence[Text | None], rows: Sequence[Sequence[Text | None]], width: float) -> Columns:
    """Return the columns of a table `width` em wide. Rows have as many cells as the head; None is an empty one."""
    lines = [[_Cell(text) for text in row] for row in (head, *rows)]
    room = width - PADDING * len(head)
    longest = _least(lines, inf)
    tight = sum(longest) > room
    least = next((least for most in (inf, *SHORT) if sum(least := _least(lines, most)) <= room), longest)
    wide = _filled(lines, _fitted(least, room), room)
    ems = [max(line[c].ems for line in lines) for c in range(len(head))]
    # What is left over goes where it brings a text closer to one line, else everywhere.
    wants = [max(text - width, 0.0) for text, width in zip(ems, wide, strict=True)]
    shares = wants if any(wants) else ems
    spare = room - sum(wide)
    wide = [width + spare * share / sum(shares) + PADDING for width, share in zip(wide, shares, strict=True)]
    return Columns(tuple(round(100 * width / sum(wide), 1) for width in wide), tight)


def longest(head: Sequence[Text | None], rows: Sequence[Sequence[Text | None]], width: float, least: float) -> float:
    """Return how long words may be, in em, where the columns of a table find room in `width`.

    Columns are to be `least` em wide, if there is room for that.
    """
    words = _least([[_Cell(text) for text in row] for row in (head, *rows)], 0.0)
    room = width - PADDING * len(head)
    least = min(least, room / len(head))
    most = ceil(max(words) / STEP) * STEP
    while most > least and sum(max(least, min(word, most)) for word in words) > room:
        most -= STEP
    return most


def _fitted(least: Sequence[float], room: float) -> list[float]:
    """Narrow the widest columns so far that all together find room."""
    wide, most = list(least), max(least)
    while sum(wide) > room:
        most -= STEP
        wide = [min(width, most) for width in wide]
    return wide


class _Cell:
    """The text of a cell as words that no line break cuts, with their estimated widths in em."""

    def __init__(self, text: Text | None) -> None:
        words = _words(text) if text else []
        self.words = [_length(word, ESTIMATE) for word in words]
        self._name = max((_length(word, 1.0) for word in words if not PARTABLE.match(word[0])), default=1.0)
        self._phrase = max((_length(word, 1.0) for word in words if PARTABLE.match(word[0])), default=1.0)
        self.ems = max(sum(self.words), 1.0)
        self._lines: dict[int, int] = {}

    def least(self, most: float) -> float:
        """Return an upper bound of the width of the longest word, or with a wider Japanese one of `most`."""
        return max(self._name, min(self._phrase, most))

    def lines(self, width: float) -> int:
        """Return how many lines the text has, its longest word fitting."""
        steps = floor(width / STEP)
        if steps not in self._lines:
            lines, left = 1, width
            for word in self.words:
                if word > left:
                    lines, left = lines + 1, width
                left -= word
            self._lines[steps] = lines
        return self._lines[steps]


def _least(lines: Sequence[Sequence[_Cell]], most: float) -> list[float]:
    """Return how wide columns must be for no word to be broken, but Japanese ones wider than `most`."""
    return [max(cell.least(most) for cell in column) for column in zip(*lines, strict=True)]


def _filled(lines: Sequence[Sequence[_Cell]], least: Sequence[float], room: float) -> list[float]:
    """Widen the column that saves most lines for the room it takes, until nothing saves any."""
    wide = list(least)
    while True:
        spare, before = room - sum(wide), _height(lines, wide)
        best, column, width = 0.0, 0, 0.0
        for c, now in enumerate(wide):
            for step in range(1, floor(spare / STEP) + 1):
                saved = (before - _height(lines, [*wide[:c], now + step * STEP, *wide[c + 1 :]])) / step
                if saved > best:
                    best, column, width = saved, c, now + step * STEP
        if not best:
            return wide
        wide[column] = width


def _height(lines: Sequence[Sequence[_Cell]], wide: Sequence[float]) -> int:
    return sum(max(cell.lines(width) for cell, width in zip(line, wide, strict=True)) for line in lines)


def _words(text: Text) -> list[list[str]]:
    """Return the words of a text, each with what is glued to it, for instance a particle after code."""
    words: list[list[str]] = []
    for node in text.walk():
        parts: list[str] = []
        match node:
            case Ruby(characters, reading):  # small letters are as wide as fewer large ones
                parts = [*runs(characters), GLUE + reading[: ceil(len(reading) * SMALL)]]
            case Plain(characters):
                parts = runs(characters)
            case Sub(characters) | Sup(characters):
                parts = [GLUE + characters]
            case Formula(display=display):
                parts = [LETTER * ceil(drawing(node.source, display).width + MARK)]
            case PictureSpan():
                parts = [PICTURE]
            case CodeSpan(characters) | Fence(text=characters):
                parts = [CODE + word for word in characters.split()]
        for part in parts:
            own = part.replace(GLUE, "")
            if words and part.startswith(GLUE):
                words[-1].append(own)
            else:
                words.append([own])
    return words


def _length(word: Sequence[str], kana: float) -> float:
    """Return the width of a word and the space after it; `kana` is how much of their width kana and signs have."""
    return sum(_width(part, kana) for part in word)


def _width(word: str, kana: float) -> float:
    if word.startswith(CODE):
        return (len(word) - 1) * MONO + SPACE
    wide = sum(fonts.advance(sign) * (kana if "\u3000" < sign < "\u3100" else 1.0) for sign in word)
    return wide + (0.0 if PARTABLE.search(word) or word.endswith(HARD_SPACE) else SPACE)
