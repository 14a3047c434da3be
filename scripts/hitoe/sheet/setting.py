"""Setting the sheet: its blocks, fitted and packed, become the pages of each edition."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from hashlib import sha256
from html import unescape
from typing import Any

from hitoe.model.project import CONTENT, Project
from hitoe.problems import PrintError, Problem
from hitoe.sheet import answers, blocks, composing
from hitoe.sheet.answers import KeyPage
from hitoe.sheet.blanks import Worksheet
from hitoe.sheet.blocks import Block
from hitoe.sheet.complaints import Complaints
from hitoe.sheet.fitting import Fitting, Measured
from hitoe.sheet.fragments import Face
from hitoe.sheet.kept import Kept, pack
from hitoe.sheet.packing import TooHighError
from hitoe.sheet.pages import Page, everything
from hitoe.sheet.press import Copy, Press
from hitoe.sheet.printer import Printer
from hitoe.sheet.selections import DIGEST, Selection, whole
from hitoe.sheet.surveying import Survey
from hitoe.templating import Templates
from hitoe.typography import line_breaking
from hitoe.typography.page_geometry import SMALLEST, TABLE_SIZE

EVERYTHING = whole(blocks.A4)
CODE = 0.94
"""The size of code beside that of prose, for its letters look larger; yet never below the smallest."""
COLOUR, VANISH, MASK, WORKSHEET = EDITIONS = ("colour", "vanish", "mask", "worksheet")
TEXT_COLOURS = ("#ff9a3d", "#ff8c2b", "#ff7a1a", "#ff6a00", "#ff5a36", "#ff4d4d", "#ff66a3", "#e60012")
BAND_COLOURS = ("#00a99d", "#00a651", "#009fb3", "#008c80", "#00b3a4")
CHOSEN = ("#ff7a1a", "#00a99d")
"""Colours that a printer is tried with, and those that the editions have."""


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
        self._kept = kept
        self._project = project
        self.selection = selection
        self._divided = cache(self._divided_for)
        self._blocks = self._divided(TABLE_SIZE)
        self._complaints = Complaints(project, selection, self._blocks)
        language, content = project.deck.language, project.root / CONTENT
        self._templates = Templates(
            "sheet",
            language,
            written=line_breaking.prose(language),
            literal=line_breaking.code,
            narrow=line_breaking.narrow,
        )
        self._survey = Survey(printer, kept, content, done)
        around = self._templates.call("sheet/head.html.j2", "furniture", project.deck, selection.kind, WORKSHEET)
        self._fitting = Fitting(
            selection.geometry, self._divided, self._column, self._survey, self._complaints, unescape(around)
        )
        self._press = Press(printer, kept, content, done)

    def printed(self, editions: Sequence[str] = EDITIONS) -> dict[str, bytes]:
        """Return the PDFs of editions.

        Raises:
            InputError: an item is higher than a column, or a picture cannot be read.
            PrintError: WeasyPrint complains, or something would be lost.
        """
        pages = self._pages()
        copies = {edition: self._copy(pages, edition) for edition in editions}
        try:
            return self._press.printed(copies, self._specimen)
        except PrintError as error:  # drawings are read when a page is drawn, other pictures when it is laid out
            raise self._complaints.unreadable_picture(str(error)) or error from None

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
        name = self._kept.name("calibration", html)
        if self._kept.missing([name]):
            pdf = self.printer.printed(self.printer.laid_out(html), sha256(html.encode()).digest()[:16])
            self._kept.put(name, pack(pdf))
        content: bytes = self._kept.get(name)
        return content

    @property
    def blanked(self) -> Worksheet:
        """What is blanked and hidden on the worksheet; raises as `printed` does."""
        return self._measured.worksheet

    def revealed(self) -> list[Problem]:
        """Return a warning for each answer that can be read on the worksheet: it stands elsewhere in its block."""
        return self._complaints.revealed(self.blanked.revealed)

    @cached_property
    def _measured(self) -> Measured:
        return self._fitting.largest()

    def _whole(self, edition: str) -> Copy:
        return self._copy(self._pages(), edition)

    def _pages(self) -> list[Page]:
        """Return the pages, each with its version."""
        column, version = self._measured.column, self._project.deck.version
        signs = {
            block.key: composing.sign(part, *composing.pictures([part], self._project.root / CONTENT))
            for block, part in zip(column.blocks, column.sheet.parts, strict=True)
        }
        sheet, key = self._measured.sheet, self.blanked.key
        marks = {blank.path: "" for each in key.values() for blank in each}
        for blank in (blank for each in key.values() for blank in each):
            marks[blank.path] += f" {blank.mark}"
        pages = sheet.pages(self._measured.most)
        return [replace(page, version=version or _sign(page, signs, marks)) for page in pages]

    def _copy(self, pages: Sequence[Page], edition: str) -> Copy:
        worksheet = self.blanked if edition == WORKSHEET else None
        key = self._key(worksheet) if worksheet else []
        sheet = composing.composed(self._html(pages, self._measured.size, edition, key))
        measured, alike = self._measured, WORKSHEET if worksheet else COLOUR
        return Copy(sheet, pages, key, measured.levels, measured.own[alike], measured.loose[alike], worksheet)

    def _key(self, worksheet: Worksheet) -> list[KeyPage]:
        """Return the pages on which a worksheet's answers are told, each with its version."""
        if not any(worksheet.key.values()):
            return []
        whole, version = answers.everything(self._blocks, worksheet.key), self._project.deck.version
        column = composing.composed(self._html([], self._measured.size, WORKSHEET, [whole], measuring=True))
        heights = self._survey.heights(column)
        try:
            pages = answers.pages(whole, heights, self.selection.geometry)
        except TooHighError as error:
            raise self._complaints.too_high_answer(whole.lines[error.index].path) from None
        return [replace(page, version=version or composing.sign(*page.words)) for page in pages]

    def _column(self, divided: Sequence[Block], size: float, edition: str) -> str:
        """Return the HTML of one column with all blocks whole, to measure them."""
        return self._html(everything(divided), size, edition, measuring=True)

    def _specimen(self, edition: str, faces: Sequence[Face]) -> str:
        return self._templates.render(
            "sheet/specimen.html.j2",
            deck=self._project.deck,
            kind=self.selection.kind,
            edition=edition,
            faces=faces,
        )

    def _divided_for(self, size: float) -> Sequence[Block]:
        """Return the blocks, their tables divided for letters of a size."""
        chosen = self.selection
        return blocks.blocks(self._project, chosen.geometry, size, chosen.wanted, sources=chosen.kind != DIGEST)

    def _html(
        self,
        pages: Sequence[Page],
        size: float,
        edition: str,
        key: Sequence[KeyPage] = (),
        *,
        measuring: bool = False,
    ) -> str:
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
            key=key,
        )


def _sign(page: Page, signs: Mapping[str, str], marks: Mapping[str, str]) -> str:
    """Return a sign of what stands on a page, and which numbers its blanks have: the same in all editions."""
    parts = [part for column in page.columns for part in column]
    cuts = ((part, cut, part.path(cut)) for part in parts for cut in part.cuts)
    return composing.sign(
        *(f"{path} {cut.start} {cut.stop} {signs[part.block.key]}{marks.get(path, '')}" for part, cut, path in cuts)
    )
