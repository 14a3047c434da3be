"""The inks of the editions: each marker of the sheet in its colour, whether an edition is printed alone or with all."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hitoe.sheet.pdf import inks

WHITE, BELOW = "#ffffff", "#6496c8"
"""The paper, and the picture below a veil."""
VEILED = "the veil over a picture"
COLOURS = {
    "an answer": ("#0d3b67", "#0d3b66", "#ff7a1a", "#000000"),
    "the line below it": ("#0d3b68", "#0d3b66", WHITE, WHITE),
    "the band behind it": ("#00a99e", WHITE, WHITE, "#00a99d"),
    VEILED: ("#00a99c", BELOW, "#ff96c8", "#00637b"),
    "code that is an answer": ("#16202c", "#16202b", "#ff7a1a", "#000000"),
    "bars and bullets": ("#0d3b65", "#0d3b66", "#16202b", "#16202b"),
    "headings and calculations": ("#eef2f5", "#eef2f6", "#fff1ea", "#eef2f6"),
    "a tinted box": ("#e3e8ec", "#e3e8ed", "#fff1ea", "#e3e8ed"),
    "a group of boxes": ("#f3f6f7", "#f3f6f8", "#fff1ea", "#f3f6f8"),
    "the band in a figure": ("#fffffe", WHITE, WHITE, "#00a99d"),
    "the band on a tinted box": ("#fffefe", WHITE, "#fff1ea", "#00a99d"),
    "other letters": ("#16202b", "#16202b", "#16202b", "#16202b"),
}
"""Each marker, and what it becomes in the editions colour, red and mask."""
SIDE = 10
"""Of the squares that are painted, in points."""
TITLES = {edition: edition for edition in inks.INKS}


def operands(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.6f}" for at in (1, 3, 5))


@pytest.fixture(scope="module")
def marked() -> bytes:
    """Return a PDF with a square of each marker in a row, and above it a bar that is stroked with it."""
    drawn = []
    for number, (kind, (marker, *_)) in enumerate(COLOURS.items()):
        left, middle = number * SIDE, SIDE * 3 / 2
        fill, stroke = f"rg {left} 0 {SIDE} {SIDE} re f", f"RG {SIDE} w {left} {middle} m {left + SIDE} {middle} l S"
        drawn += [f"{operands(BELOW)} {fill}"] if kind == VEILED else [f"{operands(marker)} {stroke}"]
        drawn.append(f"q {operands(marker)} {fill} Q")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(len(COLOURS) * SIDE, 2 * SIDE))
        pdf.pages[0].Contents = pdf.make_stream("\n".join(drawn).encode())
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("edition", inks.INKS)
def test_every_marker_has_its_colour_in_each_edition(marked: bytes, edition: str) -> None:
    made = inks.editions(marked, TITLES)[edition]
    image = pypdfium2.PdfDocument(made)[0].render().to_pil().convert("RGB")
    for row, kinds in ((SIDE * 3 // 2, list(COLOURS)), (SIDE // 2, [kind for kind in COLOURS if kind != VEILED])):
        columns = {kind: number * SIDE + SIDE // 2 for number, kind in enumerate(COLOURS)}
        found = {kind: "#{:02x}{:02x}{:02x}".format(*image.getpixel((columns[kind], row))) for kind in kinds}
        assert found == {kind: COLOURS[kind][1 + inks.INKS.index(edition)] for kind in kinds}


@pytest.mark.parametrize("edition", inks.INKS)
def test_an_edition_alone_is_the_same_as_among_all(marked: bytes, edition: str) -> None:
    assert inks.editions(marked, {edition: edition})[edition] == inks.editions(marked, TITLES)[edition]
