"""The sheet of weak points: the items that a learner failed most often, worst first, as many as one page holds."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from hitoe.model.project import CONTENT, Project
from hitoe.sheet.layout import blocks, validate
from hitoe.sheet.layout.blocks import ANYWHERE, LOOSE, Block, Cut
from hitoe.sheet.layout.pages import path
from hitoe.sheet.pdf import inks
from hitoe.sheet.pdf.weasyprint import Printer
from hitoe.templating import Templates
from hitoe.typography import line_breaking

if TYPE_CHECKING:
    from hitoe.progress.results import WeakItem

MOST = 60
"""More items than a page ever holds."""
SIZE, CODE = 8.0, 7.5
"""The sizes of letters and code, in pt."""


class WeakPoint(NamedTuple):
    """An item as it is printed whole, the block of its entry, and how often it was failed."""

    block: Block
    cut: Cut
    weak: "WeakItem"

    @property
    def path(self) -> str:
        """The path of the item."""
        return path(self.block, self.cut.piece)


def page(project: Project, weak: "Sequence[WeakItem]", printer: Printer) -> bytes | None:
    """Return the page as PDF; None if nothing that is printed was failed. Items that are on no sheet are not printed.

    Raises:
        PrintError: WeasyPrint warns of something.
    """
    language = project.deck.language
    prose, content = line_breaking.prose(language), project.root / CONTENT
    templates = Templates("sheet", language, written=prose, literal=line_breaking.code, pictures=content)
    pieces = {(block.key, piece.key): (block, piece) for block in blocks.blocks(project) for piece in block.pieces}
    found = [(*pieces[one.entry, one.item], one) for one in weak if (one.entry, one.item) in pieces]
    points = [WeakPoint(block, Cut(piece, 0, piece.strips), one) for block, piece, one in found[:MOST]]

    def fitting(points: Sequence[WeakPoint]) -> Any:
        """Return the document of as many points as fit on a page; None if not even one does."""

        @cache
        def laid_out(count: int) -> Any:
            values = {"deck": project.deck, "points": points[:count], "failed": len(weak)}
            return printer.laid_out(templates.render("sheet/weak.html.j2", **values, size=SIZE, code_size=CODE))

        most = bisect_left(range(1, len(points) + 1), True, key=lambda count: len(laid_out(count).pages) > 1)
        return laid_out(most) if most else None

    document = fitting(points)
    for looser in (LOOSE, ANYWHERE):
        if document and (wide := validate.too_wide(map(validate.read, document.pages))):
            points = [_loosened(point, looser) if point.path in wide else point for point in points]
            document = fitting(points)
    if not document:
        return None
    title = unescape(templates.call("sheet/head.html.j2", "weak_title", project.deck))
    return inks.editions(printer.printed(document), {inks.COLOUR: title})[inks.COLOUR]


def _loosened(point: WeakPoint, looser: int) -> WeakPoint:
    return point._replace(cut=replace(point.cut, loose=looser))
