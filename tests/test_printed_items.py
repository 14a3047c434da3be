"""Lists, lines of code, formulas and pictures are printed as they are meant in every edition."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.kinds import picture_file
from hitoe.model.project import Project
from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import blocks
from hitoe.sheet.layout.boxes import PX, root
from hitoe.sheet.pdf.weasyprint import printer
from hitoe.sheet.worksheet import Worksheet
from hitoe.workers import Workers
from PIL import Image
from support.notes import DECK, written
from support.study_sheet import study_sheet, whole_sheet

EXAM = DECK + "math: true\nexam: {questions: 1, minutes: 1}\n"
LINE = "aws cloudformation deploy --template-file template.yaml --stack-name my-stack --capabilities CAPABILITY_IAM"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><rect width="10" height="10"/></svg>'


def project(folder: Path, items: str) -> Project:
    lines = "".join(f"      {line}\n" for line in items.splitlines())
    topic = f"topic: t\ntitle: T\nentries:\n  e:\n    title: E\n    items:\n{lines}"
    return checks.trusted(written(folder, {"deck.yaml": EXAM, "t.yaml": topic}))


def printed(one: Project) -> dict[str, list[str]]:
    """Return the text of each page of sheet, worksheet and exam."""
    cache = one.root / "cache"
    files = whole_sheet(one, cache, ["colour", "worksheet"]) | sheet.mock_exam(one, 1, cache).files
    return {
        name: [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files[f"own-{name}.pdf"])]
        for name in ("sheet", "worksheet", "exam-1")
    }


def test_lists_begin_with_the_number_that_the_author_wrote(tmp_path: Path) -> None:
    why = "9. 九番\\n10. 十番"
    one = project(
        tmp_path,
        'a: {fact: 数, is: "3. さん**甲**\\n4. よん**乙**"}\n'
        'b: {fact: 全, is: "5. 五番\\n6. 六番"}\n'
        f'c: {{choice: "問い\\n\\n7. 七番\\n8. 八番", options: {{a: {{right: ア}}, b: {{wrong: イ, why: "{why}"}}}}}}',
    )
    found = {name: "".join(pages) for name, pages in printed(one).items()}
    for name, numbers in {"sheet": range(3, 9), "worksheet": range(3, 9), "exam-1": range(7, 11)}.items():
        assert [number for number in numbers if f"{number}." not in found[name]] == []


LISTS = "1. eins\\n2. zwei\\n   - innen\\n   - **fett**"


@pytest.fixture
def lists(tmp_path: Path) -> Project:
    """Return a project with lists wherever a text may stand."""
    own = LISTS
    return project(
        tmp_path,
        f'a: {{steps: Schritte, sequence: {{a: "Erstens\\n\\n{own}", b: kurz}}}}\n'
        f'b: {{table: Tabelle, corner: "{own}", columns: {{x: Kopf}}, rows: {{r: {{label: "{own}", x: "{own}"}}}}}}\n'
        f'c: {{calc: "Rechnung\\n\\n{own}", given: {{a: {{value: 1, label: "{own}"}}}}, formula: a}}\n'
        f'd: {{code: "Code\\n\\n{own}", is: x}}\n'
        f'e: {{fact: "Frage\\n\\n{own}", is: ja}}\n'
        f'f: {{choice: "Welche\\n\\n{own}", options: {{a: {{right: "{own}"}}, b: {{wrong: nein, why: "{own}"}}}}}}',
    )


@pytest.mark.parametrize("edition", ["colour", "worksheet"])
def test_the_markers_of_lists_stand_in_their_columns_and_cells(lists: Project, edition: str) -> None:
    study = study_sheet(lists, lists.root / "cache").html()
    own = Worksheet(lists, blocks.blocks(lists), "whole").job(Cache(lists.root / "cache"), Workers()).volumes[0].html
    markers = 0

    def walk(box: Any, left: float) -> None:
        nonlocal markers
        if box.element is not None and (box.element.get("data-role") == "column" or box.element.tag in ("td", "th")):
            left = box.position_x
        if box.element_tag in ("li::marker", "li::before"):
            markers += 1
            assert box.position_x > left - 0.01, box.element.get("class")
        for child in getattr(box, "children", ()):
            walk(child, left)

    document = printer(lists.root / "content", lists.root / "cache").laid_out(own if edition == "worksheet" else study)
    for page in document.pages:
        walk(root(page), 0.0)
    assert markers > 30


@pytest.mark.parametrize(
    "text", ["```c\\n{{c1::x}}\\n```", "- {{c1::x}}\\n- y", "1. {{c1::x}}\\n2. y"], ids=["code", "bullets", "numbers"]
)
def test_no_bullet_is_alone_on_a_line_of_the_worksheet(tmp_path: Path, text: str) -> None:
    plain = text.replace("{{c1::x}}", "x")
    one = project(tmp_path, f'a: {{cloze: "{text}"}}\nb: {{cloze: "{{{{c1::wort}}}}"}}\nc: {{fact: "{plain}", is: y}}')
    html = Worksheet(one, blocks.blocks(one), "whole").job(Cache(tmp_path / "cache"), Workers()).volumes[0].html
    (page, *_) = printer(one.root / "content", tmp_path / "cache").laid_out(html).pages
    assert [box.element_tag for box in root(page).descendants()].count("div::before") == 1


def test_bullets_in_a_step_have_no_numbers_and_no_colon_is_alone_on_a_line(lists: Project) -> None:
    for name, pages in printed(lists).items():
        text = "\n".join(pages)
        assert not re.search(r"^\s*[:：]\s*$", text, re.MULTILINE), name
        assert not re.search(r"\d\s*・?\s*innen", text), name


def test_lines_of_code_that_are_longer_than_a_line_of_paper_are_printed_whole(tmp_path: Path) -> None:
    fence = f"```sh\\n{LINE}\\n```"
    options = "options: {a: {right: 正しい}, b: {wrong: 違う, why: 理由}}"
    one = project(
        tmp_path,
        f'a: {{fact: 命令, is: "{fence}"}}\nb: {{fact: "次は何か\\n\\n{fence}", is: 答え}}\n'
        f'c: {{choice: "次は何か\\n\\n{fence}", {options}}}',
    )
    bare = re.sub(r"[\s-]", "", LINE)
    found = {name: re.sub("[\\s\x02\ufffe-]", "", "".join(pages)) for name, pages in printed(one).items()}
    assert {name: text.count(bare) for name, text in found.items()} == {"sheet": 3, "worksheet": 3, "exam-1": 1}


def test_a_short_formula_in_a_narrow_column_has_the_size_of_the_words(tmp_path: Path) -> None:
    heads = ", ".join(f"c{number}: 見出し語{number}" for number in range(5))
    cells = ", ".join(f"c{number}: 長い説明の値{number}" for number in range(5))
    one = project(tmp_path, f"a: {{table: 表, columns: {{{heads}, f: '$pK_a$'}}, rows: {{r: {{{cells}, f: '1'}}}}}}")
    (page,) = (
        printer(one.root / "content", tmp_path / "cache").laid_out(study_sheet(one, tmp_path / "cache").html()).pages
    )
    (box,) = (box for box in root(page).descendants() if box.element is not None and box.element.get("data-formula"))
    (wide,) = (float(wide) for wide in re.findall(r"width: ([\d.]+)em", box.element.get("style")))
    assert box.width == pytest.approx(wide * box.style["font_size"], rel=0.02)


@pytest.mark.parametrize(("wide", "high"), [(60, 600), (600, 60), (100, 190), (40, 40), (900, 1200)])
def test_pictures_with_regions_are_not_stretched(tmp_path: Path, wide: int, high: int) -> None:
    (tmp_path / "content").mkdir()
    Image.new("RGB", (wide, high), "red").save(tmp_path / "content" / "p.png")
    region = "{label: 部分, left: 10, top: 10, width: 50, height: 20}"
    one = project(tmp_path, f"a: {{picture: 何か, image: {{file: p.png, alt: 絵}}, regions: {{a: {region}}}}}")
    worksheet = Worksheet(one, blocks.blocks(one), "whole").job(Cache(tmp_path / "cache"), Workers()).volumes[0].html
    for html in (worksheet, study_sheet(one, tmp_path / "cache").html()):
        page = printer(one.root / "content", tmp_path / "cache").laid_out(html).pages[0]
        (box,) = (box for box in root(page).descendants() if box.element is not None and box.element.tag == "img")
        assert box.height / box.width == pytest.approx(high / wide, rel=0.01)


@pytest.mark.parametrize(
    ("attributes", "tall"),
    [
        ('viewBox="0 0 10 30"', True),
        ('viewBox="0,0,30,10"', False),
        ('width="10" height="30" viewBox="0 0 1 1"', True),
        ('width="30mm" height="10mm"', False),
        ('width="100%" height="100%" viewBox="0 0 1 9"', True),
        ("", False),
    ],
)
def test_the_sides_of_an_svg_are_those_that_are_drawn(tmp_path: Path, attributes: str, tall: bool) -> None:
    (tmp_path / "a.svg").write_text(SVG.format(attributes))
    assert picture_file.is_tall(tmp_path / "a.svg") == tall


@pytest.mark.parametrize("before", ["", "言葉 "], ids=["alone", "within words"])
def test_what_hides_a_picture_that_is_an_answer_is_as_large_as_the_picture(tmp_path: Path, before: str) -> None:
    (tmp_path / "content").mkdir()
    Image.new("RGB", (1600, 60), "red").save(tmp_path / "content" / "p.png")
    one = project(tmp_path, f"a: {{fact: 問い, is: '{before}![](p.png)'}}")
    html = study_sheet(one, tmp_path / "cache").html()
    (page,) = printer(one.root / "content", tmp_path / "cache").laid_out(html).pages
    found = {box.element.get("class"): box for box in root(page).descendants() if box.element is not None}
    picture, veil = found["within" if before else "alone"], found["veil"]
    overlap = 0.1 / PX
    assert veil.position_y == pytest.approx(picture.position_y - overlap, abs=0.1)
    assert veil.margin_height() == pytest.approx(picture.margin_height() + 2 * overlap, abs=0.1)


def test_wide_answers_have_room_beside_their_numbers_and_the_marks_behind_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    Image.new("RGB", (1600, 60), "red").save(tmp_path / "content" / "p.png")
    wide = " + ".join(f"a^{{{number}}}b" for number in range(30))
    answers = [f"(${wide}$)。", f"$${wide}$$", "(![](p.png))。", "- ![](p.png)。", f"- (${wide}$)。"]
    many = f"many: {{cloze: '{' '.join(f'{{{{c{number}::{number}}}}}' for number in range(1, 102))}'}}"
    one = project(tmp_path, "\n".join([many, *(f"w{n}: {{fact: 広{n}, is: '{a}'}}" for n, a in enumerate(answers))]))
    assert whole_sheet(one, tmp_path / "cache", ["worksheet"])


def test_the_line_below_an_answer_is_one_below_subscripts_and_superscripts(tmp_path: Path) -> None:
    one = project(tmp_path, "f: {fact: Ion, is: 'SO~4~^2-^ and H~2~O'}")
    pdf = whole_sheet(one, tmp_path / "cache", ["colour"])["own-sheet.pdf"]
    page = pypdfium2.PdfDocument(pdf)[0]
    lines = [each.get_bounds() for each in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    text = page.get_textpage()
    left, base, *_ = text.get_charbox(text.get_text_range().index("SO"))
    below = [low for start, low, _, high in lines if start > left - 1 and high - low < 1.5 and abs(low - base) < 8]
    assert len(below) > 4
    assert max(below) - min(below) < 0.05
