"""From the HTML of a sheet to its PDFs: laid out once, validated, and coloured for each edition."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from hitoe.sheet.layout import validate
from hitoe.sheet.layout.validate import Expected, Read
from hitoe.sheet.pdf import inks
from hitoe.sheet.pdf.join import joined
from hitoe.sheet.pdf.weasyprint import printer


class Volume(NamedTuple):
    """Pages of a sheet to be laid out at once, in plain values; `cache` is the folder of WeasyPrint's fonts."""

    content: Path
    cache: Path
    html: str


class Job(NamedTuple):
    """A sheet to be printed: its volumes, what they must show, and the titles of the wanted editions."""

    volumes: Sequence[Volume]
    expected: Expected
    titles: Mapping[str, str]


class Laid(NamedTuple):
    """A volume as a PDF in marker colours, and what stands on its pages."""

    pdf: bytes
    pages: Sequence[Read]


def laid_out(volume: Volume) -> Laid:
    """Lay out a volume.

    Raises:
        PrintError: WeasyPrint warns of something.
    """
    press = printer(volume.content, volume.cache)
    document = press.laid_out(volume.html)
    return Laid(press.printed(document), list(map(validate.read, document.pages)))


def editions(job: Job, volumes: Sequence[Laid]) -> dict[str, bytes]:
    """Return the PDFs by edition, of volumes that are laid out.

    Raises:
        PrintError: something would be lost.
    """
    validate.check([page for volume in volumes for page in volume.pages], job.expected)
    return inks.editions(joined([volume.pdf for volume in volumes]), job.titles)


def identifier(html: str) -> bytes:
    """Return the identifier of the PDF that is made from an HTML text."""
    return sha256(html.encode()).digest()[:16]
