"""The printed sheet: all that is learned is on it, whole, in our own type, and the same every time."""

import hashlib
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hitoe import checks
from hitoe.model.project import Project
from hitoe.problems import InputError, PrintError
from hitoe.resources import folder
from hitoe.sheet.build import StudySheet, printed
from hitoe.sheet.layout.boxes import root, with_role
from hitoe.sheet.pdf.weasyprint import Printer, locked_fetcher, no_warnings
from support.printed import printed_texts
from support.study_sheet import colour, document, study_sheet

EXAMPLE = Path(__file__).resolve().parent / "example"
SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
A4_LANDSCAPE = (841.89, 595.28)
PT = 0.75
"""A CSS pixel in pt."""


@pytest.fixture(scope="session")
def cache(sheets_cache: Path) -> Path:
    return sheets_cache


@pytest.fixture(scope="session")
def pdf(example_sheets: dict[str, bytes]) -> bytes:
    return example_sheets["example-sheet.pdf"]


@pytest.fixture(scope="session")
def study(example_project: Project, cache: Path) -> StudySheet:
    return study_sheet(example_project, cache)


@pytest.fixture
def notes(tmp_path: Path) -> Callable[..., Project]:
    """Return a function that makes a project of one entry from the YAML of its items."""

    def project(items: str, language: str = "ja") -> Project:
        (tmp_path / "content").mkdir()
        deck = f"format: 1\nkey: notes\ntitle: 覚え書き\nlanguage: {language}\n"
        (tmp_path / "content/deck.yaml").write_text(deck, "utf-8")
        indented = "".join(f"      {line}\n" for line in items.splitlines())
        topic = f"topic: one\ntitle: 一つ\nentries:\n  only:\n    title: 一つだけ\n    items:\n{indented}"
        (tmp_path / "content/one.yaml").write_text(topic, "utf-8")
        return checks.trusted(tmp_path)

    return project


def letters(pdf: bytes) -> str:
    """Return all visible characters of a PDF in the order in which they are written."""
    document = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))


def test_every_live_core_item_is_printed(example_project: Project, pdf: bytes) -> None:
    text = letters(pdf)
    wanted = list(printed_texts(example_project))
    assert len(wanted) > 80
    assert [piece for piece in wanted if re.sub(r"\s", "", piece) not in text] == []


@pytest.mark.parametrize("gone", ["炭酸水素ナトリウム", "親指と人差し指", "塩で味をつける", "tablespoon", "米用カップ"])
def test_extra_and_retired_things_are_not_printed(pdf: bytes, gone: str) -> None:
    assert gone not in letters(pdf)


def test_text_is_found_and_copied_without_invisible_characters(pdf: bytes) -> None:
    assert not set("\u2060\u200b\xa0\ufffd") & set(letters(pdf))


def test_only_our_fonts_are_used(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert {name.split("+")[1] for name in fonts} <= {
        "Sheet",
        "Sheet-Medium",
        "Sheet-Bold",
        "SheetMono",
        "SheetMono-Bold",
    }
    assert len(fonts) == 5


def test_page_is_a4_landscape_tagged_and_described(example_project: Project, pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        box = [float(edge) for edge in document.pages[0].MediaBox]
        assert box == pytest.approx([0, 0, *A4_LANDSCAPE], abs=0.1)
        assert str(document.Root.Lang) == "ja"
        assert bool(document.Root.MarkInfo.Marked)
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert str(document.docinfo["/Title"]) == "雑学ノート（カラー）"
        assert "/CreationDate" not in document.docinfo
        with document.open_outline() as outline:
            topics = [(topic.title, [entry.title for entry in topic.children]) for topic in outline.root]
            assert [title for title, _ in topics] == [topic.title for topic in example_project.topics.values()]
            assert topics[0][1][0] == "1 日本一の自然"
            assert sum(len(entries) for _, entries in topics) == 10
        links = {str(note.A.URI) for page in document.pages for note in page.get("/Annots", [])}
    assert "https://example.com/dashi?type=ichiban&lang=ja" in links


def test_letters_of_items_are_never_smaller_than_7_pt(study: StudySheet) -> None:
    texts = [
        box
        for page in document(study).pages
        for item in with_role(root(page), "item")
        for box in item.descendants()
        if type(box).__name__ == "TextBox" and "::" not in box.element_tag
    ]
    assert len(texts) > 150
    assert {box.text for box in texts if box.style["font_size"] * PT < 6.999} == set()


def test_bytes_depend_on_the_notes_alone(pdf: bytes, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from hitoe import checks; from support.study_sheet import colour\n"
        "os.umask(0o077)\n"
        "sys.stdout.buffer.write(colour(checks.trusted(Path(sys.argv[1])), Path(sys.argv[2])))"
    )
    elsewhere = tmp_path / "別の 場所"
    shutil.copytree(EXAMPLE, elsewhere)
    path = os.pathsep.join([str(SCRIPTS), str(EXAMPLE.parent)])
    environment = {"PYTHONPATH": path, "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    environment |= {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [sys.executable, "-c", code, str(elsewhere), str(tmp_path / "cache")]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert run.stderr == b""
    assert hashlib.sha256(run.stdout).hexdigest() == hashlib.sha256(pdf).hexdigest()


def test_weasyprint_and_budoux_are_not_loaded_before_something_is_printed() -> None:
    code = (
        "import sys, hitoe.sheet, hitoe.sheet.glyph_coverage\n"
        "print([m for m in ('weasyprint', 'budoux') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_what_is_higher_than_a_column_goes_on_in_the_next(notes: Callable[..., Project], cache: Path) -> None:
    rows = "".join(f"    r{n}: {{label: 行{n}番, a: 値{n}番}}\n" for n in range(40))
    steps = "".join(f"    s{n}: 手順{n}番\n" for n in range(40))
    code = "".join(f"    line_{n}_of_code()\n" for n in range(40))
    items = f"t:\n  table: 長い表\n  columns: {{a: 見出し列}}\n  rows:\n{rows}"
    items += f"s:\n  steps: 長い手順\n  sequence:\n{steps}c:\n  code: 長いコード\n  is: |\n{code}"
    text = letters(colour(notes(items), cache))
    once = [piece for name in ("行{}番", "手順{}番", "line_{}_of_code()") for piece in map(name.format, range(40))]
    assert [piece for piece in once if text.count(piece) != 1] == []
    assert text.count("見出し列") > 1
    assert text.count("続き") > 1
    assert [text.index(piece) for piece in once] == sorted(text.index(piece) for piece in once)


def test_an_item_that_no_column_holds_is_the_authors_to_split(notes: Callable[..., Project], cache: Path) -> None:
    lines = "".join(f"    - 行{n}\n" for n in range(90))
    project = notes(f"huge:\n  fact: 長い箇条書き\n  is: |\n{lines}")
    with pytest.raises(InputError) as caught:
        colour(project, cache)
    assert str(caught.value) == (
        "content/one.yaml:7:7: higher than a column of the sheet: split the item, or mark it `tier: extra`"
    )


def test_notes_in_english_and_a_sheet_of_nothing(notes: Callable[..., Project], cache: Path) -> None:
    nothing = colour(notes("one: {fact: Question, is: Answer, tier: extra}", "en"), cache)
    assert len(pypdfium2.PdfDocument(nothing)) == 1
    assert "Version" in letters(nothing)


class TestNothingIsOverlooked:
    def test_a_complaint_of_weasyprint_stops_the_printing(self, cache: Path) -> None:
        with pytest.raises(PrintError, match="colr"):
            Printer(EXAMPLE / "content", cache).laid_out('<p style="colr: red">')

    def test_other_loggers_do_not_disturb(self) -> None:
        with no_warnings():
            logging.getLogger("elsewhere").warning("not ours")

    @pytest.mark.parametrize(
        ("before", "after", "fault"),
        [
            (">14,125<", '><span style="display: none">14,125</span><', "'14,125' is missing in nihon-ichi.islands"),
            ('data-path="boiling.boiling-point"', 'data-path="other"', "has other items than were put there"),
            (">14,125<", f'><span style="white-space: nowrap">{"14,125" * 20}</span><', "stands out on the right"),
            ('<div class="item"', '<div style="height: 900mm"></div><div class="item"', "."),
            (">14,125<", '><span style="position: relative; top: 170mm">14,125</span><', "'14,125' stands out below"),
            ('data-role="strip"', "", "has other items than were put there"),
        ],
    )
    def test_a_page_that_lacks_something_is_not_printed(
        self, study: StudySheet, before: str, after: str, fault: str
    ) -> None:
        def spoil(html: str) -> str:
            assert before in html
            return html.replace(before, after, 1)

        with pytest.raises(PrintError, match=fault):
            document(study, spoil)

    def test_the_letters_of_figures_are_looked_for_too(self, study: StudySheet) -> None:
        with pytest.raises(PrintError, match="is missing in the figure of"):
            document(study, lambda html: re.sub(r"(<tspan[^>]*>)[^<]+(</tspan>)", r"\1x\2", html))

    def test_an_item_that_a_template_leaves_out_is_missed(self, notes: Callable[..., Project], cache: Path) -> None:
        """The source is compared, not the template with itself."""
        study = study_sheet(notes("a: {fact: 甲, is: 乙}\nb: {fact: 丙, is: 丁}"), cache)
        part = study.pages[0].columns[0][0]
        for each in (part.cuts, part.gaps):
            assert isinstance(each, list)
            each.pop()
        with pytest.raises(PrintError, match="is missing in"):
            list(printed([study]))


def test_the_trailer_identifies_the_content(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        first, second = map(bytes, document.trailer["/ID"])
    assert len(first) == 16
    assert first == second


class TestTheFetcherIsLocked:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:9/x.png",
            "https://example.com/x.png",
            "ftp://example.com/x",
            "data:text/plain,x",
            "file:///etc/passwd",
            "file://host/templates/fonts/SHA256SUMS",
            "file:///templates//etc/passwd",
            "file:///tmp/x",
            "file:///templates/fonts/../../pyproject.toml",
            "file:///templates/fonts/%2e%2e/%2e%2e/pyproject.toml",
        ],
    )
    def test_against_all_but_files_of_its_folders(self, url: str) -> None:
        from hitoe.resources import folder
        from weasyprint.urls import FatalURLFetchingError

        with pytest.raises(FatalURLFetchingError, match="blocked"):
            locked_fetcher({"templates": folder()}).fetch(url)

    def test_against_ways_out_of_its_folders(self, tmp_path: Path) -> None:
        from weasyprint.urls import FatalURLFetchingError

        (tmp_path / "secret.png").write_bytes(b"secret")
        (tmp_path / "content").mkdir()
        (tmp_path / "content" / "own.png").symlink_to(tmp_path / "secret.png")
        with pytest.raises(FatalURLFetchingError, match="blocked"):
            locked_fetcher({"content": tmp_path / "content"}).fetch("file:///content/own.png")

    def test_and_opens_those(self) -> None:
        response = locked_fetcher({"templates": folder()}).fetch("file:///templates/fonts/SHA256SUMS")
        assert b"NotoSansJP" in response.read()

    @pytest.mark.parametrize(
        "html",
        [
            '<img alt="x" src="http://127.0.0.1:9/x.png">',
            '<p style="background: url(http://127.0.0.1:9/x.png)">x',
            "<style>@import url(http://127.0.0.1:9/x.css)</style>",
            '<link rel="attachment" href="file:///etc/hostname">',
            '<a rel="attachment" href="file:///etc/hostname">x</a>',
        ],
    )
    def test_and_ends_the_printing(self, cache: Path, html: str) -> None:
        printer = Printer(EXAMPLE / "content", cache)
        with pytest.raises(PrintError, match=r"^blocked: "):
            printer.printed(printer.laid_out(html), b"x")

    def test_and_stops_a_picture_within_a_picture(self, cache: Path) -> None:
        html = '<svg><image href="http://127.0.0.1:9/x.png" width="9" height="9"/></svg>'
        printer = Printer(EXAMPLE / "content", cache)
        with pytest.raises(PrintError, match="Failed to render SVG image"):
            printer.printed(printer.laid_out(f'<html lang="en"><title>x</title>{html}</html>'), b"x")
