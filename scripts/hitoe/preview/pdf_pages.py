"""Pages of PDFs as pictures. Only this module uses pypdfium2."""

import io
from collections.abc import Iterator
from threading import Lock

import pypdfium2

SCALE = 2.0
"""Pixels for a point: 144 dpi, two of a common screen's for each of the page's."""
ONE_AT_A_TIME = Lock()
"""PDFium may not be called by two threads at once."""


def sizes(pdf: bytes) -> Iterator[tuple[float, float]]:
    """Yield width and height of each page in points."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        yield from (document.get_page_size(number) for number in range(len(document)))


def picture(pdf: bytes, number: int) -> bytes | None:
    """Return a page, counted from 0, as PNG; None if there is none."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= number < len(document):
            return None
        written = io.BytesIO()
        document[number].render(scale=SCALE).to_pil().save(written, format="PNG", compress_level=1)
    return written.getvalue()
