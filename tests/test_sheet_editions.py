"""The editions: the same places in all, and answers that a red sheet hides."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import sheet
from hitoe.model.project import Project
from hitoe.sheet.kept import Kept
from hitoe.sheet.measuring import PX, boxes, with_role
from hitoe.sheet.printer import Printer
from hitoe.sheet.setting import EDITIONS, Setting
from support.printed import printed_texts

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
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def files(example_project: Project, cache: Path) -> dict[str, bytes]:
    return sheet.editions(example_project, cache).files


@pytest.fixture(scope="module")
def setting(example_project: Project, cache: Path) -> Setting:
    return Setting(example_project, Printer(EXAMPLE / "content", cache), Kept(cache, ""))


@pytest.fixture(scope="module")
def documents(setting: Setting) -> dict[str, Any]:
    """Return all editions, laid out."""
    return {edition: setting.fitted(edition) for edition in EDITIONS}


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def page_texts(pdf: bytes) -> list[str]:
    return [letters(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def places(document: Any) -> Iterator[tuple[int, str, str, float, float]]:
    """Yield page, role, path and corner, in mm, of all that the columns hold."""
    for number, page in enumerate(document.pages):
        for box in with_role(page._page_box, "bar", "item", "strip", "sources"):
            path = box.element.get("data-path", "")
            yield number, box.element.get("data-role"), path, box.position_x * PX, box.position_y * PX


def test_files_are_named_after_the_deck(files: dict[str, bytes]) -> None:
    ends = ["-sheet", "-sheet-red", "-sheet-mask", "-worksheet"]
    ends += ["-digest", "-digest-red", "-digest-mask", "-digest-worksheet"]
    assert list(files) == [*(f"example{end}.pdf" for end in ends), "calibration.pdf"]
    titles = set()
    for pdf in files.values():
        with pikepdf.open(BytesIO(pdf)) as document:
            titles.add(str(document.docinfo["/Title"]))
    assert len(titles) == len(files)


def test_one_edition_alone_is_the_same_as_among_all(
    files: dict[str, bytes], example_project: Project, cache: Path
) -> None:
    assert sheet.render(example_project, cache) == files["example-sheet.pdf"]


@pytest.mark.parametrize("end", ["-sheet-red", "-sheet-mask"])
def test_every_live_core_item_is_printed_for_red_sheets_too(
    files: dict[str, bytes], example_project: Project, end: str
) -> None:
    text = "".join(page_texts(files[f"example{end}.pdf"]))
    assert [piece for piece in printed_texts(example_project) if letters(piece) not in text] == []


@pytest.mark.parametrize("edition", EDITIONS[1:])
def test_everything_has_the_same_place_in_all_editions(documents: dict[str, Any], edition: str) -> None:
    colour, other = (list(places(documents[each])) for each in ("colour", edition))
    assert len(colour) > 60
    assert [place[:3] for place in other] == [place[:3] for place in colour]
    offsets = [
        abs(a - b) for one, two in zip(colour, other, strict=True) for a, b in zip(one[3:], two[3:], strict=True)
    ]
    assert max(offsets) <= 0.2


@pytest.mark.parametrize("edition", ["vanish", "mask"])
def test_lines_break_alike_in_editions_that_are_measured_as_one(documents: dict[str, Any], edition: str) -> None:
    def words(document: Any) -> list[tuple[str, float]]:
        root = document.pages[0]._page_box
        found = (box for column in with_role(root, "column") for box in boxes(column))
        return [(box.text, round(box.position_x)) for box in found if type(box).__name__ == "TextBox"]

    assert words(documents[edition]) == words(documents["colour"])


@pytest.mark.parametrize("end", ["-sheet", "-sheet-red", "-sheet-mask", "-worksheet"])
def test_no_ink_stands_in_the_margins_or_between_columns(files: dict[str, bytes], setting: Setting, end: str) -> None:
    for number in range(len(setting.fitted().pages)):
        page = pypdfium2.PdfDocument(files[f"example{end}.pdf"])[number]
        grey = page.render(scale=PER_INCH / 72).to_pil().convert("L")
        mm = PER_INCH / 25.4
        gutters = [(8 + k * (90.8 + 4.3) - 4.3 + 0.4, 8 + k * (90.8 + 4.3) - 0.4) for k in (1, 2)]
        for left, right in [(0, 7.5), *gutters, (297 - 7.5, 297)]:
            strip = grey.crop((round(left * mm), round(20 * mm), round(right * mm), round(200 * mm)))
            assert strip.getextrema() == (255, 255), f"page {number + 1}, {left:.1f} to {right:.1f} mm"


class TestUnderARedSheet:
    def test_orange_answers_are_gone(self, files: dict[str, bytes], documents: dict[str, Any]) -> None:
        lines = answers_seen(files["example-sheet-red.pdf"], documents["vanish"])
        assert len(lines) > 50
        assert max(map(michelson, lines)) <= 0.05
        assert amount(colours(files["example-sheet-red.pdf"]), ORANGE) > 2000
        assert contrast(seen_bare(ORANGE), seen_bare(PAPER)) >= 2.5

    def test_masked_answers_are_gone(self, files: dict[str, bytes], documents: dict[str, Any]) -> None:
        lines = answers_seen(files["example-sheet-mask.pdf"], documents["mask"])
        # Both are nearly black, so what the eye has to tell apart is set against the paper around them.
        assert max(lightest - darkest for rows in lines for darkest, lightest in rows) / seen(PAPER) <= 0.05
        assert contrast(seen_bare(BLACK), seen_bare(BAND)) >= 4.5
        assert amount(colours(files["example-sheet-mask.pdf"]), BAND) > 10000

    def test_answers_of_the_colour_edition_stay(self, files: dict[str, bytes], documents: dict[str, Any]) -> None:
        lines = answers_seen(files["example-sheet.pdf"], documents["colour"])
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
    for page, laid_out in zip(pypdfium2.PdfDocument(pdf), document.pages, strict=True):
        image = page.render(scale=PER_INCH / 72).to_pil().convert("RGB")
        for box in answer_lines(laid_out._page_box):
            left, right = round(box.position_x * scale + INSET), round((box.position_x + box.width) * scale - INSET)
            top, bottom = round(box.position_y * scale), round((box.position_y + box.height) * scale)
            rows = [image.crop((left, row, max(right, left + 1), row + 1)).getcolors() for row in range(top, bottom)]
            lights = [[seen(colour) for _, colour in row] for row in rows]
            lines.append([(min(each), max(each)) for each in lights])
    return lines


def michelson(rows: list[tuple[float, float]]) -> float:
    darkest, lightest = min(row[0] for row in rows), max(row[1] for row in rows)
    return (lightest - darkest) / (lightest + darkest)


def answer_lines(root: Any) -> Iterator[Any]:
    for box in boxes(root):
        classes = box.element.get("class", "").split() if box.element is not None else []
        if {"answer", "line"} & set(classes) and type(box).__name__ in ("InlineBox", "BlockBox"):
            yield from (each for each in boxes(box) if type(each).__name__ == "TextBox" and each.text.strip())


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
