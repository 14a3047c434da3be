"""The study sheet of a selection of the notes: blocks are measured, fitted and packed, and then printed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from html import unescape
from itertools import chain, islice

from markupsafe import Markup

from hitoe.model.project import CONTENT, Project
from hitoe.problems import PrintError
from hitoe.sheet.author_errors import AuthorErrors
from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import blocks, font_size, measure, pages, source_texts, validate
from hitoe.sheet.layout.blocks import ANYWHERE, LOOSE, Block, Cut
from hitoe.sheet.layout.font_size import Fitted
from hitoe.sheet.layout.measure import Measure
from hitoe.sheet.layout.pages import BlockPart, Layout, Page
from hitoe.sheet.layout.validate import Expected
from hitoe.sheet.pdf import render
from hitoe.sheet.pdf.inks import INKS
from hitoe.sheet.pdf.render import WORKSHEET, Job, Laid, Volume
from hitoe.sheet.selections import DIGEST, Selection, whole
from hitoe.sheet.worksheet import Worksheet
from hitoe.templating import Templates
from hitoe.typography import line_breaking, own_fonts
from hitoe.typography.page_geometry import SMALLEST, TABLE_SIZE
from hitoe.typography.printed_signs import Signs
from hitoe.workers import Workers

ALONE = Workers()
EVERYTHING = whole(blocks.A4)
VOLUME = 10
"""Pages that are laid out at once: more would take too much memory."""
CODE = 0.94
"""The size of code beside that of prose, for its letters look larger; yet never below the smallest."""


def printed(
    sheets: Sequence["StudySheet"], editions: Sequence[str] = INKS, workers: Workers = ALONE
) -> Iterator[dict[str, bytes]]:
    """Yield the PDFs of each sheet by file name: those that are laid out once together.

    Raises:
        InputError: something in the notes cannot be printed.
        PrintError: WeasyPrint warns of something, or something would be lost.
    """
    try:
        colours = [edition for edition in editions if edition in INKS]
        worksheets = [[sheet.worksheet()] if WORKSHEET in editions else [] for sheet in sheets]
        if all(len(job.volumes) == 1 for job in chain(*worksheets)):
            # Worksheets take longest. To measure the blocks of large study sheets takes as long, and all processes.
            workers.begin(render.laid_out, _volumes(chain(*worksheets)))
        studies = [[sheet.job(colours)] if colours else [] for sheet in sheets]
        jobs = [(sheet, job) for sheet, *its in zip(sheets, studies, worksheets, strict=True) for job in chain(*its)]
        laid = workers.results(render.laid_out, _volumes(job for _, job in jobs))
        for sheet, job in jobs:
            # No name for the volumes: they would stay in memory while the next ones are laid out.
            pdfs = sheet.editions(job, list(islice(laid, len(job.volumes))))
            yield {sheet.file_name(edition): pdf for edition, pdf in pdfs.items()}
    except PrintError as error:  # pictures in SVG are read when a page is drawn, others when it is laid out
        mistakes = (sheet.errors.unreadable_picture(str(error)) for sheet in sheets)
        raise next(filter(None, mistakes), error) from None


class StudySheet:
    """A sheet on its way to paper; it is laid out once, and printed in the inks of each edition."""

    def __init__(
        self,
        project: Project,
        memory: Cache,
        workers: Workers = ALONE,
        selection: Selection = EVERYTHING,
    ) -> None:
        self.selection = selection
        self._project = project
        self._content = project.root / CONTENT
        self._cache = memory
        self._divided = cache(self._divided_for)
        self.errors = AuthorErrors(project, selection, self._divided(TABLE_SIZE))
        language = project.deck.language
        loose = {
            how: Templates(
                "sheet",
                language,
                written=partial(write, longest=selection.geometry.word),
                literal=partial(write, longest=selection.geometry.word, advance=line_breaking.mono),
                pictures=self._content,
            )
            for how, write in ((LOOSE, line_breaking.broken), (ANYWHERE, line_breaking.anywhere))
        }

        def loosened(macro: str, part: BlockPart | Cut, *values: bool) -> Markup:
            return Markup(loose[part.loose].call("sheet/block.html.j2", macro, part, *values))

        self._templates = Templates(
            "sheet",
            language,
            written=line_breaking.prose(language),
            literal=line_breaking.code,
            loosened=loosened,
            pictures=self._content,
        )
        self._block_htmls: dict[tuple[int, tuple[tuple[str, int], ...]], str] = {}
        self._workers = workers

    def file_name(self, edition: str) -> str:
        """Return the name of the PDF of an edition."""
        return f"{self._project.deck.key}{self.selection.ending(edition)}.pdf"

    def worksheet(self, loose: Collection[str] = ()) -> Job:
        """Return what is to be printed for the worksheet, in whose tables the words of some items may be parted.

        Raises:
            PrintError: WeasyPrint warns of something.
        """
        worksheet = Worksheet(self._project, self._divided(TABLE_SIZE), self.selection.kind, loose)
        return worksheet.job(self._cache, self._workers)

    def job(self, editions: Sequence[str] = INKS) -> Job:
        """Return what is to be printed for editions.

        Raises:
            InputError: an item is higher than a column, there are too many, or a picture cannot be read.
            PrintError: WeasyPrint warns of something.
        """
        titles = {edition: self._title(edition) for edition in editions}
        starts = range(0, len(self.pages), VOLUME)
        volumes = [Volume(self._content, self._cache.folder, self.html(at, at + VOLUME)) for at in starts]
        return Job(volumes, self._expected, titles)

    def editions(self, job: Job, volumes: list[Laid]) -> dict[str, bytes]:
        """Return the PDFs by edition, of volumes that are laid out.

        Raises:
            InputError: a table of the worksheet has more columns than there is room for, or words have no place where
                a line may end.
            PrintError: something would be lost.
        """
        wide = _too_wide(volumes)
        if wide and not job.titles:
            job = self.worksheet(wide)
            volumes = list(map(render.laid_out, job.volumes))
            wide = _too_wide(volumes)
        if error := self.errors.too_wide(wide, worksheet=not job.titles):
            raise error
        return render.editions(job, volumes)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages, each with its version; raises as `job` does."""
        layout = self.fitted.layout.pages(self.fitted.pages)
        return [replace(page, version=self._project.deck.version or self._version_code(page)) for page in layout]

    @cached_property
    def fitted(self) -> Fitted:
        """The size of the letters, and the blocks measured with it; raises as `job` does."""
        strips = sum(piece.strips for block in self._divided(TABLE_SIZE) for piece in block.pieces)
        try:
            return font_size.largest(self.selection.geometry, strips, self._measured, self.errors)
        except PrintError as error:
            raise self.errors.unreadable_picture(str(error)) or error from None

    def html(self, start: int = 0, stop: int | None = None) -> str:
        """Return the HTML of the pages from `start` up to, not including, `stop`; raises as `job` does."""
        some = self.pages[start:stop]
        return self._document(self.fitted.size, some, start=start, count=len(self.pages), gaps=pages.gaps(some))

    def _title(self, edition: str) -> str:
        title = self._templates.call("sheet/head.html.j2", "title", self._project.deck, self.selection.kind, edition)
        return unescape(title)

    def _measured(self, size: float) -> Layout:
        """Return the blocks measured with letters of a size."""
        divided = self._divided(max(size, TABLE_SIZE))

        def document(parts: Sequence[str]) -> str:
            return self._document(size, measured=list(map(Markup, parts)))

        found = Measure(self._cache, self._content, self._block_html, document, self._workers).blocks(divided)
        loose = {path: how for each in found for path, how in each.loose.items()}
        return Layout(divided, [each.height for each in found], self.selection.geometry, loose)

    def _block_html(self, block: Block, loose: Mapping[str, int]) -> str:
        """Return the HTML of a block as it is measured, in which the items with some paths are loose."""
        key = id(block), tuple(loose.items())  # blocks live as long as this, in _divided
        if key not in self._block_htmls:
            whole_block = pages.whole(block, loose)
            self._block_htmls[key] = self._templates.call("sheet/block.html.j2", "part", whole_block, True)
        return self._block_htmls[key]

    def _document(self, size: float, pages: Sequence[Page] = (), **more: object) -> str:
        """Return the HTML of a document: of pages, or of blocks that are measured."""
        return self._templates.render(
            "sheet/sheet.html.j2",
            deck=self._project.deck,
            kind=self.selection.kind,
            geometry=self.selection.geometry,
            size=size,
            code_size=round(max(SMALLEST, size * CODE), 2),
            pages=pages,
            **{"start": 0, "count": 0, "gaps": (), "measured": (), **more},
        )

    def _divided_for(self, size: float) -> Sequence[Block]:
        """Return the blocks, their tables divided for letters of a size."""
        chosen = self.selection
        return blocks.blocks(self._project, chosen.geometry, size, chosen.wanted, sources=chosen.kind != DIGEST)

    @property
    def _expected(self) -> Expected:
        """What the pages must show: all items of the source that are selected."""
        wanted = {
            f"{placed.key}.{key}": item
            for placed, key, item in self._project.live_items()
            if item.on_sheet and self.selection.wanted(placed, item)
        }
        return Expected(
            pages=[[(path, cut.stop - cut.start) for path, cut in page.cuts] for page in self.pages],
            texts={path: list(source_texts.of_item(item)) for path, item in wanted.items()},
            labels={path: list(source_texts.of_figure(item)) for path, item in wanted.items() if item.figure},
            signs=Signs(own_fonts.read(self._content).characters),
        )

    def _version_code(self, page: Page) -> str:
        """Return a code of what stands on a page, wherever it stands there."""
        parts = [replace(part, gap=0, gaps=[0] * len(part.gaps)) for part in page.parts]
        html = (self._templates.call("sheet/block.html.j2", "part", part) for part in parts)
        blocks, cuts = [part.block for part in parts], [cut for _, cut in page.cuts]
        pictures = measure.pictures(blocks, cuts, self._content)
        return render.version_code(*html, *pictures, *own_fonts.read(self._content).digests)


def _volumes(jobs: Iterable[Job]) -> list[Volume]:
    return [volume for job in jobs for volume in job.volumes]


def _too_wide(volumes: Sequence[Laid]) -> dict[str, str]:
    return validate.too_wide(page for volume in volumes for page in volume.pages)
