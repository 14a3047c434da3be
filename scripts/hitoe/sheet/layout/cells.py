"""The texts of a table's cells as words that no line break cuts, with their widths in em."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from hitoe.formulas import drawing
from hitoe.text import (
    Block,
    Break,
    Bullets,
    CodeSpan,
    Fence,
    Formula,
    Inline,
    Numbers,
    Paragraph,
    PictureSpan,
    Plain,
    Sub,
    Sup,
    Text,
)
from hitoe.text.rewriting import rewritten
from hitoe.text.ruby import Ruby
from hitoe.typography import fonts, line_breaking
from hitoe.typography.line_breaking import GLUE, HARD_SPACE, MONO, PARTABLE, runs

STEP = 0.5
"""Columns are made wider by multiples of this, in em."""
SPACE = 0.25
ESTIMATE = 0.88
"""How wide kana are beside a kanji: their white is trimmed."""
SMALL = 0.72
"""The size of readings beside that of their words, as in sheet/items.css."""
PICTURE = 6.0
"""How much room is left for a picture at least."""
INDENT = 1.7
"""How far lists are indented in em, as in sheet/items.css."""
MARK = 2.0
"""What page.css leaves free behind a formula or picture, in em, where it is not alone in its cell."""
HANDWRITTEN = 1.6
"""How many printed lines are as high as one that is written by hand, as in worksheet.css."""
READABLE = 4.0
"""A formula that is printed half as large as others is so many times as bad as a word that is cut."""


@dataclass(slots=True)
class WholeWord:
    """What no line break cuts: its width at most, with its indent, its usual width, and that of the space behind it.

    `phrase`: it is Japanese, and may be cut. `scaled`: it is smaller where it has less room, but for `free` em.
    `begins`: a line begins with it.
    """

    ems: float
    usual: float
    space: float = 0.0
    phrase: bool = False
    scaled: bool = False
    free: float = 0.0
    begins: bool = False

    def with_part(self, part: "WholeWord") -> "WholeWord":
        """Return the word with a part that is glued to it; beside a formula there is room for some of it."""
        ems, usual = (max(0.0, own - self.free) for own in (part.ems, part.usual))
        scaled, free = self.scaled or part.scaled, max(self.free, part.free)
        return WholeWord(self.ems + ems, self.usual + usual, part.space, self.phrase, scaled, free, self.begins)

    def cost(self, width: float) -> float:
        """Return how bad it is to print the word in a width: 1 for each time that it is cut."""
        if self.phrase or self.ems <= width:
            return 0.0
        if self.scaled:
            return READABLE * ((self.ems - self.free) / max(STEP, width - self.free) - 1)
        return ceil(self.ems / width) - 1


class CellWords:
    """The text of a cell, and behind it pieces of blanks that are to be written on, which are `piece` em wide.

    `rows` has the number of pieces that stand behind the text, and of those in each line below.
    """

    def __init__(self, text: Text | None, rows: Sequence[int] = (), piece: float = 0.0) -> None:
        pieces = (WholeWord(piece, piece, begins=row > 0 == at) for row, own in enumerate(rows) for at in range(own))
        self._words = (_words(text) if text else []) + list(pieces)
        self._high = HANDWRITTEN if rows else 1.0
        self._indent = _indent(text) if text else 0.0
        end = self._words[-1].space if self._words else 0.0
        self.ems = max(sum(word.usual + word.space for word in self._words) - end, 1.0)
        self._name = max((word.ems for word in self._words if not word.phrase), default=1.0)
        self._phrase = max((word.ems for word in self._words if word.phrase), default=1.0)
        self._lines: dict[float, float] = {}

    def least(self, most: float) -> float:
        """Return an upper bound of the width of the longest word, or with a wider Japanese one of `most`."""
        return max(self._name, min(self._phrase, most))

    def cost(self, width: float) -> float:
        """Return how bad it is to print the text in a width that its longest words may not find."""
        return sum(word.cost(width) for word in self._words)

    def lines(self, width: float) -> float:
        """Return how many lines the text has; those that are written by hand count for more."""
        width = max(STEP, width - self._indent)
        if width not in self._lines:
            lines, left = 1, width
            for word in self._words:
                if word.begins and left < width:
                    lines, left = lines + 1, width
                if left < word.usual:
                    cuts = 0 if word.scaled else ceil(word.usual / width) - 1
                    lines, left = lines + (left < width) + cuts, width * (cuts + 1)
                left -= word.usual + word.space
            self._lines[width] = lines * self._high
        return self._lines[width]


def parted(text: Text, width: float) -> Text:
    """Return a text in which words wider than `width` em may break: at joints, else within."""

    def instead(node: Inline | Block) -> Iterable[Inline] | None:
        if type(node) is Plain:
            return [Plain(line_breaking.parted(node.text, width))]
        if isinstance(node, CodeSpan):
            return [CodeSpan(line_breaking.parted(node.text, width, line_breaking.mono))]
        return None

    width -= min(INDENT, _indent(text))
    return replace(text, blocks=rewritten(text.blocks, instead))


def _indented(nodes: Iterable[Inline | Block], indent: float = 0.0) -> Iterator[tuple[Inline | Block, float]]:
    """Yield each node in reading order, with how far it is indented in em."""
    for node in nodes:
        if isinstance(node, Bullets | Numbers):
            for item in node.items:
                yield from _indented(item, indent + INDENT)
        else:
            yield node, indent
            yield from _indented(getattr(node, "children", ()), indent)


def _indent(text: Text) -> float:
    """Return how far the innermost of a text's lists is indented, in em."""
    return max((indent for _, indent in _indented(text.blocks)), default=0.0)


def alone(text: Text) -> bool:
    """Return whether a text is a formula or a picture, and nothing stands beside it."""
    leaves = [
        node for node in text.walk() if isinstance(node, Formula | PictureSpan | Plain | CodeSpan | Sub | Sup | Fence)
    ]
    return len(leaves) == 1 and isinstance(leaves[0], Formula | PictureSpan)


def _words(text: Text) -> list[WholeWord]:
    """Return the words of a text, each with what is glued to it, for instance a particle after code."""
    words: list[WholeWord] = []
    free = 0.0 if alone(text) else MARK
    begins = False
    joins = False  # whether no line may end between the last word and what stands right behind it
    for node, indent in _indented(text.blocks):
        if isinstance(node, Paragraph | Break):
            joins = False
            begins = bool(words)
        parts = list(_parts(node, free))
        for at, part in enumerate(parts):
            if words and (part.glued or (joins and part.joins and not at)):
                words[-1] = words[-1].with_part(part.word)
            else:
                words.append(replace(part.word, ems=part.word.ems + indent, begins=begins))
                begins = False
        joins = parts[-1].open if parts else joins
    return [word for word in words if word.ems or word.space]


class _WordPart(NamedTuple):
    """A part of a word. `glued`: no line ends before it.

    `joins`, `open`: none ends before it, or behind it, where another node is there.
    """

    word: WholeWord
    glued: bool = False
    joins: bool = True
    open: bool = True


def _parts(node: Inline | Block, free: float) -> Iterator[_WordPart]:
    match node:
        case Ruby(characters, reading):  # small letters are as wide as fewer large ones
            yield from map(_run, (*runs(characters), GLUE + reading[: ceil(len(reading) * SMALL)]))
        case Plain(characters):
            yield from map(_run, runs(characters))
        case Sub(characters) | Sup(characters):
            yield _run(GLUE + characters)
        case Formula(display=display):
            own = 0.0 if display else free
            ems = drawing(node.source, display).width + own
            yield _WordPart(WholeWord(ems, ems, scaled=True, free=own))
        case PictureSpan():
            yield _WordPart(WholeWord(PICTURE, PICTURE, scaled=True, free=free))
        case CodeSpan(characters) | Fence(text=characters):
            for word in characters.split():
                ems = len(word) * MONO
                yield _WordPart(WholeWord(ems, ems, SPACE))


def _run(run: str) -> _WordPart:
    letters = run.replace(GLUE, "")
    ems = sum(map(fonts.advance, letters))
    usual = sum(fonts.advance(sign) * (ESTIMATE if "\u3000" < sign < "\u3100" else 1.0) for sign in letters)
    wide = PARTABLE.search(letters)
    word = WholeWord(ems, usual, 0.0 if wide or letters.endswith(HARD_SPACE) else SPACE, bool(PARTABLE.match(letters)))
    return _WordPart(word, run.startswith(GLUE), bool(letters) and not word.phrase, bool(letters) and not wide)
