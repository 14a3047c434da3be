"""Setting the sheet: the largest letters with which it has no more pages than with the smallest."""

from collections.abc import Sequence
from sys import maxsize
from typing import Any
from urllib.parse import quote

from hitoe.problems import InputError, Position, Problem
from hitoe.project import Project
from hitoe.sheet import blocks, phrases, proof
from hitoe.sheet.blocks import Block, Piece
from hitoe.sheet.measuring import heights
from hitoe.sheet.packing import TooHighError
from hitoe.sheet.pages import Page, Sheet, everything
from hitoe.sheet.printer import Printer, PrintError
from hitoe.templating import Templates

SIZES = tuple(size / 10 for size in range(70, 81))
"""Sizes of the letters, in pt."""
FIRST = 7.5
"""The size that is measured first."""
CODE = 0.94
"""The size of code beside that of prose, for its letters look larger; yet never below the smallest."""
EDITION = "colour"


class Setting:
    """The blocks of a project on their way to paper."""

    def __init__(self, project: Project, printer: Printer) -> None:
        self.printer = printer
        self._project = project
        self._blocks = blocks.blocks(project)
        language = project.deck.language
        self._templates = Templates("sheet", language, written=phrases.prose(language), literal=phrases.code)
        self._measured: dict[float, Sheet] = {}

    def fitted(self) -> tuple[str, Any]:
        """Return the HTML of the sheet, and the document laid out from it and proofread.

        Raises:
            InputError: an item is higher than a column.
            PrintError: WeasyPrint complains, or something would be lost.
        """
        size, count = self._largest()
        pages = self._sheet(size).pages(count)
        html = self._html(pages, size)
        document = self.printer.laid_out(html)
        proof.read(document, pages)
        return html, document

    def _largest(self) -> tuple[float, int]:
        """Return the largest size that takes no more pages than the smallest, and how many pages that are.

        Sizes that were not measured are estimated from the nearest that was; the one that is returned was measured.
        """
        self._sheet(FIRST)
        if self._pages_needed(SIZES[0]) == maxsize:
            self._sheet(SIZES[0])
        count = self._pages_needed(SIZES[0])
        while True:
            size = max((size for size in SIZES if self._pages_needed(size) <= count), default=SIZES[0])
            if size in self._measured:
                return size, self._pages_needed(size)
            self._sheet(size)
            count = max(count, self._pages_needed(SIZES[0]))

    def _pages_needed(self, size: float) -> int:
        """Return how many pages letters of a size take; `maxsize` if an item is then higher than a column."""
        nearest = min(self._measured, key=lambda measured: abs(measured - size))
        try:
            return self._measured[nearest].pages_needed(size / nearest)
        except TooHighError as error:
            if nearest == SIZES[0]:
                raise self._too_high(self._measured[nearest], error.index) from None
            return maxsize

    def _sheet(self, size: float) -> Sheet:
        """Return the blocks as high as they are with letters of a size, which is measured once."""
        if size not in self._measured:
            document = self._laid_out(self._html(everything(self._blocks), size, measuring=True))
            self._measured[size] = Sheet(self._blocks, heights(document.pages[0]._page_box, self._blocks))
        return self._measured[size]

    def _laid_out(self, html: str) -> Any:
        try:
            return self.printer.laid_out(html)
        except PrintError as error:
            raise self._unreadable_picture(str(error)) or error from None

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

    def _html(self, pages: Sequence[Page], size: float, *, measuring: bool = False) -> str:
        return self._templates.render(
            "sheet/sheet.html.j2",
            deck=self._project.deck,
            edition=EDITION,
            pages=pages,
            size=size,
            code_size=round(max(SIZES[0], size * CODE), 2),
            measuring=measuring,
        )

    def _too_high(self, sheet: Sheet, index: int) -> InputError:
        place = sheet.places[index]
        block = self._blocks[place.block]
        at = self._at(block, block.pieces[place.piece])
        return InputError([Problem(at, "higher than a column of the sheet: split the item, or mark it `tier: extra`")])
