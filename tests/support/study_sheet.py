"""The study sheet of a project, laid out for tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hitoe import sheet
from hitoe.model.project import CONTENT, Project
from hitoe.sheet.build import StudySheet
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf.weasyprint import printer
from hitoe.sheet.selections import whole
from hitoe.typography import page_geometry


def colour(project: Project, cache: Path) -> bytes:
    """Return the colour edition of the sheet as PDF."""
    return sheet.editions(project, cache, wanted=["colour"]).files[f"{project.deck.key}-sheet.pdf"]


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
