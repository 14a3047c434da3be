"""Every character is printed, left out by rule, or printed as 〓 and told with its place."""

import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from hitoe import checks
from hitoe.cli import main
from hitoe.problems import InputError, Problem
from hitoe.sheet import glyph_coverage
from hitoe.sheet.layout import boxes
from hitoe.sheet.pdf import html_signs
from hitoe.sheet.pdf.weasyprint import Printer
from hitoe.typography import fonts, own_fonts
from hitoe.typography.line_breaking import BREAK
from hitoe.typography.printed_signs import GETA, KEPT, UNSEEN, Signs
from hypothesis import given
from hypothesis import strategies as st
from support.notes import item, written

SIGNS = Signs()
SAMPLE = [
    chr(point)
    for point in (
        *range(0xA0, 0x3400),
        *range(0x4E00, 0xA000, 97),
        *range(0xA000, 0x20000, 5),
        *range(0xE0000, 0xE0200),
    )
    if unicodedata.category(chr(point)) not in ("Cc", "Cs", "Cn", "Co")
]
"""Characters of all blocks."""
FIGURE = "fact: 問い\nis: 答え\nfigure:\n  title: 題\n  alt: 図\n  bar: {mine: {label: LABEL, value: 4}}\n  total: 10"


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Printer:
    folder = tmp_path_factory.mktemp("signs")
    return Printer(folder, folder / "cache")


def page(words: Iterable[str], language: str = "ja") -> str:
    """Return a document with a paragraph for each word."""
    paragraphs = "".join(f"<p>{word}</p>" for word in words)
    return f'<html lang="{language}" style="--code: 9pt"><head><title>t</title></head><body>{paragraphs}</body></html>'


def letters(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def family(name: str, *signs: str, variable: bool = False) -> bytes:
    """Return a font with a box for each character."""
    names = {sign: f"u{ord(sign):05X}" for sign in (" ", *signs)}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(sign): glyph for sign, glyph in names.items()})
    pen = TTGlyphPen(None)
    for place in ((0, 0), (0, 700), (700, 700), (700, 0)):
        (pen.lineTo if place != (0, 0) else pen.moveTo)(place)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (800, 0)))
    builder.setupHorizontalHeader(ascent=2000, descent=-900)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if variable:
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def project(root: Path, text: str, **fonts: bytes) -> Path:
    """Write a project of one topic file and its own fonts."""
    written(root, {"t.yaml": text})
    for name, font in fonts.items():
        path = root / "content" / "fonts" / f"{name}.ttf"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(font)
    return root


def told(root: Path) -> list[Problem]:
    return list(glyph_coverage.missing(checks.trusted(root)))


class TestCharacters:
    def test_each_is_printed_left_out_by_rule_or_replaced_and_told(self) -> None:
        for sign in SAMPLE:
            shown = SIGNS.printed(f"語{sign}語")[1:-1]
            if shown == GETA and sign != GETA:
                assert SIGNS.lacking(f"語{sign}語") == [sign]
                assert not fonts.has(sign)
                continue
            assert SIGNS.lacking(f"語{sign}語") == []
            unseen = UNSEEN.match(sign) or sign in "\u200c\u200d"
            assert shown == ("" if unseen else " " if sign.isspace() and shown == " " else sign)

    @pytest.mark.parametrize("step", [50, pytest.param(1, marks=pytest.mark.slow)])
    def test_what_is_printed_has_a_glyph_in_every_weight(self, printer: Printer, step: int) -> None:
        words = [f"字{sign} <strong>{sign}</strong> <code>{sign}</code>" for sign in SAMPLE[::step]]
        for at in range(0, len(words), 4000):
            # A character without a glyph is a warning of WeasyPrint, which is an error here.
            printer.printed(printer.laid_out(page(words[at : at + 4000])))

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_what_is_printed_is_printed_the_same_again(self, text: str) -> None:
        assert SIGNS.printed(SIGNS.printed(text)) == SIGNS.printed(text)
        assert SIGNS.lacking(SIGNS.printed(text)) == []

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("e\u0301 か\u3099 \u1112\u1161\u11ab", "é が 〓"),
            ("x\u0304 ɔ\u0303", "x\u0304 ɔ\u0303"),
            ("葛\U000e0100 ❤\ufe0f a\xadb a\u200db", "葛 ❤ ab ab"),
            ("👩\u200d🚀 👍🏽", "👩\u200d🚀 👍🏽"),
            ("क\u200dष \u0627\u200cx", "〓〓 〓x"),
            ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
            ("\ufa19 Å", "\ufa19 Å"),
            ("H₂O ⇌ H⁺ ≒ œ Ґ ∀ ℝ ☎ ✗ ㊙ ㌔ Ⅷ ｶﾞ 𠮟 𩸽 剝 ㎠", None),
            ("한 ก 𝄞", "〓 〓 〓"),
            ("a\u200bb\u2060c", None),
        ],
    )
    def test_examples(self, written: str, shown: str | None) -> None:
        assert SIGNS.printed(written) == (written if shown is None else shown)

    def test_the_pdf_has_the_characters_as_they_are_written(self, printer: Printer) -> None:
        words = "H₂O⇌H⁺ /ˈwɔːtə/ œuvre Привіт Ґанок ∀x∈ℝ √x≥0 ☎✓✗★♪ ≒ ①②㊙ ㌔ Ⅷ ｶﾞ 剝離 𠮟る 🙂 é が"
        pdf = printer.printed(printer.laid_out(page([words, f"<code>{words}</code>"])))
        assert letters(pdf) == "".join(words.split()) * 2

    def test_no_line_is_higher_for_its_signs(self, printer: Printer) -> None:
        words = ["字字", "字₂", "字∀⇌", "字🙂", "字剝", "字☎", "<strong>字₂Ґ</strong>", "字x̄", "字〓"]
        root = boxes.root(printer.laid_out(page(words)).pages[0])
        heights = {round(box.height, 1) for box in root.descendants() if type(box).__name__ == "LineBox"}
        assert len(heights) == 1

    def test_a_letter_and_its_marks_are_of_one_font(self, printer: Printer) -> None:
        document = printer.laid_out(page(["x̄ a⃗"]))
        styles = {box.element.get("class") for box in boxes.root(document.pages[0]).descendants() if boxes.is_text(box)}
        assert {"accented", "vector"} <= styles

    @pytest.mark.parametrize(("language", "classes"), [("de", {"western", "music"}), ("ja", set()), ("ja-JP", set())])
    def test_signs_are_of_a_font_for_latin_where_the_notes_are_not_in_japanese(
        self, printer: Printer, language: str, classes: set[str]
    ) -> None:
        html = page(["§§ 823, 831 … si♭♭", "<code>§ … ×</code>"], language)
        found = [box for box in boxes.root(printer.laid_out(html).pages[0]).descendants() if boxes.is_text(box)]
        assert {box.element.get("class") for box in found} - {None} == classes
        if classes:
            for sign in ("§§", "♭♭"):
                own = next(box for box in found if box.text == sign)
                assert own.width < 1.2 * own.style["font_size"]  # two kanji are 2 em wide


def test_no_empty_line_stands_above_a_word_that_is_longer_than_its_line() -> None:
    for before in ("<td>", '<td class="lone"><span class="answer">', "<p><strong><em>", "<li>", "<th>"):
        assert html_signs.printed(f"{before}{BREAK}Word", SIGNS) == f"{before}Word"
    behind = f"<td>1<sub>2</sub>{BREAK}Word"
    assert html_signs.printed(behind, SIGNS) == behind


class TestPlaces:
    def test_the_sheet_is_built_and_all_places_are_counted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        topic = item("fact: 問𝄞\nis: 答𝄞").replace(
            "title: 題\n    items", "title: 題𝄞\n    sources: [{title: 典𝄞, url: 'https://a.b/𝄞'}]\n    items"
        )
        topic += "      b: {code: 題, is: 'x 𝄞'}\n      c:\n        " + FIGURE.replace("LABEL", "𝄞").replace(
            "\n", "\n        "
        )
        root = project(tmp_path / "p", topic)
        written(root, {"deck.yaml": "format: 1\nkey: own\ntitle: 題𝄞\nversion: 版𝄞\n"})
        assert main(["build", "sheet", "-C", str(root)]) == 0
        assert capsys.readouterr().err.splitlines() == [
            "content/deck.yaml:3:8: warning: the sheet's fonts have no '𝄞' (U+1D11E): "
            "〓 is printed in 8 texts, first here; put a font with it into content/fonts/"
        ]
        for name in ("own-sheet.pdf", "own-sheet-mask.pdf", "own-worksheet.pdf"):
            text = letters((root / "build" / name).read_bytes())
            assert "題〓" in text
            assert "𝄞" not in text
        assert main(["build", "deck", "log", "-C", str(root)]) == 0

    def test_what_a_figure_cannot_show_is_told(self, tmp_path: Path) -> None:
        root = project(tmp_path / "p", item(FIGURE.replace("LABEL", "x\u0304 é 👩\u200d🚀")))
        assert list(map(str, told(root))) == [
            "content/t.yaml:13:31: a figure on paper cannot show 'x\u0304' (U+0078 U+0304): "
            "〓 is printed; write it otherwise"
        ]
        assert main(["build", "sheet", "-C", str(root)]) == 0

    def test_what_a_picture_draws_as_text_is_replaced_and_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        root = project(tmp_path / "p", item("fact: '![絵](a.svg)'\nis: 答"))
        head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">'
        svg = f'{head}<title>𝄡</title><text y="9">é𝄞&#x1D122;</text></svg>'
        (root / "content/a.svg").write_text(svg, encoding="utf-8")
        assert main(["build", "sheet", "-C", str(root)]) == 0
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("content/t.yaml:8:15: warning: the sheet's fonts have no '𝄞' (U+1D11E), '𝄢' (U+1D122)")
        assert "é〓〓" in letters((root / "build/own-sheet.pdf").read_bytes())

    def test_a_text_names_three_signs_and_counts_the_others(self, tmp_path: Path) -> None:
        (one,) = told(project(tmp_path / "p", item("fact: 問\nis: 한국어가나")))
        assert "'어' (U+C5B4) and 2 more:" in one.message

    def test_a_language_without_a_font_is_told_once_with_all_its_characters(self, tmp_path: Path) -> None:
        notes = {
            f"{topic}.yaml": item("fact: 문제\nis: 답")
            .replace("topic: t", f"topic: {topic}")
            .replace(" e:", f" {topic}:")
            .replace("題", word)
            for topic, word in (("a", "가나"), ("b", "題"))
        }
        notes["b.yaml"] += "      c: {fact: 問ก, is: '𝄞'}\n      d: {fact: 問ข, is: '答'}\n"
        start, printed = "the sheet's fonts have no", "〓 is printed"
        assert sorted(map(str, told(written(tmp_path, notes)))) == [
            f"content/a.yaml:2:8: {start} '가나답문제': {printed} in 6 texts, first here; "
            "put a font with them into content/fonts/",
            f"content/b.yaml:10:17: {start} 'ก' (U+0E01): {printed}; put a font with it into content/fonts/",
            f"content/b.yaml:10:25: {start} '𝄞' (U+1D11E): {printed}; put a font with it into content/fonts/",
            f"content/b.yaml:11:17: {start} 'ข' (U+0E02): {printed}; put a font with it into content/fonts/",
        ]

    def test_what_cannot_be_seen_alone_has_its_number(self, tmp_path: Path) -> None:
        marks = ["\uf0b7", "\uf0a7\uf0b7", "\uf0d8\uf0fc"]
        notes = item("fact: 問\nis: 答") + "".join(
            f'      n{n}: {{fact: 問い{n}, is: "{m}"}}\n' for n, m in enumerate(marks)
        )
        (one,) = told(written(tmp_path, {"t.yaml": notes}))
        assert "no U+F0A7, U+F0B7, U+F0D8, U+F0FC: 〓 is printed in 3 texts, first here; they came" in one.message


@pytest.mark.parametrize("sign", ["〻", "ấ", "😀"])
def test_what_another_font_prints_stands_right_behind_a_sign_that_is_half_as_wide(printer: Printer, sign: str) -> None:
    pdf = printer.printed(
        printer.laid_out(page(f'<span style="font-size: 8pt">ああ、{each}字</span>' for each in (sign, "字")))
    )
    (text,) = (each.get_textpage() for each in pypdfium2.PdfDocument(pdf))
    found = [at for at in range(text.count_chars()) if text.get_text_range(at, 1) == "、"]
    lefts = [text.get_charbox(at + 1, loose=True)[0] for at in found]
    assert lefts[0] == pytest.approx(lefts[1], abs=1.5)


def test_a_bullet_that_was_pasted_from_word_is_told_with_what_to_write(tmp_path: Path) -> None:
    (problem,) = told(written(tmp_path, {"t.yaml": item('fact: 問い\nis: "\uf0b7 答え"')}))
    assert problem.message == (
        "the sheet's fonts have no '\uf0b7' (U+F0B7): 〓 is printed; "
        "it came with pasted text and another font; write • or begin a line with '- ' for a bullet"
    )


def test_a_kanji_whose_form_paper_cannot_choose_is_told(tmp_path: Path) -> None:
    notes = "fact: 葛\U000e0100城と葛\U000e0101飾\nis: 'ok ☺\ufe0e、葛'"
    (problem,) = told(written(tmp_path, {"t.yaml": item(notes)}))
    assert problem.message == (
        "paper shows '葛\U000e0100' (U+845B U+E0100), '葛\U000e0101' (U+845B U+E0101) in the usual form: "
        "say in words how it looks, if that matters"
    )


class TestOwnFonts:
    def test_a_font_of_the_project_prints_what_ours_lack(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        root = project(tmp_path / "p", item("fact: 問\nis: 한국"), some=family("Some", "한"))
        assert [one.message.split(":")[0] for one in told(root)] == ["the sheet's fonts have no '국' (U+AD6D)"]
        assert main(["build", "sheet", "-C", str(root)]) == 0
        assert "한〓" in letters((root / "build/own-sheet.pdf").read_bytes())
        project(root, item("fact: 問\nis: 한국"), some=family("Some", "한", "국"))
        assert main(["build", "sheet", "-C", str(root)]) == 0
        assert "한국" in letters((root / "build/own-sheet.pdf").read_bytes())

    @pytest.mark.parametrize(("language", "used"), [("ja", False), ("en", True)])
    def test_they_come_after_ours_in_japanese_and_else_before(self, tmp_path: Path, language: str, used: bool) -> None:
        root = project(tmp_path / "p", item("fact: 問\nis: 答"), some=family("Some", *"ABC字"))
        printer = Printer(root / "content", tmp_path / "cache")
        document: Any = printer.laid_out(page(["字"], language))
        pdf = printer.printed(document)
        assert (b"+Own-1" in pdf or b"Own" in _fonts(pdf)) is used

    def test_lines_stay_as_high_as_others(self, tmp_path: Path) -> None:
        root = project(tmp_path / "p", item("fact: 問\nis: 答"), some=family("Some", "한"))
        root_box = boxes.root(Printer(root / "content", tmp_path / "cache").laid_out(page(["字字", "字한"])).pages[0])
        heights = {round(box.height, 1) for box in root_box.descendants() if type(box).__name__ == "LineBox"}
        assert len(heights) == 1

    @pytest.mark.parametrize(
        ("font", "why"),
        [
            (b"no font", "this cannot be read as a font"),
            (family("Some", "한")[:400], "this cannot be read as a font"),
            (family("Some", "한").replace(b"post", b"p\xa5st"), "this cannot be read as a font"),
            (family("Some", "한", variable=True), "this is a variable font: put the static files here"),
            (b"ttcf\0\1\0\0", "this holds several files"),
        ],
    )
    def test_one_that_cannot_be_used_stops_the_sheet_only(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], font: bytes, why: str
    ) -> None:
        root = project(tmp_path / "p", item("fact: 問\nis: 한"), some=font)
        assert main(["check", "-C", str(root)]) == 0
        assert f"content/fonts/some.ttf:1:1: warning: {why}" in capsys.readouterr().err
        assert main(["build", "-C", str(root)]) == 1
        assert f"content/fonts/some.ttf:1:1: {why}" in capsys.readouterr().err
        assert (root / "build/own.apkg").is_file()
        assert not (root / "build/own-sheet.pdf").is_file()

    def test_one_whose_damage_is_seen_late_is_told_with_its_file(self, tmp_path: Path) -> None:
        own = own_fonts.OwnFonts([("some.ttf", b"no font", "Own 1")], frozenset(), ())
        with pytest.raises(InputError, match=r"content/fonts/some\.ttf:1:1: this cannot be read as a font"):
            own_fonts.write(own, tmp_path / "fonts")

    def test_a_font_without_latin_letters_gives_no_latin_signs(self, tmp_path: Path) -> None:
        root = project(tmp_path / "p", item("fact: 問\nis: 答"), some=family("Some", *"1,한"))
        assert own_fonts.read(root / "content").characters == {" ", "한"}

    def test_signs_that_join_others_are_kept(self) -> None:
        assert {"\u200d", "\u200c", "\u200f"} <= KEPT


def _fonts(pdf: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        return b" ".join(
            str(each.BaseFont).encode()
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        )
