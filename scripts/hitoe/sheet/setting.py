"""Setting the sheet: the largest letters with which it has no more pages than with the smallest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from sys import maxsize
from typing import Any

from hitoe.paper import SMALLEST, TABLE_SIZE
from hitoe.problems import Problem
from hitoe.project import CONTENT, Project
from hitoe.sheet import blocks, composing, phrases
from hitoe.sheet.blanks import Blanked
from hitoe.sheet.blocks import Block
from hitoe.sheet.complaints import Complaints
from hitoe.sheet.echoes import Blank
from hitoe.sheet.fragments import Face
from hitoe.sheet.kept import Kept
from hitoe.sheet.levels import Levels, highest, levels
from hitoe.sheet.packing import TooHighError
from hitoe.sheet.pages import Page, Sheet, everything
from hitoe.sheet.press import Copy, Press
from hitoe.sheet.printer import Printer, PrintError
from hitoe.sheet.selections import DIGEST, Selection, whole
from hitoe.sheet.surveying import Survey
from hitoe.templating import Templates

FIRST = 7.5
"""The size that is measured first where there is a choice."""
MANY = 800
"""So many strips, some fourteen pages, have the smallest letters unless the author says how many pages there may be:

a tenth of a point then takes a quarter of a page, larger letters would fill the last page to the brim, and one more
word would set all pages anew, smaller.
"""
EVERYTHING = whole(blocks.A4)
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
    """The blocks with letters of one size: packed, how high each item is, what a worksheet blanks, and their signs."""

    sheet: Sheet
    levels: Levels
    blanked: Blanked
    signs: Mapping[str, str]


class Setting:
    """The blocks of a project on their way to paper."""

    def __init__(
        self,
        project: Project,
        printer: Printer,
        kept: Kept,
        done: Callable[[], None] = lambda: None,
        selection: Selection = EVERYTHING,
    ) -> None:
        self.printer = printer
        self._project = project
        self.selection = selection
        self._blocks = self._divided(TABLE_SIZE)
        strips = sum(piece.strips for block in self._blocks for piece in block.pieces)
        free = selection.geometry.pages is not None or strips < MANY
        self._sizes = selection.geometry.sizes if free else selection.geometry.sizes[:1]
        self._complaints = Complaints(project, selection, self._blocks)
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
        size, pages = self._pages()
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
        return self._complaints.revealed(self._measured[size].blanked.revealed)

    def _whole(self, edition: str) -> Copy:
        size, pages = self._pages()
        return self._copy(pages, size, edition).numbered(len(pages))

    def _pages(self) -> tuple[float, list[Page]]:
        """Return the size of the letters, and the pages, each with its version."""
        size, count = self._largest()
        signs, version = self._measured[size].signs, self._project.deck.version
        pages = self._measured[size].sheet.pages(count)
        return size, [replace(page, version=version or _sign(page, signs)) for page in pages]

    def _copy(self, pages: Sequence[Page], size: float, edition: str) -> Copy:
        sheet = composing.composed(self._html(pages, size, edition))
        measured = self._measured[size]
        return Copy(sheet, pages, measured.levels, measured.blanked if edition == WORKSHEET else None)

    def _specimen(self, edition: str, faces: Sequence[Face]) -> str:
        return self._templates.render(
            "sheet/specimen.html.j2",
            deck=self._project.deck,
            kind=self.selection.kind,
            edition=edition,
            faces=faces,
        )

    def _divided(self, size: float) -> list[Block]:
        """Return the blocks, their tables divided for letters of a size."""
        chosen = self.selection
        return blocks.blocks(self._project, chosen.geometry, size, chosen.wanted, sources=chosen.kind != DIGEST)

    def _largest(self) -> tuple[float, int]:
        """Return the largest size that takes no more pages than there may be, and how many pages it takes.

        There may be as many as the author says, else as the smallest size takes. Sizes that were not measured are
        estimated from the nearest that was; the one that is returned was measured.
        """
        smallest, most = self._sizes[0], self.selection.geometry.pages
        self._measure(max(FIRST, smallest) if len(self._sizes) > 1 else smallest)
        if self._pages_needed(smallest) == maxsize:
            self._measure(smallest)
        count = most or self._pages_needed(smallest)
        while True:
            size = max((size for size in self._sizes if self._pages_needed(size) <= count), default=smallest)
            if size in self._measured:
                break
            self._measure(size)
            count = most or max(count, self._pages_needed(smallest))
        if self._pages_needed(size) > count:
            raise self._complaints.too_many_pages(self._measured[size].sheet)
        return size, self._pages_needed(size)

    def _pages_needed(self, size: float) -> int:
        """Return how many pages letters of a size take; `maxsize` if an item is then higher than a column."""
        nearest = min(self._measured, key=lambda measured: abs(measured - size))
        sheet = self._measured[nearest].sheet
        try:
            return sheet.pages_needed(size / nearest)
        except TooHighError as error:
            if nearest == self._sizes[0]:
                raise self._complaints.too_high(sheet, error.index) from None
            return maxsize

    def _measure(self, size: float) -> None:
        """Measure the blocks with letters of a size, unless that was done."""
        if size in self._measured:
            return
        divided = self._blocks if size <= TABLE_SIZE else self._divided(size)
        pages = everything(divided)
        texts = {edition: self._html(pages, size, edition, measuring=True) for edition in MEASURED}
        try:
            heights, blanked = self._survey.measured(divided, texts, WORKSHEET, reach=self.selection.geometry.holds)
        except PrintError as error:
            raise self._complaints.unreadable_picture(str(error)) or error from None
        sheet = composing.composed(texts[COLOUR])
        content = self._project.root / CONTENT
        signs = {
            block.key: composing.sign(part, *composing.pictures([part], content))
            for block, part in zip(divided, sheet.parts, strict=True)
        }
        most = highest(heights)
        self._measured[size] = Measured(
            Sheet(divided, most, self.selection.geometry), levels(divided, most), blanked, signs
        )

    def _html(self, pages: Sequence[Page], size: float, edition: str, *, measuring: bool = False) -> str:
        key: Mapping[str, Sequence[Blank]] = {}
        if edition == WORKSHEET and not measuring:
            key = self._measured[size].blanked.key
        return self._templates.render(
            "sheet/sheet.html.j2",
            deck=self._project.deck,
            edition=edition,
            kind=self.selection.kind,
            geometry=self.selection.geometry,
            pages=pages,
            size=size,
            code_size=round(max(SMALLEST, size * CODE), 2),
            measuring=measuring,
            key=[(block, key[block.key]) for block in self._blocks if key.get(block.key)],
            total=sum(map(len, key.values())),
            key_version=self._project.deck.version or composing.sign(repr(key)),
        )


def _sign(page: Page, signs: Mapping[str, str]) -> str:
    """Return a sign of what stands on a page, the same in all editions and with letters of any size."""
    parts = [part for column in page.columns for part in column]
    return composing.sign(
        *(f"{part.path(cut)} {cut.start} {cut.stop} {signs[part.block.key]}" for part in parts for cut in part.cuts)
    )
