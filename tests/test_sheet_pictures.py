"""Pictures in the PDFs have the colours of their files, whatever the format."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import checks
from PIL import Image
from support.notes import written
from support.study_sheet import whole_sheet

SIDE = 128
SCALE = 2
"""Pixels that a renderer makes of a pt."""
PAPER = (255, 255, 255)
NEAR = 12
"""How far a colour may be from its file's, of 255: JPEG and WebP round."""
CLEAR = ((200, 30, 40, 255), (20, 120, 60, 128), (40, 60, 180, 0), (240, 200, 20, 255))
COLOURS = tuple((*colour[:3], 255) for colour in CLEAR)
GREYS = tuple((grey, grey, grey, 255) for grey in (0, 80, 160, 230))
CLEAR_GREYS = tuple((grey, grey, grey, alpha) for grey, alpha in ((0, 255), (80, 128), (160, 0), (230, 255)))
BLACK_AND_WHITE = tuple((grey, grey, grey, 255) for grey in (0, 255, 255, 0))
Colour = tuple[int, ...]
PICTURES: dict[str, tuple[str, Sequence[Colour]]] = {
    "rgb.png": ("RGB", COLOURS),
    "alpha.png": ("RGBA", CLEAR),
    "grey.png": ("L", GREYS),
    "grey-alpha.png": ("LA", CLEAR_GREYS),
    "palette.png": ("P", COLOURS),
    "bits.png": ("1", BLACK_AND_WHITE),
    "rgb.jpg": ("RGB", COLOURS),
    "grey.jpg": ("L", GREYS),
    "palette.gif": ("P", COLOURS),
    "rgb.webp": ("RGB", COLOURS),
    "alpha.webp": ("RGBA", CLEAR),
}
"""By file name: the mode it is saved in, and the colours of its quarters from the upper left, row by row."""
EDITIONS = ("sheet", "sheet-red", "sheet-mask")


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the PDFs of notes in which each picture stands once, in the order of PICTURES."""
    folder = tmp_path_factory.mktemp("pictures")
    images = folder / "content"
    images.mkdir()
    for name, (mode, quarters) in PICTURES.items():
        picture(quarters).convert(mode).save(images / name)
    notes = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    items:\n"
    for number, name in enumerate(PICTURES):
        notes += f"      i{number}: {{fact: 問い{number}, is: 答え, image: {{file: {name}, alt: 絵}}}}\n"
    project = checks.trusted(written(folder, {"t.yaml": notes}))
    return whole_sheet(project, folder / "cache")


def picture(quarters: Sequence[Colour]) -> Image.Image:
    whole = Image.new("RGBA", (SIDE, SIDE))
    for quarter, colour in enumerate(quarters):
        y, x = divmod(quarter, 2)
        whole.paste(colour, (x * SIDE // 2, y * SIDE // 2, (x + 1) * SIDE // 2, (y + 1) * SIDE // 2))
    return whole


def on_paper(colour: Colour) -> Colour:
    """Return what a colour with alpha looks like on white paper."""
    alpha = colour[3] / 255
    return tuple(round(part * alpha + 255 * (1 - alpha)) for part in colour[:3])


def middles(shown: Image.Image) -> list[Colour]:
    """Return the colours in the middle of a picture's quarters."""
    width, height = shown.size
    return [shown.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]  # type: ignore[misc]


def rendered(pdf: bytes) -> list[Image.Image]:
    """Return what PDFium shows where pictures stand."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        shown = page.render(scale=SCALE).to_pil().convert("RGB")
        for thing in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = (round(at * SCALE) for at in thing.get_bounds())
            found.append(shown.crop((left, shown.height - top, right, shown.height - bottom)))
    return found


def extracted(pdf: bytes) -> list[Image.Image]:
    """Return the pictures as qpdf and Pillow decode them, on white paper."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            for thing in drawn(page):
                shown = pikepdf.PdfImage(thing).as_pil_image().convert("RGB")
                mask = pikepdf.PdfImage(thing.SMask).as_pil_image() if "/SMask" in thing else None
                paper = Image.new("RGB", shown.size, PAPER)
                paper.paste(shown, mask=mask)
                found.append(paper)
    return found


def drawn(page: Any) -> list[Any]:
    """Return the image objects that a page names, in the order in which it draws them."""
    named = page.resources.get("/XObject", {})
    orders = pikepdf.parse_content_stream(page, "Do")
    return [named[order.operands[0]] for order in orders if named[order.operands[0]].Subtype == "/Image"]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("shown", [rendered, extracted])
def test_pictures_of_each_format_have_their_colours(pdfs: dict[str, bytes], edition: str, shown: Any) -> None:
    found = shown(pdfs[f"own-{edition}.pdf"])
    assert len(found) == len(PICTURES)
    for (name, (_, quarters)), image in zip(PICTURES.items(), found, strict=True):
        for wanted, seen in zip(map(on_paper, quarters), middles(image), strict=True):
            assert max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) <= NEAR, (name, wanted, seen)
