"""Figures on the sheet, on cards and in the log: read by those who may, and by nobody where they tell answers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import figures
from hitoe.model.project import Project
from hitoe.sheet import EDITIONS
from hitoe.sheet.layout.boxes import PX, root
from hitoe.values.figures import FIGURES
from support.anki_engine import collection, import_deck, seen
from support.browsing import Page
from support.logs import log_files
from support.projects import build, example_copy
from support.study_sheet import document, study_sheet, whole_sheet

SVG = "{http://www.w3.org/2000/svg}"
PER_INCH = 150
EDGE = 2
"""Pixels that are left out at the edges of an answer."""
RED_SHEET, LUMINANCE = (0.85, 0.02, 0.01), (0.2126, 0.7152, 0.0722)
ORANGE, BAND = (0xFF, 0x7A, 0x1A), (0x00, 0xA9, 0x9D)


@pytest.fixture(scope="module")
def cache(sheets_cache: Path) -> Path:
    return sheets_cache


@pytest.fixture(scope="module")
def drawings(example_project: Project) -> Project:
    """Return the example with nothing but the items that have a figure."""
    topics = {}
    for file, topic in example_project.topics.items():
        kept = {
            key: entry.model_copy(update={"items": items})
            for key, entry in topic.entries.items()
            if (items := {name: item for name, item in entry.items.items() if item.figure})
        }
        topics[file] = topic.model_copy(update={"entries": kept})
    return replace(example_project, topics=topics)


@pytest.fixture(scope="module")
def files(drawings: Project, cache: Path) -> dict[str, bytes]:
    return dict(zip(EDITIONS, whole_sheet(drawings, cache).values(), strict=True))


@pytest.fixture(scope="module")
def laid_out(drawings: Project, cache: Path) -> Any:
    return document(study_sheet(drawings, cache))


def drawn(document: Any) -> Iterator[tuple[int, Any]]:
    """Yield page and box of each figure."""
    for number, page in enumerate(document.pages):
        for box in root(page).descendants():
            if box.element is not None and box.element.tag == SVG + "svg":
                yield number, box


def answers(document: Any) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Yield page, left, top, right and bottom, in pixels of CSS, of each answer in a figure."""
    for page, box in drawn(document):
        left, top, wide, _ = map(float, box.element.get("viewBox").split())
        scale = box.width / wide
        for band in box.element.iter(SVG + "rect"):
            if band.get("class") == "band":
                x, y, w, h = (float(band.get(name)) for name in ("x", "y", "width", "height"))
                x0, y0 = box.content_box_x() + (x - left) * scale, box.content_box_y() + (y - top) * scale
                yield page, (x0, y0, x0 + w * scale, y0 + h * scale)


def pixels(pdf: bytes, document: Any) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the colours within each answer in a figure."""
    pages = [page.render(scale=PER_INCH / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]
    for page, edges in answers(document):
        left, top, right, bottom = (round(edge * PER_INCH / 96) for edge in edges)
        inner = pages[page].crop((left + EDGE, top + EDGE, right - EDGE, bottom - EDGE))
        yield [colour for _, colour in inner.getcolors(inner.width * inner.height)]


def light(colour: tuple[int, int, int], through: tuple[float, float, float] = RED_SHEET) -> float:
    linear = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return sum(part * passes * weight for part, passes, weight in zip(linear, through, LUMINANCE, strict=True))


def lights(found: list[tuple[int, int, int]]) -> tuple[float, float]:
    every = [light(colour) for colour in found]
    return min(every), max(every)


class TestOnPaper:
    def test_every_figure_is_printed_as_wide_as_a_column_and_its_letters_are_legible(self, laid_out: Any) -> None:
        found = list(drawn(laid_out))
        assert len(found) == len(FIGURES)
        for _, box in found:
            wide = float(box.element.get("viewBox").split()[2])
            assert box.width * PX <= 90.8
            assert box.width * PX / wide * 10 / 25.4 * 72 >= 7, "the letters are smaller than 7 pt"

    def test_answers_vanish_under_a_red_sheet(self, files: dict[str, bytes], laid_out: Any) -> None:
        for colours in pixels(files["red"], laid_out):
            darkest, lightest = lights(colours)
            assert (lightest - darkest) / (lightest + darkest) <= 0.05
            assert any(max(abs(a - b) for a, b in zip(each, ORANGE, strict=True)) <= 6 for each in colours)

    def test_answers_hide_in_their_bands(self, files: dict[str, bytes], laid_out: Any) -> None:
        for colours in pixels(files["mask"], laid_out):
            darkest, lightest = lights(colours)
            assert (lightest - darkest) / light((255, 255, 255)) <= 0.05
            assert any(max(abs(a - b) for a, b in zip(each, BAND, strict=True)) <= 2 for each in colours)

    def test_answers_stay_in_the_colour_edition(self, files: dict[str, bytes], laid_out: Any) -> None:
        for colours in pixels(files["colour"], laid_out):
            darkest, lightest = lights(colours)
            assert (lightest - darkest) / (lightest + darkest) > 0.5

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_no_figure_is_red_but_for_vanishing_answers(
        self, files: dict[str, bytes], laid_out: Any, edition: str
    ) -> None:
        pages = [
            page.render(scale=PER_INCH / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(files[edition])
        ]
        inside = {page: [edges for at, edges in answers(laid_out) if at == page] for page in range(len(pages))}
        for page, box in drawn(laid_out):
            image = pages[page].copy()
            for edges in inside[page]:
                image.paste((255, 255, 255), tuple(round(edge * PER_INCH / 96) for edge in edges))
            left, top = box.content_box_x(), box.content_box_y()
            area = (left, top, left + box.width, top + box.height)
            figure = image.crop(tuple(round(edge * PER_INCH / 96) for edge in area))
            found = figure.getcolors(figure.width * figure.height)
            grounds = edition == "red"
            assert all(red <= blue + 12 or (grounds and blue > 185 and red <= blue + 21) for _, (red, _, blue) in found)

    def test_figures_are_tagged_with_what_there_is_to_see(self, files: dict[str, bytes], drawings: Project) -> None:
        alts = {
            item.figure.alt.plain
            for placed in drawings.entries()
            for item in placed.entry.items.values()
            if item.figure
        }
        with pikepdf.open(BytesIO(files["colour"])) as pdf:
            found = {str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each}
        assert alts <= found

    def test_only_the_projects_fonts_are_used(self, files: dict[str, bytes]) -> None:
        with pikepdf.open(BytesIO(files["colour"])) as pdf:
            names = {
                str(each.BaseFont)
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
            }
        assert names
        assert all("+Sheet" in name for name in names)


def test_a_figure_wider_than_its_column_is_not_printed(drawings: Project, cache: Path) -> None:
    wide = '<svg style="width: 99mm; max-width: none" class="figure'
    with pytest.raises(Exception, match="'都・道・府・県の数' stands out on the right"):
        document(study_sheet(drawings, cache), lambda html: html.replace('<svg class="figure', wide, 1))


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Return the figure's field, the question and the answer of every card, as Anki shows them."""
    folder = tmp_path_factory.mktemp("figures")
    project = example_copy(folder / "project")
    topic = project / "content/topics/chiri.yaml"
    text = topic.read_text("utf-8").replace("{label: 都と道,", "{label: '都と<b>道</b>`{{c9::x}}`[sound:a.mp3]',", 1)
    topic.write_text(text, "utf-8")
    with collection(folder / "anki") as col:
        import_deck(col, build(project))
        cards = [col.get_card(id_) for id_ in col.find_cards("")]
        shown = [(card.note(), card.render_output()) for card in cards]
        return [(note["Extra1"], output.question_text, output.answer_text) for note, output in shown]


class TestOnCards:
    def test_a_figure_stands_on_backs_alone(self, sides: list[tuple[str, str, str]]) -> None:
        with_figure = [each for each in sides if each[0]]
        assert len({field for field, _, _ in with_figure}) == len(FIGURES)
        for field, question, answer in with_figure:
            assert "<svg" not in question
            assert field in answer
            assert Page(answer).wrong == []
        assert all("<svg" not in question + answer for field, question, answer in sides if not field)

    def test_its_title_and_its_words_are_there(self, sides: list[tuple[str, str, str]]) -> None:
        every = "".join({field for field, _, _ in sides})
        assert every.count('role="img" aria-label="') == len(FIGURES)
        for words in ("リストの中身", "合わせだし", "温度が一定", "1杯目", "移す要素"):
            assert words in seen(every)

    def test_what_authors_write_is_shown_as_written(self, sides: list[tuple[str, str, str]]) -> None:
        (answer,) = [answer for field, _, answer in sides if "都・道・府・県の数" in field]
        shown = re.sub(r"\s", "", seen(answer))
        assert "都と<b>道</b>{{c9::x}}[sound:a.mp3]" in shown

    def test_it_takes_the_colour_of_the_card(self, sides: list[tuple[str, str, str]]) -> None:
        for field, _, _ in sides:
            assert not re.search(r"(?<!&)#[0-9a-f]{3,6}\b|<style|url\(", field)


class TestInTheLog:
    def test_the_page_has_the_drawing_and_markdown_its_words(self, example_project: Project) -> None:
        posts = log_files(example_project)
        for name, text in posts.items():
            if name.endswith(".md"):
                assert "<svg" not in text
        assert sum(text.count("<svg") for text in posts.values()) >= len(FIGURES) - 1
        for name in ("2020-W53.md", "2020-W53.commonmark.md"):
            assert "**一番だしができるまで**\n\n水と乾物を鍋に入れ、こして、だしとだしがらに分ける流れ\n" in posts[name]

    def test_a_figure_is_drawn_for_a_narrow_screen(self, example_project: Project) -> None:
        assert f'viewBox="-1 -1 {figures.SCREEN + 2:g} ' in log_files(example_project)["2020-W53.html"]
