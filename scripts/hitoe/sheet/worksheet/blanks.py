"""The blanks of a worksheet: the templates ask for one wherever something is to be learned.

A blank is a row of pieces that a line break may separate, so it fits into a cell of any width without being measured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from markupsafe import Markup

from hitoe.formulas import drawing
from hitoe.sheet.layout import source_texts
from hitoe.sheet.layout.cells import CellWords
from hitoe.text import ClozeSpan, Fence, Formula, Inline, Paragraph, Plain, Strong, Tex, Text
from hitoe.text.rewriting import rewritten
from hitoe.typography.numbers import mark
from hitoe.typography.page_geometry import PT

if TYPE_CHECKING:
    from hitoe.kinds.picture_regions import Area
    from hitoe.templating import Templates

TEMPLATE = "worksheet/blank.html.j2"
WIDE, NARROW = 6.0, 3.5
"""The width of a handwritten kana or kanji, and of a handwritten Latin letter or digit, in mm."""
NUMBER, DIGIT = 4.5, 2.0
"""The room for a number in a circle, and for each character of a number in brackets, in mm."""
LETTERS_IN_EM = 2
"""Letters of a formula in the width of an em."""
STEP, HALF = 20, 10
"""Blanks are multiples of STEP mm wide, so that the width says little about the answer. Their pieces are STEP or, in
cells of tables, HALF mm wide; worksheet.css has the same."""
EM = 9 * PT
"""The size of the letters, in mm."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write an answer in; `mark` is its number, `rows` has the number of pieces in each of its lines.

    `narrow`: the pieces are half as wide as others.
    """

    mark: str
    rows: Sequence[int]
    answer: Text
    narrow: bool

    @property
    def letters(self) -> str:
        """The letters of the answer, which stand in the answers at the end."""
        return source_texts.letters(self.answer)


class Blanks:
    """Makes the blanks of an entry, numbered from 1.

    `made` has all. `covers` has those for regions of a picture with the places of these, and `below` those for the
    labels of a figure, which are printed below it.
    """

    def __init__(self) -> None:
        self.templates: Templates
        self.begin()

    def begin(self) -> None:
        """Begin an entry."""
        self.made: list[Blank] = []
        self.begin_item()

    def begin_item(self, *, narrow: bool = False) -> None:
        """Begin an item, which may be a table, whose blanks are of `narrow` pieces."""
        self._narrow = narrow
        self.covers: list[tuple[str, Area]] = []
        self.below: list[Blank] = []

    def text(self, answer: Text) -> Markup:
        """Return the HTML of a blank for a text."""
        return self._printed(self._new(answer))

    def within(self, formula: Formula) -> tuple[Formula, Markup]:
        """Return a formula with the number of a blank in each of its clozes, and the HTML of these blanks."""
        children: list[Tex | ClozeSpan] = []
        blanks = Markup()
        for node in formula.children:
            if isinstance(node, Tex):
                children.append(node)
                continue
            blank = self._new(Text.of_nodes((Formula(node.children, False),)))
            children.append(replace(node, children=(Tex(rf"\,\text{{{blank.mark}}}\,"),)))
            blanks += Markup(self.templates.call(TEMPLATE, "within", blank))
        return Formula(tuple(children), formula.display), blanks

    def characters(self, answer: str) -> Markup:
        """Return the HTML of a blank for characters that mean themselves."""
        return self.text(Text.of(answer))

    def code(self, lines: Sequence[tuple[int, str]], language: str) -> Markup:
        """Return the HTML of a blank for lines of code, each given after its indentation."""
        code = "\n".join(line for _, line in lines)
        return self.text(Text(code, (Fence(code, language),)))

    def label(self, answer: str) -> Blank:
        """Return a blank of which the number is printed in a figure, and the rest below the figure."""
        self.below.append(self._new(Text.of(answer)))
        return self.below[-1]

    def cover(self, area: "Area") -> str:
        """Note that the next blank is for a region of the picture; return what is printed for that: nothing."""
        self.covers.append((self._mark, area))
        return ""

    @property
    def _mark(self) -> str:
        return mark(len(self.made) + 1)

    def cell(self, answer: Text) -> CellWords:
        """Return the words and the pieces of blanks of a cell, or a step, in which an answer is asked."""
        asked, rest = [answer], None
        if answer.emphasised:
            asked = [Text.of_nodes(node.children) for node in answer.walk() if isinstance(node, Strong)]
            rest = Text("", rewritten(answer.blocks, lambda node: () if isinstance(node, Strong) else None))
        lines = [0]
        for first, *others in map(self._rows, asked):
            lines = [*lines, first, *others] if others else [*lines[:-1], lines[-1] + first]
        return CellWords(rest, lines, self._piece / EM)

    def _new(self, answer: Text) -> Blank:
        self.made.append(Blank(self._mark, self._rows(answer), answer, self._narrow))
        return self.made[-1]

    @property
    def _piece(self) -> int:
        return HALF if self._narrow else STEP

    def _rows(self, answer: Text) -> list[int]:
        """Return how many pieces the lines of the next blank have."""
        widths = [handwritten(line) for line in _lines(answer)] or [0.0]
        widths[0] += NUMBER if len(self._mark) == 1 else DIGIT * len(self._mark)
        return [ceil(width / STEP) * STEP // self._piece for width in widths]

    def _printed(self, blank: Blank) -> Markup:
        return Markup(self.templates.call(TEMPLATE, "blank", blank))


def handwritten(text: str) -> float:
    """Return the width of a text written by hand, in mm."""
    return sum(WIDE if east_asian_width(sign) in "WFA" else NARROW for sign in text)


def _lines(answer: Text) -> Iterator[str]:
    """Yield what is written in lines of its own: paragraphs, and lines of code.

    A line of brackets alone gets none: by hand they are written at the end of the line before.
    """
    for node in answer.walk():
        match node:
            case Paragraph(children):
                yield from Text.of_nodes(tuple(map(_by_hand, children))).lines
            case Fence(text=code):
                yield from (line.strip() for line in code.split("\n") if any(map(str.isalnum, line)))
            case _:
                pass


def _by_hand(node: Inline) -> Inline:
    """Return letters instead of a formula, as many as it is wide: its TeX is longer."""
    if not isinstance(node, Formula):
        return node
    return Plain("x" * ceil(LETTERS_IN_EM * drawing(node.source, node.display).width))
