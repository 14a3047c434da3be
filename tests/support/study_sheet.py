"""The study sheet of a project, laid out for tests."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hitoe.model.project import CONTENT, Project
from hitoe.sheet import EDITIONS
from hitoe.sheet.build import StudySheet, printed
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf.weasyprint import printer
from hitoe.sheet.selections import whole
from hitoe.typography import page_geometry


def whole_sheet(project: Project, cache: Path, wanted: Sequence[str] = EDITIONS) -> dict[str, bytes]:
    """Return the editions of the sheet of everything by file name, without the digest and the calibration page."""
    return {name: pdf for pdfs in printed([study_sheet(project, cache)], wanted) for name, pdf in pdfs.items()}


def colour(project: Project, cache: Path) -> bytes:
    """Return the colour edition of the sheet as PDF."""
    return whole_sheet(project, cache, ["colour"])[f"{project.deck.key}-sheet.pdf"]


def study_sheet(project: Project, cache: Path) -> StudySheet:
    """Return the sheet of everything on the paper that the project asks for."""
    tools = f" {printer(project.root / CONTENT, cache).versions}"  # as where all sheets are printed
    return StudySheet(project, Cache(cache, tools), selection=whole(page_geometry.geometry(project.deck.sheet)))


def document(study: StudySheet, spoil: Callable[[str], str] = lambda html: html) -> Any:
    """Return a sheet as WeasyPrint's document, of HTML that may be spoilt before; it is validated."""
    from hitoe.sheet.layout import validate

    job = study.job()
    [volume] = job.volumes
    laid_out = printer(volume.content, volume.cache).laid_out(spoil(volume.html))
    validate.check(list(map(validate.read, laid_out.pages)), job.expected)
    return laid_out
