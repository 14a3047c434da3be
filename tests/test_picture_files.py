"""Files of pictures: what cannot be shown is told with its place, and what `check` passes is printed as it is."""

import struct
import subprocess
import sys
import time
import zlib
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import checks
from hitoe.kinds import picture_file
from PIL import Image, ImageOps
from support.notes import item, problems, written
from support.study_sheet import colour

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
QUARTERS = ((200, 30, 40), (20, 120, 60), (40, 60, 180), (240, 200, 20))
TOO_DEEP = "shows an element within itself, or too many in each other: save it anew, drawn flatter"
DAMAGED = "is damaged, or no picture: save it anew as PNG or JPEG"
ELSEWHERE = "takes something from another file: save it with all that it shows"


def picture() -> Image.Image:
    whole = Image.new("RGB", (64, 64))
    for number, quarter in enumerate(QUARTERS):
        whole.paste(quarter, (number % 2 * 32, number // 2 * 32, number % 2 * 32 + 32, number // 2 * 32 + 32))
    return whole


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def deep(grey: bool) -> bytes:
    """Return the picture as a PNG with 16 bits a colour, which Pillow does not write."""
    rows = b""
    for y in range(64):
        rows += b"\0"
        for x in range(64):
            colour = QUARTERS[y // 32 * 2 + x // 32]
            values = [sum(colour) // 3] if grey else list(colour)
            rows += b"".join(struct.pack(">H", value * 257) for value in values)

    return png(64, 64, 16, 0 if grey else 2, rows)


def png(width: int, height: int, bits: int, colours: int, rows: bytes) -> bytes:
    """Return a PNG of rows, each with its filter."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def black(side: int) -> bytes:
    """Return a black square as a PNG with a bit for each pixel, which takes Pillow ten times as long."""
    return png(side, side, 1, 0, bytes((1 + side // 8) * side))


def scans(count: int) -> bytes:
    """Return a progressive JPEG in which the last scan stands some times."""
    content = saved(picture(), "JPEG", progressive=True)
    last = content.rfind(b"\xff\xc4", 0, content.rfind(b"\xff\xda"))
    return content[:-2] + content[last:-2] * count + content[-2:]


PNG, JPEG = saved(picture(), "PNG"), saved(picture(), "JPEG", quality=95)
BLUE = [Image.new("RGB", (64, 64), "blue")]


def embedded(content: bytes, element: str = "image") -> str:
    """Return an element of an SVG with a picture in it, in lines as drawing programs write them."""
    return f'<{element} width="10" height="10" href="data:image/png;base64,{encodebytes(content).decode()}"/>'


REFUSED = {
    "empty.png": (b"", "is empty: save the picture anew"),
    "text.png": (b"a text\n", DAMAGED),
    "half.png": (PNG[: len(PNG) // 2], DAMAGED),
    "changed.png": (PNG[:60] + b"\xff\xff\xff" + PNG[63:], DAMAGED),
    "half.jpg": (JPEG[: len(JPEG) // 2], DAMAGED),
    "half.gif": (saved(picture(), "GIF")[:40], DAMAGED),
    "half.webp": (saved(picture(), "WEBP")[:40], DAMAGED),
    "scan.png": (saved(picture(), "TIFF"), "is a TIFF, whatever its name says: save it as PNG or JPEG"),
    "large.png": (black(9_480), "has more than 80,000,000 pixels: save it smaller"),
    "huge.png": (black(13_400), "has more than 80,000,000 pixels: save it smaller"),
    "scans.jpg": (scans(100), "has more than 50 scans: save it anew as PNG or JPEG"),
    "entities.svg": (
        f'<!DOCTYPE svg [<!ENTITY a "{"<g/>" * 500}"><!ENTITY b "{"&a;" * 500}">]>{SVG.format("&b;" * 20)}'.encode(),
        "draws more than 100,000 elements: save it simpler",
    ),
    "open.svg": (b"<svg><g></svg>", "is no XML (mismatched tag: line 1, column 10): save it anew as SVG"),
    "page.svg": (
        b"<html/>",
        "is XML, but no SVG: its outermost element must be <svg xmlns='http://www.w3.org/2000/svg'>",
    ),
    "linked.svg": (SVG.format('<image href="other.png"/>').encode(), ELSEWHERE),
    "half-within.svg": (SVG.format(embedded(PNG[: len(PNG) // 2])).encode(), f"has a picture in it that {DAMAGED}"),
    "letters-within.svg": (
        SVG.format('<image href="data:image/png;base64,abc"/>').encode(),
        f"has a picture in it that {DAMAGED}",
    ),
    "large-within.svg": (
        SVG.format(embedded(black(7_000)) + embedded(black(7_001))).encode(),
        "has pictures in it of more than 80,000,000 pixels: save them smaller",
    ),
    "drawing-within.svg": (
        SVG.format(embedded(SVG.format("<g/>").encode())).encode(),
        f"has a picture in it that {DAMAGED}",
    ),
    "used.svg": (SVG.format(embedded(SVG.format("<g/>").encode(), "use")).encode(), ELSEWHERE),
    "sound-within.svg": (SVG.format('<image href="data:audio/mp3;base64,AAAA"/>').encode(), ELSEWHERE),
    "empty.svg": (SVG.format("<image/>").encode(), ELSEWHERE),
    "part.svg": (SVG.format('<g id="a"/><image href="#a"/>').encode(), ELSEWHERE),
    "styled.svg": (SVG.format("<style>@import 'a.css';</style>").encode(), ELSEWHERE),
    "bomb.svg": (
        SVG.format(
            '<g id="a0"><rect/></g>'
            + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 9))
        ).encode(),
        "draws more than 100,000 elements: save it simpler",
    ),
    "patterns.svg": (
        SVG.format(
            '<pattern id="a0"/>'
            + "".join(
                f'<pattern id="a{n}">{f"""<rect style="fill: url(#a{n - 1})"/>""" * 10}</pattern>' for n in range(1, 9)
            )
            + '<rect fill="url(#a8)"/>'
        ).encode(),
        "draws more than 100,000 elements: save it simpler",
    ),
    "markers.svg": (
        SVG.format(
            f'<marker id="a">{"<rect/>" * 300}</marker><path marker-mid="url(#a)" d="M0 0{" L1 1 2 .5" * 300}"/>'
        ).encode(),
        "draws more than 100,000 elements: save it simpler",
    ),
    "points.svg": (
        SVG.format(f'<path d="M0 0{" L1 1 2 .5" * 1_100_000}"/>').encode(),
        "draws more than 100,000 elements: save it simpler",
    ),
    "itself.svg": (SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>').encode(), TOO_DEEP),
    "deep.svg": (SVG.format("<g>" * 1000 + "</g>" * 1000).encode(), TOO_DEEP),
    "chain.svg": (
        SVG.format('<g id="a0"/>' + "".join(f'<use id="a{n}" href="#a{n - 1}"/>' for n in range(1, 500))).encode(),
        TOO_DEEP,
    ),
    "filled.svg": (SVG.format('<rect style="fill: url(other.svg#a)"/>').encode(), ELSEWHERE),
}
TURNED, UPRIGHT = picture().transpose(Image.Transpose.ROTATE_90), Image.Exif()
UPRIGHT[0x0112] = 6  # a camera says that the picture is to be turned back
SHOWN = {
    "deep.png": deep(grey=False),
    "print.jpg": saved(picture().convert("CMYK"), "JPEG", quality=95),
    "turned-print.jpg": saved(TURNED.convert("CMYK"), "JPEG", quality=95, exif=UPRIGHT),
    "damaged-camera-data.jpg": saved(picture().convert("CMYK"), "JPEG", quality=95, exif=b"Exif\0\0MM*M"),
    "turned.webp": saved(TURNED, "WEBP", lossless=True, exif=UPRIGHT),
    "moving.gif": saved(picture(), "GIF", save_all=True, append_images=BLUE),
    "moving.webp": saved(picture(), "WEBP", save_all=True, append_images=BLUE, lossless=True),
    "png.jpg": PNG,
    "progressive.jpg": saved(picture(), "JPEG", quality=95, progressive=True),
    "drawn.svg": SVG.format(
        '<style>.a {fill: url(#b)}</style><rect style="fill: url(#b); marker-end: url(#b)" fill="url(#none)"/>'
        '<a href="https://example.com/"><g id="b"/></a><use href="#b"/>'
        + "".join(
            f'<rect x="{n % 2 * 5}" y="{n // 2 * 5}" width="5" height="5" fill="rgb{colour}"/>'
            for n, colour in enumerate(QUARTERS)
        )
    ).encode(),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    content, told = REFUSED[name]
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / name).write_bytes(content)
    notes = item(f"fact: 問い\nis: 答え\nimage: {{file: {name}, alt: 絵}}")
    assert problems(tmp_path, {"t.yaml": notes}) == [f"content/t.yaml:10:23: '{name}' {told}"]


def test_what_stands_in_each_other_is_measured_once(tmp_path: Path) -> None:
    def calls(depth: int) -> int:
        inner = "".join(f'<g id="a{n}">' for n in range(depth)) + "<g/>" * 500 + "</g>" * depth
        uses = "".join(f'<use href="#a{n}"/>' for n in range(depth))
        path = tmp_path / f"{depth}.svg"
        path.write_text(SVG.format(inner + uses))
        counted: list[None] = []
        sys.setprofile(lambda *_: counted.append(None))
        try:
            assert picture_file.fault(path) is None
        finally:
            sys.setprofile(None)
        return len(counted)

    assert calls(40) < 2 * calls(4)


def test_no_warning_of_a_library_is_printed(tmp_path: Path) -> None:
    name = tmp_path / "a.jpg"
    name.write_bytes(saved(picture(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    call = "import pathlib, sys\nfrom hitoe.kinds import picture_file\npicture_file.is_tall(pathlib.Path(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", call, name], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_picture_of_the_series_is_looked_at_too(tmp_path: Path) -> None:
    deck = (
        "format: 1\nkey: own\ntitle: 題\nseries: {title: 列, number_1: 2020-W30, hero_image: {file: a.png, alt: 絵}}\n"
    )
    root = written(tmp_path, {"deck.yaml": deck})
    (root / "content" / "a.png").write_bytes(b"")
    assert problems(root, {"t.yaml": item("fact: 問い\nis: 答え")}) == [
        "content/deck.yaml:4:59: 'a.png' is empty: save the picture anew",
    ]


def test_libraries_that_accept_half_a_picture_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    test_what_cannot_be_shown_is_told_with_its_place(tmp_path, "half.png")


def shown(tmp_path: Path, pictures: Mapping[str, bytes]) -> tuple[Image.Image, list[Image.Image], list[Image.Image]]:
    """Return the page with pictures, and the pictures on it as PDFium shows them and as qpdf and Pillow decode them."""
    root = written(tmp_path, {})
    notes = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    items:\n"
    for number, (name, content) in enumerate(pictures.items()):
        (root / "content" / name).write_bytes(content)
        notes += f"      i{number}: {{fact: 問い{number}, is: 答え, image: {{file: {name}, alt: 絵}}}}\n"
    project = checks.trusted(written(root, {"t.yaml": notes}))
    pdf = colour(project, tmp_path / "cache")
    [page] = pypdfium2.PdfDocument(pdf)
    whole = page.render(scale=2).to_pil().convert("RGB")
    places = [image.get_bounds() for image in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    edges = [[round(edge * 2) for edge in place] for place in places]
    seen = [whole.crop((left, whole.height - top, right, whole.height - low)) for left, low, right, top in edges]
    with pikepdf.open(BytesIO(pdf)) as document:
        named: Any = document.pages[0].resources["/XObject"]
        orders = [order.operands[0] for order in pikepdf.parse_content_stream(document.pages[0], "Do")]
        things: list[Any] = [thing for name in orders if (thing := named[str(name)]).Subtype == "/Image"]
        return whole, seen, [pikepdf.PdfImage(thing).as_pil_image().convert("RGB") for thing in things]


def middles(image: Image.Image) -> list[tuple[int, ...]]:
    """Return the colours in the middle of the quarters."""
    width, height = image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]  # type: ignore[misc]


def near(found: list[tuple[int, ...]], wanted: Sequence[tuple[int, ...]]) -> bool:
    pairs = zip(found, wanted, strict=True)
    return all(abs(a - b) <= 3 for one, other in pairs for a, b in zip(one, other, strict=True))


def test_what_passes_is_printed_as_it_is(tmp_path: Path) -> None:
    whole, seen, decoded = shown(tmp_path, SHOWN)
    assert len(seen) == len(decoded) == len(SHOWN) - 1
    assert all(near(middles(image), QUARTERS) for image in (*seen, *decoded))
    counts = {colour: count for count, colour in whole.getcolors(2**24) or ()}
    assert all(counts[colour] > len(SHOWN) for colour in QUARTERS)


@pytest.mark.parametrize(
    "element",
    [
        embedded(PNG),
        embedded(saved(picture().convert("CMYK"), "JPEG", quality=95)),
        embedded(PNG).replace("+", "%2B").replace("=\n", "%3D%0A"),
    ],
    ids=["lines", "CMYK", "escapes"],
)
def test_a_picture_within_a_drawing_is_printed_as_it_is(tmp_path: Path, element: str) -> None:
    whole, [seen], _ = shown(tmp_path, {"within.svg": SVG.format(element).encode()})
    assert near(middles(seen), QUARTERS)
    assert whole.size != seen.size


def test_greys_of_16_bits_are_printed_as_they_are(tmp_path: Path) -> None:
    _, [seen], [decoded] = shown(tmp_path, {"grey.png": deep(grey=True)})
    greys = [(sum(colour) // 3,) * 3 for colour in QUARTERS]
    assert near(middles(seen), greys)
    assert near(middles(decoded), greys)


@pytest.mark.parametrize("box", ["0 0 0 5", "0 0 5 -1", "0 0 5 0", "0 0 5", "0 0 5 5 5", "0 0 inf 5", "a 0 5 5", ""])
def test_a_drawing_in_a_box_that_is_none_is_told(tmp_path: Path, box: str) -> None:
    (tmp_path / "p.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>', "utf-8")
    assert picture_file.fault(tmp_path / "p.svg") == (
        "has a viewBox that is not four numbers, the last two above 0: mend it, or save it anew"
    )
    (tmp_path / "p.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1,-1 .5 5"/>', "utf-8")
    assert picture_file.fault(tmp_path / "p.svg") is None


@pytest.mark.parametrize(
    ("type_", "turned"),
    [*((3, struct.pack("<H", number)) for number in (*range(11), 0xFFFF)), (2, b"6\0"), (7, b"ab"), (9, b"\xff" * 4)],
)
def test_a_photograph_is_as_high_as_it_is_seen(tmp_path: Path, type_: int, turned: bytes) -> None:
    tag = struct.pack("<HHHI4s", 1, picture_file.ORIENTATION, type_, len(turned) if type_ in (2, 7) else 1, turned)
    exif = b"Exif\0\0II*\0" + struct.pack("<I", 8) + tag + bytes(4)
    Image.new("RGB", (30, 90)).save(tmp_path / "high.jpg", exif=exif)
    with Image.open(tmp_path / "high.jpg") as image:
        seen = ImageOps.exif_transpose(image)
    assert picture_file.is_tall(tmp_path / "high.jpg") == (seen.height > seen.width)


@pytest.mark.parametrize(
    "side", ["0", "-5", "nan", "inf", "1e300", "1e-200", "5 5", "1.2.3", "９", "1" * 100_000 + "!"]
)
def test_a_drawing_without_a_size_is_told(tmp_path: Path, side: str) -> None:
    (tmp_path / "p.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="5"/>', "utf-8")
    start = time.process_time()
    assert picture_file.fault(tmp_path / "p.svg") == (
        "has a width or a height that nothing can be drawn in: write a number above 0, or save it anew"
    )
    assert time.process_time() - start < 1


@pytest.mark.parametrize("side", ["5", "5.5px", " 12mm ", "1e2", ".5em", "100%", "auto", "", "+3.", "3 Q"])
def test_each_way_to_write_a_size_is_read(tmp_path: Path, side: str) -> None:
    (tmp_path / "p.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="5"/>', "utf-8")
    assert picture_file.fault(tmp_path / "p.svg") is None
