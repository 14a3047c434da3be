"""The answer key of a worksheet: what belongs into its blanks, in narrow columns on pages of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hitoe.sheet import packing
from hitoe.sheet.blocks import Block
from hitoe.sheet.echoes import Blank
from hitoe.sheet.packing import Span, Strip, TooHighError
from hitoe.typography.page_geometry import Geometry

GAP, STRETCH, MOST = 2.2, 7.0, 15.0
"""The room above a passage, and by how much it should and may grow for columns to end flush, in mm."""
CUT, CUT_CODE, LONELY = 12.0, 30.0, 18.0
"""What it costs to cut a passage, to do so within code, and on top to leave a line of it alone, in mm of white."""
CARES = (2.0, 1.0, 0.0)
"""How much cuts hurt, as in packing.flow: from what leaves most as it was after an edit to what saves most pages."""
DEEPEST = 12
"""How far a line of code is set in at most, in characters."""
PRACTICE = "practice"
"""The path of the table to note down how it went."""


@dataclass(frozen=True, slots=True)
class Line:
    """What no column break cuts: the number of a blank and its answer. Of code, it is a line; the first is numbered.

    `indent` is how many characters a line of code is set in; `path` is that of the item.
    """

    mark: str
    text: str
    code: bool
    path: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """The answers of a block, or what stands of them in one column; `gap` is the room above it, in mm."""

    block: Block
    lines: Sequence[Line]
    gap: float = 0.0
    continued: bool = False


@dataclass(frozen=True, slots=True)
class KeyPage:
    """A page of the key.

    `practice`: how many blanks there are, where a table stands to note down how they went, on the last page; else 0.
    """

    columns: Sequence[Sequence[Passage]]
    practice: int = 0
    version: str = ""

    @property
    def paths(self) -> list[str]:
        """What stands on the page, in order."""
        told = [passage.block.key for column in self.columns for passage in column]
        return [*told, *([PRACTICE] if self.practice else [])]

    @property
    def lines(self) -> list[Line]:
        """The lines on the page, in order."""
        return [line for column in self.columns for passage in column for line in passage.lines]

    @property
    def words(self) -> list[str]:
        """What is told on the page."""
        told = (passage for column in self.columns for passage in column)
        return [f"{each.block.number} {each.block.title.plain} {list(map(repr, each.lines))}" for each in told]

    @property
    def range(self) -> tuple[int, ...]:
        """The numbers of the first and the last block on the page, or of the only one."""
        numbers = [passage.block.number for column in self.columns for passage in column]
        return tuple(dict.fromkeys([numbers[0], numbers[-1]])) if numbers else ()


def everything(blocks: Sequence[Block], key: Mapping[str, Sequence[Blank]]) -> KeyPage:
    """Return one page with all answers in one column, to measure them."""
    told = [Passage(block, list(_lines(key[block.key]))) for block in blocks if key.get(block.key)]
    return KeyPage([told], practice=sum(map(len, key.values())))


def pages(whole: KeyPage, heights: Sequence[Sequence[float]], geometry: Geometry) -> list[KeyPage]:
    """Return the pages of the key.

    `heights` are those of each passage, in mm: of its title, of the title where it goes on, of each of its lines; and
    at the end that of the table.

    Raises:
        TooHighError: no column holds a line; `index` says which, of those of all passages.
    """
    [passages], [*measured, [practice]] = whole.columns, heights
    return _Key(passages, measured, geometry).pages(whole.practice, practice)


class _Key:
    """The strips of all passages, ready to be packed."""

    def __init__(self, passages: Sequence[Passage], heights: Sequence[Sequence[float]], geometry: Geometry) -> None:
        self._count, self._room = geometry.key_columns, geometry.room
        self._passages = passages
        self._places = [(at, line) for at, passage in enumerate(passages) for line in range(len(passage.lines))]
        self._strips = [
            strip for passage, own in zip(passages, heights, strict=True) for strip in _strips(passage.lines, own)
        ]

    def pages(self, total: int, table: float) -> list[KeyPage]:
        """Return the pages, of which the last has room for the table too, which is so high."""
        cut = (self._cut(care, table) for care in CARES)
        (*full, last), fits = min(cut, key=lambda each: len(each[0]) + (not each[1]))
        level = packing.level(self._strips, last, self._room - fits * table, self._count)
        pages = [*map(self._page, full), replace(self._page(level), practice=fits * total)]
        return pages if fits else [*pages, KeyPage([], practice=total)]

    def _cut(self, care: float, table: float) -> tuple[list[list[Span]], bool]:
        """Return the columns of each page, and whether the last page has room for the table too."""
        spans = packing.flow(self._strips, self._room, care)
        pages = [spans[at : at + self._count] for at in range(0, len(spans), self._count)]
        return pages, self._fits(self._strips[pages[-1][0].start :], self._room - table)

    def _fits(self, strips: Sequence[Strip], room: float) -> bool:
        try:
            return packing.fewest(strips, room) <= self._count
        except TooHighError:
            return False

    def _page(self, spans: Sequence[Span]) -> KeyPage:
        natural = [packing.height(self._strips, span) for span in spans]
        return KeyPage([self._column(span, max(natural) - own) for span, own in zip(spans, natural, strict=True)])

    def _column(self, span: Span, white: float) -> list[Passage]:
        parts = [list(part) for _, part in groupby(self._places[span.start : span.stop], lambda place: place[0])]
        between = max(0, len(parts) - 1)
        gaps = packing.stretch([GAP] * between, white, [max(STRETCH, min(MOST, white / max(1, between)))] * between)
        return [
            replace(
                self._passages[at],
                lines=self._passages[at].lines[first : first + len(part)],
                gap=gap,
                continued=first > 0,
            )
            for gap, part in zip([0.0, *gaps], parts, strict=False)
            for at, first in part[:1]
        ]


def _lines(blanks: Sequence[Blank]) -> Iterator[Line]:
    for blank in blanks:
        first, *others = blank.text.split("\n") if blank.code else [blank.text]
        yield Line(blank.mark, first, blank.code, blank.path)
        for text in others:
            bare = text.lstrip(" ")
            yield Line("", bare, blank.code, blank.path, min(len(text) - len(bare), DEEPEST))


def _strips(lines: Sequence[Line], heights: Sequence[float]) -> Iterator[Strip]:
    title, continued, *own = heights
    for index, (line, height) in enumerate(zip(lines, own, strict=True)):
        if not index:
            yield Strip(height=title + height, gap=GAP, give=STRETCH)
            continue
        hurt = (CUT if line.mark else CUT_CODE) + (LONELY if index in (1, len(lines) - 1) else 0.0)
        yield Strip(height=height, opening=continued, hurt=hurt)
