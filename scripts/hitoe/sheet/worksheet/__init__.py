"""The worksheet: a sheet to write answers on by hand, in a layout of its own; the answers are on its last pages.

Every answer of the items is a numbered blank; nothing else is left out. Blanks are numbered from 1 in each entry: so
their numbers are short, and a change to one entry changes no number in another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from hitoe.kinds.table import Table
from hitoe.model.project import CONTENT, Project
from hitoe.sheet import author_errors
from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import column_widths, measure, source_texts
from hitoe.sheet.layout.blocks import Block, BlockItem, Cut
from hitoe.sheet.layout.cells import HANDWRITTEN, CellWords
from hitoe.sheet.layout.column_widths import Columns
from hitoe.sheet.layout.pages import path
from hitoe.sheet.layout.validate import Expected
from hitoe.sheet.pdf import render
from hitoe.sheet.pdf.render import Job, Volume, version_code
from hitoe.sheet.worksheet import division
from hitoe.sheet.worksheet.blanks import EM, HALF, Blank, Blanks
from hitoe.sheet.worksheet.division import Piece
from hitoe.templating import Templates
from hitoe.text import Text
from hitoe.typography import line_breaking, own_fonts
from hitoe.typography.page_geometry import PAPERS
from hitoe.typography.printed_signs import Signs
from hitoe.workers import Workers

MOST_PAGES = 1_000_000
"""Of a volume."""
AROUND = 20.0
"""What is left and right of an item, in mm: margins, and the indent in worksheet.css."""
LEAST = (HALF + 0.5) / EM
"""The width of a cell that has room for a piece of a blank, in em."""

ABOVE = 40.0
"""What is above and below the rows of a table on a page beside its head, in mm: margins, a title, the table's name."""
BESIDE = 10.0
"""What is left and right of the words of a step, in mm; worksheet.css has the same."""
LINE = 1.38 * EM
"""The height of a line of text, in mm; worksheet.css has the same."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An item as printed with blanks."""

    path: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Exercises:
    """An entry as printed with blanks.

    `loose` has the paths of items, and the keys of entries for titles and answers, in which lines may end anywhere.
    """

    block: Block
    items: Sequence[Exercise]
    blanks: Sequence[Blank]
    loose: Collection[str]


class Worksheet:
    """The worksheet of the entries that a study sheet has."""

    def __init__(self, project: Project, blocks: Sequence[Block], kind: str, loose: Collection[str] = ()) -> None:
        """Take the blocks, the kind of the sheet, and the paths of what would else stand out of it.

        Raises:
            InputError: the head of a table is as high as a page.
        """
        self._project = project
        self._kind = kind
        self._loose = loose
        self._content = project.root / CONTENT
        width, height = PAPERS[project.deck.sheet.paper]
        self._line, self._lines = width - AROUND, (height - ABOVE) / LINE
        language, prose = project.deck.language, line_breaking.prose(project.deck.language)
        anywhere, in_code = line_breaking.anywhere, line_breaking.anywhere_in_code
        self._blanks = Blanks()
        around = {"blanks": self._blanks, "pictures": self._content, "tall": self._tall}
        self._templates = self._blanks.templates = Templates("worksheet", language, prose, line_breaking.code, **around)
        self._loosened = Templates("worksheet", language, anywhere, in_code, **around)
        self._answers = Templates("key", language, prose, line_breaking.narrow)
        self._loosened_answers = Templates("key", language, anywhere, in_code)
        self.entries = [self._exercises(block) for block in blocks]

    def job(self, memory: Cache, workers: Workers) -> Job:
        """Return what is to be printed.

        Raises:
            PrintError: WeasyPrint warns of something.
        """
        parts = division.volumes(self._pieces)
        counts = self._counts(parts, memory, workers) if len(parts) > 1 else [0]
        htmls = [
            self._html(parts, index, self._version, sum(counts[:index]), sum(counts)) for index in range(len(parts))
        ]
        volumes = [Volume(self._content, memory.folder, html, final=True) for html in htmls]
        return Job(volumes, self._expected, {})

    def _counts(self, parts: Sequence[Sequence[Piece]], memory: Cache, workers: Workers) -> list[int]:
        """Return how many pages each volume has: their numbers are known only when all are laid out."""
        volumes = [Volume(self._content, memory.folder, self._html(parts, index)) for index in range(len(parts))]
        keys = [memory.key(volume.html, *self._pictures) for volume in volumes]
        missing = {key: volume for key, volume in zip(keys, volumes, strict=True) if not _is_count(memory.get(key))}
        for key, count in zip(missing, workers.results(render.count, list(missing.values())), strict=True):
            memory.put(key, count)
        return [memory.get(key) for key in keys]

    def _html(
        self, parts: Sequence[Sequence[Piece]], index: int, version: str = "", start: int = 0, count: int = 0
    ) -> str:
        """Return the HTML of a volume; of `count` pages `start` come before it, where these are known."""
        deck = self._project.deck
        return self._templates.render(
            "worksheet/worksheet.html.j2",
            deck=deck,
            kind=self._kind,
            paper=PAPERS[deck.sheet.paper],
            line=self._line,
            version=version,
            start=start,
            count=count,
            entries=[piece for piece in parts[index] if not piece.key],
            key=[piece for piece in parts[index] if piece.key],
            first=index == 0,
            key_begins=not any(piece.key for part in parts[:index] for piece in part),
            last=index == len(parts) - 1,
            total=sum(len(entry.blanks) for entry in self.entries),
        )

    @cached_property
    def _pieces(self) -> list[Piece]:
        """All entries, then all answers."""
        asked = [self._of(entry.block.key).call("worksheet/entry.html.j2", "entry", entry) for entry in self.entries]
        answers = [
            (self._loosened_answers if entry.block.key in self._loose else self._answers).call(
                "worksheet/key.html.j2", "solved", entry
            )
            for entry in self.entries
        ]
        return [
            Piece(Markup(html), entry.block.topic, entry.block.opens, key)
            for key, htmls in ((False, asked), (True, answers))
            for html, entry in zip(htmls, self.entries, strict=True)
            if entry.blanks or not key
        ]

    @cached_property
    def _pictures(self) -> list[bytes]:
        blocks = [entry.block for entry in self.entries]
        return measure.pictures(blocks, [cut for block in blocks for cut in _cuts(block)], self._content)

    @cached_property
    def _version(self) -> str:
        entries = (piece.html for piece in self._pieces if not piece.key)
        return self._project.deck.version or version_code(
            *entries, *self._pictures, *own_fonts.read(self._content).digests
        )

    def _exercises(self, block: Block) -> Exercises:
        self._blanks.begin()
        items = [self._exercise(block, cut) for cut in _cuts(block)]
        return Exercises(block, items, self._blanks.made, self._loose)

    def _exercise(self, block: Block, cut: Cut) -> Exercise:
        table = cut.item if isinstance(cut.item, Table) else None
        self._blanks.begin_item(narrow=table is not None)
        if table:
            cut = replace(cut, piece=replace(cut.piece, columns=self._columns(table, block, cut.piece)))
        name = path(block, cut.piece)
        return Exercise(name, Markup(self._of(name).call("worksheet/entry.html.j2", "item", cut)))

    def _of(self, path: str) -> Templates:
        """Return the templates of what has a path."""
        return self._loosened if path in self._loose else self._templates

    def _columns(self, table: Table, block: Block, piece: BlockItem) -> Columns:
        """Return the columns of a table, wide enough for its blanks."""
        titles = [table.corner, *(head.title for head in table.live_columns.values())]
        lines = [list(map(CellWords, titles))]
        for key, row in table.live_rows.items():
            cells = [CellWords(table.labels[key])]
            for name in table.live_columns:
                answer = row.cells[name].answer if name in row.cells else None
                asked = answer is not None and table.direction(key, name) != "none"
                cells.append(self._blanks.cell(answer) if answer and asked else CellWords(answer))
            lines.append(cells)
        columns = column_widths.divided(lines, self._line / EM, LEAST)
        head, *rows = column_widths.heights(lines, columns.rooms)
        if head + HANDWRITTEN > self._lines:
            high = [words.lines(room) for words, room in zip(lines[0], columns.rooms, strict=True)]
            title = titles[high.index(head)]
            assert title
            raise author_errors.high_head(self._project, block, piece, title)
        # WeasyPrint loses the head of a table with a row that is higher than a page and may not be cut.
        return replace(columns, tall=frozenset(at for at, row in enumerate(rows, 1) if head + row > self._lines))

    def _tall(self, step: Text) -> bool:
        """Whether a step is higher than a page: steps that others stand beside are not cut."""
        return self._blanks.cell(step).lines((self._line - BESIDE) / EM) > self._lines

    @property
    def _expected(self) -> Expected:
        """What the pages must show: all words of the items, with the numbers of blanks for answers, and the answers."""
        texts, labels = {}, {}
        for entry in self.entries:
            texts[entry.block.key] = [source_texts.without_space(blank.mark) + blank.letters for blank in entry.blanks]
            for piece in entry.block.pieces:
                texts[path(entry.block, piece)] = list(source_texts.of_item(piece.item))
                labels[path(entry.block, piece)] = list(source_texts.of_figure(piece.item))
        return Expected(None, texts, labels, Signs(own_fonts.read(self._content).characters))


def _cuts(block: Block) -> list[Cut]:
    """Return the items of a block, whole."""
    return [Cut(piece, 0, piece.strips) for piece in block.pieces]


def _is_count(value: Any) -> bool:
    """Whether what the cache has is a count of pages: it may come with a stranger's project."""
    return type(value) is int and 0 < value <= MOST_PAGES
