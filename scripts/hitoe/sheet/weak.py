"""The sheet of weak points: the items that a learner failed most often, worst first, as many as one page holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from hitoe.model.project import Project
from hitoe.sheet.layout import blocks
from hitoe.sheet.layout.blocks import Block, Cut
from hitoe.sheet.pdf import inks
from hitoe.sheet.pdf.weasyprint import Printer
from hitoe.templating import Templates
from hitoe.typography import line_breaking

if TYPE_CHECKING:
    from hitoe.progress import WeakItem

MOST = 60
"""More items than a page ever holds."""
SIZE, CODE = 8.0, 7.5
"""The sizes of letters and code, in pt."""


@dataclass(frozen=True, slots=True)
class Point:
    """An item with its rank, from 1, its whole block of the sheet, and how often it was failed."""

    rank: int
    block: Block
    cut: Cut
    weak: "WeakItem"


def points(project: Project, weak: "Sequence[WeakItem]") -> Iterator[Point]:
    """Yield the items that were failed and are printed, worst first; what is `tier: extra` is left to the deck."""
    printed = {(block.key, piece.key): (block, piece) for block in blocks.blocks(project) for piece in block.pieces}
    found = ((printed[one.entry, one.item], one) for one in weak if (one.entry, one.item) in printed)
    for rank, ((block, piece), one) in enumerate(found, 1):
        yield Point(rank, block, Cut(piece, 0, piece.strips), one)


def page(project: Project, weak: "Sequence[WeakItem]", printer: Printer) -> bytes | None:
    """Return the page as PDF; None if nothing that is printed was failed.

    Raises:
        PrintError: WeasyPrint complains.
    """
    language = project.deck.language
    templates = Templates("sheet", language, written=line_breaking.prose(language), literal=line_breaking.code)
    found = list(points(project, weak))

    def html(count: int) -> str:
        values = {"deck": project.deck, "points": found[:count], "failed": len(weak), "size": SIZE, "code_size": CODE}
        return templates.render("sheet/weak.html.j2", **values)

    # The most that fit, by halving: of `fits` it is known, and `fails` are too many.
    fits, fails = 0, min(len(found), MOST) + 1
    document = None
    while fails - fits > 1:
        count = (fits + fails) // 2
        tried = printer.laid_out(html(count))
        if len(tried.pages) == 1:
            fits, document = count, tried
        else:
            fails = count
    if document is None:
        return None
    title = unescape(templates.call("sheet/head.html.j2", "weak_title", project.deck))
    return inks.editions(printer.printed(document), {inks.COLOUR: title})[inks.COLOUR]
