"""From the HTML of a sheet to its PDFs: laid out once, validated, and coloured for each edition."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple

from hitoe.sheet.layout import validate
from hitoe.sheet.layout.validate import Expected, Read
from hitoe.sheet.pdf.weasyprint import freeing, printer

WORKSHEET = "worksheet"


class Volume(NamedTuple):
    """Pages of a sheet to be laid out at once, in plain values.

    `cache` is the folder of WeasyPrint's fonts. `final` says that the PDF is not changed any more.
    """

    content: Path
    cache: Path
    html: str
    final: bool = False


class Job(NamedTuple):
    """A sheet to be printed: its volumes, what they must show, and the titles of the wanted editions.

    A worksheet has no titles: it is in no colours but its own.
    """

    volumes: Sequence[Volume]
    expected: Expected
    titles: Mapping[str, str]


class Laid(NamedTuple):
    """A volume as a PDF, a study sheet in marker colours, and what stands on its pages."""

    pdf: bytes
    pages: Sequence[Read]


@freeing()
def laid_out(volume: Volume) -> Laid:
    """Lay out a volume.

    Raises:
        PrintError: WeasyPrint warns of something.
    """
    press = printer(volume.content, volume.cache)
    document = press.laid_out(volume.html)
    name = identifier(volume.html) if volume.final else None
    return Laid(press.printed(document, name), list(map(validate.read, document.pages)))


@freeing()
def count(volume: Volume) -> int:
    """Return how many pages a volume has; raises as `laid_out` does."""
    return len(printer(volume.content, volume.cache).laid_out(volume.html).pages)


def editions(job: Job, volumes: Sequence[Laid]) -> dict[str, bytes]:
    """Return the PDFs by edition, of volumes that are laid out.

    Raises:
        PrintError: something would be lost.
    """
    validate.check([page for volume in volumes for page in volume.pages], job.expected)
    from hitoe.sheet.pdf import inks, join  # and with them pikepdf, which worker processes do not need

    pdf = join.joined([volume.pdf for volume in volumes])
    return inks.editions(pdf, job.titles) if job.titles else {WORKSHEET: pdf}


def version_code(*contents: str | bytes) -> str:
    """Return six characters that differ for other contents, by which a page says whether it was printed before."""
    digest = blake2b(digest_size=3)
    for content in contents:
        digest.update(blake2b(content.encode() if isinstance(content, str) else content).digest())
    return digest.hexdigest()


def identifier(html: str) -> bytes:
    """Return the identifier of the PDF that is made from an HTML text."""
    return sha256(html.encode()).digest()[:16]
