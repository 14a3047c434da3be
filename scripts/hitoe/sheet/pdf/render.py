"""From the HTML of a whole sheet to its PDFs: laid out once, validated, and coloured for each edition."""

from collections.abc import Mapping
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple

from hitoe.sheet.layout import validate
from hitoe.sheet.layout.validate import Expected
from hitoe.sheet.pdf import inks
from hitoe.sheet.pdf.weasyprint import printer

WORKSHEET = "worksheet"


class Job(NamedTuple):
    """A study sheet to be printed, in plain values that can be sent to a worker.

    `titles` are those of the wanted editions. `cache` is the folder of WeasyPrint's fonts. `expected` is None where
    nothing is to be validated.
    """

    content: Path
    cache: Path
    html: str
    titles: Mapping[str, str]
    expected: Expected | None


class WorksheetJob(NamedTuple):
    """A worksheet to be printed, in plain values that can be sent to a worker; as in Job."""

    content: Path
    cache: Path
    html: str
    expected: Expected


def printed(job: Job | WorksheetJob) -> dict[str, bytes]:
    """Return the PDFs by edition.

    Raises:
        PrintError: WeasyPrint warns of something, or something would be lost.
    """
    press = printer(job.content, job.cache)
    document = press.laid_out(job.html)
    if job.expected is not None:
        validate.check(document, job.expected)
    if isinstance(job, WorksheetJob):
        return {WORKSHEET: press.printed(document, identifier(job.html))}
    return inks.editions(press.printed(document), job.titles)


def sign(*contents: str | bytes) -> str:
    """Return six characters that differ for other contents, by which a page says whether it was printed before."""
    digest = blake2b(digest_size=3)
    for content in contents:
        digest.update(blake2b(content.encode() if isinstance(content, str) else content).digest())
    return digest.hexdigest()


def identifier(html: str) -> bytes:
    """Return the identifier of the PDF that is made from an HTML text."""
    return sha256(html.encode()).digest()[:16]
