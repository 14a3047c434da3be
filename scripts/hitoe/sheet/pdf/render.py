"""From the HTML of a whole sheet to its PDFs: laid out once, validated, and coloured for each edition."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from hitoe.sheet.layout import validate
from hitoe.sheet.layout.validate import Expected
from hitoe.sheet.pdf import inks
from hitoe.sheet.pdf.weasyprint import printer


class Job(NamedTuple):
    """A sheet to be printed, in plain values that can be sent to a worker.

    `titles` are those of the wanted editions. `cache` is the folder of WeasyPrint's fonts. `expected` is None where
    nothing is to be validated.
    """

    content: Path
    cache: Path
    html: str
    titles: Mapping[str, str]
    expected: Expected | None


def printed(job: Job) -> dict[str, bytes]:
    """Return the PDFs by edition.

    Raises:
        PrintError: WeasyPrint warns of something, or something would be lost.
    """
    press = printer(job.content, job.cache)
    document = press.laid_out(job.html)
    if job.expected is not None:
        validate.check(document, job.expected)
    return inks.editions(press.printed(document), job.titles)


def identifier(html: str) -> bytes:
    """Return the identifier of the PDF that is made from an HTML text."""
    return sha256(html.encode()).digest()[:16]
