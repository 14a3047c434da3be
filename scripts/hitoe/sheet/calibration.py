"""The page on which colours are tried with a printer and a red sheet."""

from hitoe import writing
from hitoe.model.project import Project
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf import render
from hitoe.sheet.pdf.inks import GREEN, ORANGE
from hitoe.sheet.pdf.weasyprint import Printer
from hitoe.templating import Templates
from hitoe.typography import line_breaking

TEXT_COLOURS = ("#ff9a3d", "#ff8c2b", ORANGE, "#ff6a00", "#ff5a36", "#ff4d4d", "#ff66a3", "#e60012")
BAND_COLOURS = (GREEN, "#00a651", "#009fb3", "#008c80", "#00b3a4")


def page(project: Project, printer: Printer, memory: Cache, there: str | None = None) -> bytes | None:
    """Return the page as PDF, which depends on the language alone; None if the hash of what is `there` is that of it.

    Only the hash is remembered: what may come with a stranger's cache is put into no file.
    """
    language = project.deck.language
    templates = Templates("sheet", language, written=line_breaking.prose(language), literal=line_breaking.code)
    html = templates.render(
        "sheet/calibration.html.j2",
        deck=project.deck,
        text_colours=TEXT_COLOURS,
        band_colours=BAND_COLOURS,
        chosen=(ORANGE, GREEN),
    )
    key = memory.key(html)
    if there is not None and there == memory.get(key):
        return None
    pdf = printed(html, printer)
    memory.put(key, writing.digest(pdf))
    return pdf


def printed(html: str, printer: Printer) -> bytes:
    """Return the page as PDF from its HTML."""
    return printer.printed(printer.laid_out(html), render.identifier(html))
