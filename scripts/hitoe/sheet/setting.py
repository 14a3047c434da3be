"""Setting the sheet: the largest letters with which it has no more pages than with the smallest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from sys import maxsize
from typing import Any
from urllib.parse import quote

from hitoe.problems import InputError, Position, Problem
from hitoe.project import CONTENT, Project
from hitoe.sheet import blocks, composing, phrases
from hitoe.sheet.blanks import Blank, Blanked
from hitoe.sheet.blocks import Block, Piece
from hitoe.sheet.fragments import Face
from hitoe.sheet.kept import Kept
from hitoe.sheet.levels import Levels, highest, levels
from hitoe.sheet.packing import TooHighError
from hitoe.sheet.pages import Page, Sheet, everything
from hitoe.sheet.press import Copy, Press
from hitoe.sheet.printer import Printer, PrintError
from hitoe.sheet.surveying import Survey
from hitoe.templating import Templates

SIZES = tuple(size / 10 for size in range(70, 81))
"""Sizes of the letters, in pt."""
FIRST = 7.5
"""The size that is measured first, unless there are so MANY strips, for then a tenth of a point takes a page."""
MANY = 1000
CODE = 0.94
"""The size of code beside that of prose, for its letters look larger; yet never below the smallest."""
COLOUR, VANISH, MASK, WORKSHEET = EDITIONS = ("colour", "vanish", "mask", "worksheet")
MEASURED = (COLOUR, WORKSHEET)
"""The other editions differ from the colour edition in nothing that takes room."""
TEXT_COLOURS = ("#ff9a3d", "#ff8c2b", "#ff7a1a", "#ff6a00", "#ff5a36", "#ff4d4d", "#ff66a3", "#e60012")
BAND_COLOURS = ("#00a99d", "#00a651", "#009fb3", "#008c80", "#00b3a4")
CHOSEN = ("#ff7a1a", "#00a99d")
"""Colours that a printer is tried with, and those that the editions have."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The blocks with letters of one size: packed, how high each item is, and what a worksheet blanks."""

    sheet: Sheet
    levels: Levels
    blanked: Blanked


class Setting:
    """The blocks of a project on their way to paper."""

    def __init__(self, project: Project, printer: Printer, kept: Kept, done: Callable[[], None] = lambda: None) -> None:
        self.printer = printer
        self._project = project
        self._blocks = blocks.blocks(project)
        language = project.deck.language
        self._templates = Templates("sheet", language, written=phrases.prose(language), literal=phrases.code)
        self._survey = Survey(printer, kept, project.root / CONTENT, done)
        self._press = Press(printer, kept, project.root / CONTENT, done)
        self._measured: dict[float, Measured] = {}

    def printed(self, editions: Sequence[str] = EDITIONS) -> dict[str, bytes]:
        """Return the PDFs of editions.

        Raises:
            InputError: an item is higher than a column.
            PrintError: WeasyPrint complains, or something would be lost.
        """
        size, count = self._largest()
        pages = self._measured[size].sheet.pages(count)
        return self._press.printed({edition: self._copy(pages, size, edition) for edition in editions}, self._specimen)

    def fitted(self, edition: str = COLOUR) -> Any:
        """Return the document laid out from all pages of an edition, and proofread; raises as `printed` does."""
        copy = self._whole(edition)
        return self._press.laid_out(copy, range(len(copy.sheet.parts)))

    def html(self, edition: str = COLOUR) -> str:
        """Return the HTML of all pages of an edition; raises as `printed` does."""
        copy = self._whole(edition)
        parts = range(len(copy.sheet.parts))
        return self.printer.text(copy.sheet.some(parts), self._press.preparation(copy, parts))

    def calibration(self) -> bytes:
        """Return the page on which colours are tried with a printer and a red sheet, as PDF."""
        html = self._templates.render(
            "sheet/calibration.html.j2",
            deck=self._project.deck,
            text_colours=TEXT_COLOURS,
            band_colours=BAND_COLOURS,
            chosen=CHOSEN,
        )
        return self.printer.printed(self.printer.laid_out(html), sha256(html.encode()).digest()[:16])

    def revealed(self) -> list[Problem]:
        """Return a warning for each answer that can be read on the worksheet: it stands elsewhere in its block."""
        size, _ = self._largest()
        return sorted(set(map(self._revealed, self._measured[size].blanked.revealed)))

    def _whole(self, edition: str) -> Copy:
        size, count = self._largest()
        copy = self._copy(self._measured[size].sheet.pages(count), size, edition)
        return copy.numbered(count)

    def _copy(self, pages: Sequence[Page], size: float, edition: str) -> Copy:
        sheet = composing.composed(self._html(pages, size, edition))
        return Copy(sheet, pages, self._measured[size].levels, blank=edition == WORKSHEET)

    def _specimen(self, edition: str, faces: Sequence[Face]) -> str:
        return self._templates.render("sheet/specimen.html.j2", deck=self._project.deck, edition=edition, faces=faces)

    def _largest(self) -> tuple[float, int]:
        """Return the largest size that takes no more pages than the smallest, and how many pages that are.

        Sizes that were not measured are estimated from the nearest that was; the one that is returned was measured.
        """
        strips = sum(piece.strips for block in self._blocks for piece in block.pieces)
        self._measure(FIRST if strips < MANY else SIZES[0])
        if self._pages_needed(SIZES[0]) == maxsize:
            self._measure(SIZES[0])
        count = self._pages_needed(SIZES[0])
        while True:
            size = max((size for size in SIZES if self._pages_needed(size) <= count), default=SIZES[0])
            if size in self._measured:
                return size, self._pages_needed(size)
            self._measure(size)
            count = max(count, self._pages_needed(SIZES[0]))

    def _pages_needed(self, size: float) -> int:
        """Return how many pages letters of a size take; `maxsize` if an item is then higher than a column."""
        nearest = min(self._measured, key=lambda measured: abs(measured - size))
        sheet = self._measured[nearest].sheet
        try:
            return sheet.pages_needed(size / nearest)
        except TooHighError as error:
            if nearest == SIZES[0]:
                raise self._too_high(sheet, error.index) from None
            return maxsize

    def _measure(self, size: float) -> None:
        """Measure the blocks with letters of a size, unless that was done."""
        if size in self._measured:
            return
        pages = everything(self._blocks)
        texts = {edition: self._html(pages, size, edition, measuring=True) for edition in MEASURED}
        try:
            found = self._survey.measured(self._blocks, texts, blanked=WORKSHEET)
        except PrintError as error:
            raise self._unreadable_picture(str(error)) or error from None
        most = highest([height for height, _ in found.values()])
        self._measured[size] = Measured(Sheet(self._blocks, most), levels(self._blocks, most), found[WORKSHEET][1])

    def _unreadable_picture(self, complaint: str) -> InputError | None:
        for block in self._blocks:
            for piece in block.pieces:
                image = piece.item.image
                if image and f"/{quote(image.file)}'" in complaint:
                    at = self._at(block, piece, "image", "file")
                    return InputError([Problem(at, f"'{image.file}' cannot be read as a picture: save it anew")])
        return None

    def _at(self, block: Block, piece: Piece, *loc: str) -> Position:
        return self._project.at(block.file, "entries", block.key, "items", piece.key, *loc, key=not loc)

    def _html(self, pages: Sequence[Page], size: float, edition: str, *, measuring: bool = False) -> str:
        key: Mapping[str, Sequence[Blank]] = {}
        if edition == WORKSHEET and not measuring:
            key = self._measured[size].blanked.key
        return self._templates.render(
            "sheet/sheet.html.j2",
            deck=self._project.deck,
            edition=edition,
            pages=pages,
            size=size,
            code_size=round(max(SIZES[0], size * CODE), 2),
            measuring=measuring,
            key=[(block, key[block.key]) for block in self._blocks if key.get(block.key)],
            total=sum(map(len, key.values())),
        )

    def _revealed(self, blank: Blank) -> Problem:
        places = {f"{block.key}.{piece.key}": (block, piece) for block in self._blocks for piece in block.pieces}
        words = " ".join(blank.text.split())
        message = f"on the worksheet the answer '{words}' can be read elsewhere in its block: reword one of the two"
        return Problem(self._at(*places[blank.path]), message)

    def _too_high(self, sheet: Sheet, index: int) -> InputError:
        place = sheet.places[index]
        block = self._blocks[place.block]
        at = self._at(block, block.pieces[place.piece])
        return InputError([Problem(at, "higher than a column of the sheet: split the item, or mark it `tier: extra`")])
