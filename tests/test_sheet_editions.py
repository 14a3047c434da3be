"""The editions: the same places in all, and answers that a red sheet hides."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.model.project import Project
from hitoe.resources import folder
from hitoe.sheet.build import StudySheet
from hitoe.sheet.layout.boxes import root
from hitoe.sheet.pdf import inks
from hitoe.sheet.pdf.weasyprint import Printer, printer
from support.notes import item, written
from support.printed import printed_texts
from support.study_sheet import document, study_sheet

EXAMPLE = Path(__file__).resolve().parent / "example"
RED_SHEET = (0.85, 0.02, 0.01)
"""How much of red, green and blue light goes through."""
LUMINANCE = (0.2126, 0.7152, 0.0722)
ORANGE, BAND = (0xFF, 0x7A, 0x1A), (0x00, 0xA9, 0x9D)
TINT, WARM = (0xEE, 0xF2, 0xF6), (0xFF, 0xF1, 0xEA)
"""What headings of tables and calculations stand on, and what they do where answers are orange."""
INK, BLACK, PAPER = (0x16, 0x20, 0x2B), (0, 0, 0), (255, 255, 255)
PER_INCH = 150
INSET = 3
"""Pixels at the edge of an answer that are left out: a band has round corners, and other words stand beside it."""
FLARE = 0.002
"""Light that black reflects, as a part of white."""

Colour = tuple[int, int, int]


@pytest.fixture(scope="module")
def cache(sheets_cache: Path) -> Path:
    return sheets_cache


@pytest.fixture(scope="module")
def files(example_sheets: dict[str, bytes]) -> dict[str, bytes]:
    return example_sheets


@pytest.fixture(scope="module")
def study(example_project: Project, cache: Path) -> StudySheet:
    return study_sheet(example_project, cache)


@pytest.fixture(scope="module")
def laid_out(study: StudySheet) -> Any:
    """Return the study sheet as WeasyPrint's document."""
    return document(study)


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def page_texts(pdf: bytes) -> list[str]:
    return [letters(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def characters(pdf: bytes) -> list[tuple[int, str, tuple[float, ...]]]:
    """Return page, character and box of all characters of a PDF."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text = page.get_textpage()
        found += [(number, text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
    return found


def test_files_are_named_after_the_deck(files: dict[str, bytes]) -> None:
    inks = ["", "-red", "-mask"]
    ends = [*(f"-sheet{ink}" for ink in inks), "-worksheet", *(f"-digest{ink}" for ink in [*inks, "-worksheet"])]
    assert list(files) == [*(f"example{end}.pdf" for end in ends), "calibration.pdf"]
    titles = set()
    for pdf in files.values():
        with pikepdf.open(BytesIO(pdf)) as document:
            titles.add(str(document.docinfo["/Title"]))
    assert len(titles) == len(files)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path, dict[str, bytes]]:
    """Return a project with a digest, the folder for what is kept of it, and all its sheets by file name."""
    root = tmp_path_factory.mktemp("small")
    notes = item("fact: 問いと**語**\nis: 答えの**語**\nkey: true") + "      b: {cloze: '{{c1::空欄}}がある'}\n"
    project = checks.trusted(written(root, {"t.yaml": notes}))
    return project, root / "cache", sheet.editions(project, root / "cache").files


@pytest.mark.parametrize(("edition", "end"), [("colour", ""), ("mask", "-mask")])
def test_one_edition_alone_is_the_same_as_among_all(
    small: tuple[Project, Path, dict[str, bytes]], edition: str, end: str
) -> None:
    project, cache, every = small
    alone = sheet.editions(project, cache, wanted=[edition]).files
    assert set(alone) == {f"own-sheet{end}.pdf", f"own-digest{end}.pdf", "calibration.pdf"}
    assert {name: every[name] for name in alone} == alone


def test_red_alone_is_laid_out_once_and_is_the_same_as_among_all(
    small: tuple[Project, Path, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, cache, every = small
    made: list[int] = []
    laid_out = Printer.laid_out

    def counted(self: Printer, html: str) -> Any:
        made.append(1)
        return laid_out(self, html)

    monkeypatch.setattr(Printer, "laid_out", counted)
    alone = sheet.editions(project, cache, wanted=["red"]).files
    assert alone == {name: every[name] for name in ("own-sheet-red.pdf", "own-digest-red.pdf", "calibration.pdf")}
    assert len(made) == len(["sheet", "digest"])  # all tests share the calibration page


@pytest.mark.parametrize("end", ["-sheet-red", "-sheet-mask"])
def test_every_live_core_item_is_printed_for_red_sheets_too(
    files: dict[str, bytes], example_project: Project, end: str
) -> None:
    text = "".join(page_texts(files[f"example{end}.pdf"]))
    assert [piece for piece in printed_texts(example_project) if letters(piece) not in text] == []


@pytest.mark.parametrize("name", ["example-sheet{}.pdf", "example-digest{}.pdf"])
@pytest.mark.parametrize("end", ["-red", "-mask"])
def test_every_character_has_the_same_place_in_all_editions(files: dict[str, bytes], name: str, end: str) -> None:
    found = characters(files[name.format("")])
    assert len(found) > 200
    assert characters(files[name.format(end)]) == found


class TestMarkers:
    def test_none_is_left_in_an_edition(self, files: dict[str, bytes]) -> None:
        for name, pdf in files.items():
            with pikepdf.open(BytesIO(pdf)) as opened:
                for stream, _ in inks._contents(opened):
                    changes = inks._changes(list(pikepdf.parse_content_stream(stream)))
                    assert list(changes) == [], name

    def test_all_are_in_the_styles_and_each_is_painted_somewhere(self, study: StudySheet, laid_out: Any) -> None:
        styles = "".join((folder() / name).read_text("utf-8") for name in ("sheet/page.css", "figures/paper.css"))
        assert [marker for marker in inks.MARKERS if marker not in styles] == []
        [volume] = study.job().volumes
        pdf = printer(volume.content, volume.cache).printed(laid_out)
        with pikepdf.open(BytesIO(pdf)) as opened:
            streams = [list(pikepdf.parse_content_stream(each)) for each, _ in inks._contents(opened)]
        used = {change.fill or change.stroke for each in streams for change in inks._changes(each)}
        assert used == set(inks.MARKERS) - {
            "#fffefe",
            inks.VEIL,
        }  # no answer of the example is on a tinted box or a picture

    @pytest.mark.parametrize(
        ("painted", "left"),
        [(b"B", b"f"), (b"b*", b"f*"), (b"S", b"n"), (b"f", b"f"), (b"q 1 0 0 RG Q S", b"q 1 0 0 RG Q n")],
    )
    def test_what_is_not_painted_in_an_edition_leaves_the_rest(self, painted: bytes, left: bytes) -> None:
        underline = b" ".join(b"%.6f" % (int(part, 16) / 255) for part in ("0d", "3b", "68"))
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            drawing = underline + b" RG 0 0 1 rg 0 0 9 9 re " + painted
            pdf.pages[0].Contents = pdf.make_stream(drawing)
            pdf.pages[0].Contents.write(drawing)
            saved = BytesIO()
            pdf.save(saved)
        made = inks.editions(saved.getvalue(), {"red": "title"})["red"]
        with pikepdf.open(BytesIO(made)) as opened:
            assert opened.pages[0].Contents.read_bytes().split()[-len(left.split()) :] == left.split()


@pytest.mark.parametrize("end", ["-sheet", "-sheet-red", "-sheet-mask"])
def test_no_ink_stands_in_the_margins_or_between_columns(files: dict[str, bytes], laid_out: Any, end: str) -> None:
    for number in range(len(laid_out.pages)):
        page = pypdfium2.PdfDocument(files[f"example{end}.pdf"])[number]
        grey = page.render(scale=PER_INCH / 72).to_pil().convert("L")
        mm = PER_INCH / 25.4
        gutters = [(8 + k * (90.8 + 4.3) - 4.3 + 0.4, 8 + k * (90.8 + 4.3) - 0.4) for k in (1, 2)]
        for left, right in [(0, 7.5), *gutters, (297 - 7.5, 297)]:
            strip = grey.crop((round(left * mm), round(20 * mm), round(right * mm), round(200 * mm)))
            assert strip.getextrema() == (255, 255), f"page {number + 1}, {left:.1f} to {right:.1f} mm"


class TestUnderARedSheet:
    def test_orange_answers_are_gone(self, files: dict[str, bytes], laid_out: Any) -> None:
        lines = answers_seen(files["example-sheet-red.pdf"], laid_out)
        assert len(lines) > 50
        assert max(map(michelson, lines)) <= 0.05
        assert amount(colours(files["example-sheet-red.pdf"]), ORANGE) > 2000
        assert contrast(seen_bare(ORANGE), seen_bare(PAPER)) >= 2.5

    def test_masked_answers_are_gone(self, files: dict[str, bytes], laid_out: Any) -> None:
        lines = answers_seen(files["example-sheet-mask.pdf"], laid_out)
        # Both are nearly black, so what the eye has to tell apart is set against the paper around them.
        assert max(lightest - darkest for rows in lines for darkest, lightest in rows) / seen(PAPER) <= 0.05
        assert contrast(seen_bare(BLACK), seen_bare(BAND)) >= 4.5
        assert amount(colours(files["example-sheet-mask.pdf"]), BAND) > 10000

    def test_answers_of_the_colour_edition_stay(self, files: dict[str, bytes], laid_out: Any) -> None:
        lines = answers_seen(files["example-sheet.pdf"], laid_out)
        assert min(map(michelson, lines)) > 0.5

    def test_grounds_on_which_orange_answers_stand_are_as_light_as_paper(self, files: dict[str, bytes]) -> None:
        found = colours(files["example-sheet-red.pdf"])
        # The edge of a rule may be as pale, a pixel high.
        assert amount(found, TINT) < 1000
        assert amount(colours(files["example-sheet.pdf"]), TINT) > 10000
        assert amount(found, WARM) > 10000
        assert seen(PAPER) / seen(WARM) < 1.02
        assert seen(PAPER) / seen(TINT) > 1.1

    @pytest.mark.parametrize("name", ["example-sheet-red.pdf", "example-sheet-mask.pdf"])
    def test_other_letters_stay(self, files: dict[str, bytes], name: str) -> None:
        assert amount(colours(files[name]), INK) > 5000
        assert contrast(seen(INK), seen(PAPER)) >= 7

    @pytest.mark.parametrize(("name", "own"), [("example-sheet-red.pdf", ORANGE), ("example-sheet-mask.pdf", BAND)])
    def test_every_colour_but_the_answers_is_dark_or_pale(
        self, files: dict[str, bytes], name: str, own: Colour
    ) -> None:
        """No letter but an answer is orange or red: such pixels are the answers', or in the flag on the page."""
        flag = (0xBC, 0x00, 0x2D)
        reddish = [
            (count, colour)
            for count, colour in colours(files[name])
            if colour[0] > 200 and colour[2] < 100 and not near(colour, own, 90) and not near(colour, flag, 90)
        ]
        assert sum(count for count, _ in reddish) < 100


def colours(pdf: bytes) -> list[tuple[int, Colour]]:
    """Return how often each colour is on the first page."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=PER_INCH / 72).to_pil().convert("RGB")
    found: list[tuple[int, Colour]] = image.getcolors(image.width * image.height)
    return found


def answers_seen(pdf: bytes, document: Any) -> list[list[tuple[float, float]]]:
    """Return for each line of an answer its rows of pixels: how light they are at least and at most.

    A row is either within the band of a masked answer or, where nothing may stand out of the band, above or below it.
    """
    scale = PER_INCH / 96
    lines = []
    for page, boxed in zip(pypdfium2.PdfDocument(pdf), document.pages, strict=True):
        image = page.render(scale=PER_INCH / 72).to_pil().convert("RGB")
        for box in answer_lines(root(boxed)):
            left, right = round(box.position_x * scale + INSET), round((box.position_x + box.width) * scale - INSET)
            top, bottom = round(box.position_y * scale), round((box.position_y + box.height) * scale)
            rows = [image.crop((left, row, max(right, left + 1), row + 1)).getcolors() for row in range(top, bottom)]
            lights = [[seen(colour) for _, colour in row] for row in rows]
            lines.append([(min(each), max(each)) for each in lights])
    return lines


def michelson(rows: list[tuple[float, float]]) -> float:
    darkest, lightest = min(row[0] for row in rows), max(row[1] for row in rows)
    return (lightest - darkest) / (lightest + darkest)


def answer_lines(page: Any) -> Iterator[Any]:
    for box in page.descendants():
        classes = box.element.get("class", "").split() if box.element is not None else []
        if {"answer", "line"} & set(classes) and type(box).__name__ in ("InlineBox", "BlockBox"):
            yield from (each for each in box.descendants() if type(each).__name__ == "TextBox" and each.text.strip())


def near(one: Colour, other: Colour, by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def amount(pixels: list[tuple[int, Colour]], colour: Colour) -> int:
    return sum(count for count, each in pixels if near(each, colour, 2))


def linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def seen(colour: Colour) -> float:
    return sum(linear(v) * through * weight for v, through, weight in zip(colour, RED_SHEET, LUMINANCE, strict=True))


def seen_bare(colour: Colour) -> float:
    return sum(linear(value) * weight for value, weight in zip(colour, LUMINANCE, strict=True))


def contrast(one: float, other: float) -> float:
    """Return by which factor one is lighter, the flare of paper included."""
    flare = FLARE if max(one, other) < 0.5 else 0.05
    return (max(one, other) + flare) / (min(one, other) + flare)
