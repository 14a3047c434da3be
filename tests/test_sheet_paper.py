"""Paper, columns, pages and letters as the author asks for them, and heads that tell which print is which."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.model.project import Project
from hitoe.problems import InputError, PrintError
from hitoe.schema import Sheet
from hitoe.sheet.build import StudySheet, printed
from hitoe.sheet.layout import boxes
from hitoe.sheet.layout.pages import Layout
from hitoe.typography import page_geometry
from support.notes import DECK, item, problems, written
from support.projects import edit, example_copy
from support.study_sheet import colour, document, study_sheet, whole_sheet

MM = 72 / 25.4


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def example(tmp_path: Path) -> Callable[[str], Project]:
    """Return a function that reads the example with more lines in deck.yaml."""

    def project(lines: str) -> Project:
        folder = tmp_path / "project"
        if not folder.exists():
            example_copy(folder)
            (folder / "deck.yaml").write_text((folder / "content/deck.yaml").read_text("utf-8"), "utf-8")
        (folder / "content/deck.yaml").write_text((folder / "deck.yaml").read_text("utf-8") + lines, "utf-8")
        return checks.trusted(folder)

    return project


def heads(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\xa0", " ") for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize(
    ("settings", "size", "columns"),
    [
        ({}, (297, 210), 3),
        ({"paper": "A3"}, (420, 297), 4),
        ({"orientation": "portrait"}, (210, 297), 2),
        ({"paper": "Letter"}, (279.4, 215.9), 3),
        ({"paper": "A3", "columns": "3"}, (420, 297), 3),
        ({"paper": "A5"}, (210, 148), 2),
        ({"paper": "A5", "orientation": "portrait"}, (148, 210), 1),
        ({"paper": "B4"}, (364, 257), 4),
        ({"paper": "B5"}, (257, 182), 2),
        ({"paper": "B5", "orientation": "portrait"}, (182, 257), 2),
    ],
)
def test_paper_has_its_size_and_as_many_columns_as_can_be_read(
    settings: dict[str, str], size: tuple[float, float], columns: int
) -> None:
    geometry = page_geometry.geometry(Sheet.model_validate(settings))
    assert (geometry.width, geometry.height) == size
    assert geometry.columns == columns


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("{paper: A3, columns: 4}", marks=pytest.mark.slow),
        "{orientation: portrait, columns: 2}",
        pytest.param("{paper: Letter}", marks=pytest.mark.slow),
        pytest.param("{paper: B5}", marks=pytest.mark.slow),
    ],
)
def test_all_is_printed_on_other_paper(example: Callable[[str], Project], cache: Path, lines: str) -> None:
    project = example(f"sheet: {lines}\n")
    geometry = page_geometry.geometry(project.deck.sheet)
    study = study_sheet(project, cache)
    (pdfs,) = printed([study], ["colour", "red"])
    for pdf in pdfs.values():
        with pikepdf.open(BytesIO(pdf)) as document:
            boxes = {tuple(round(float(edge) / MM, 1) for edge in page.MediaBox[2:]) for page in document.pages}
            assert boxes == {(geometry.width, geometry.height)}
    columns = {len(page.columns) for page in study.pages}
    assert columns == {geometry.columns}


@pytest.mark.parametrize(
    ("paper", "language"),
    [
        ("A5", "ja"),
        pytest.param("B5", "en", marks=pytest.mark.slow),
        pytest.param("A5", "en", marks=pytest.mark.slow),
        pytest.param("B5", "ja", marks=pytest.mark.slow),
    ],
)
def test_head_and_legend_of_narrow_pages_stand_in_their_lines(
    tmp_path: Path, cache: Path, paper: str, language: str
) -> None:
    legend = {"ja": "帯の語が隠れる。", "en": "words on green bands are hidden."}[language]
    deck = DECK.replace("title: 題", "title: AWS 認定デベロッパー – アソシエイトの勉強")
    facts = "\n".join(f"      f{n}: {{fact: {n}番の問い, is: {n}番の答え}}" for n in range(90))
    files = {
        "deck.yaml": deck + f"language: {language}\nsheet: {{paper: {paper}, orientation: portrait}}\n",
        "a.yaml": f"topic: t\ntitle: AWS Certificate Manager\nentries:\n  e:\n    title: 題\n    items:\n{facts}\n",
        "b.yaml": item("fact: 問い\nis: 答え", "b")
        .replace("  e:", "  z:")
        .replace("topic: t\ntitle: 題", "topic: u\ntitle: x"),
    }
    files["b.yaml"] = files["b.yaml"].replace("title: x", "title: AWS Elastic Beanstalk")
    page = pypdfium2.PdfDocument(colour(checks.trusted(written(tmp_path, files)), cache))[0].get_textpage()
    lines = []
    for words in ("アソシエイトの勉強", "AWS Certificate Manager", legend):
        place = page.search(words, match_case=True).get_next()
        assert place, words
        lines.append(page.get_charbox(place[0]))
    title, topics, below = lines
    assert title[3] <= topics[1] or title[2] < topics[0]
    assert below[1] > 4 * MM


def test_the_head_ends_at_the_margin(tmp_path: Path, cache: Path) -> None:
    project = checks.trusted(written(tmp_path, {"a.yaml": item("fact: 問い\nis: 答え")}))
    page = pypdfium2.PdfDocument(colour(project, cache))[0]
    text = page.get_textpage()
    at = text.get_text_range().index("1 / 1") + len("1 / 1") - 1
    assert page.get_width() - text.get_charbox(at)[2] == pytest.approx(page_geometry.MARGIN * MM, abs=1.0)


@pytest.mark.parametrize(
    ("lines", "bullets"),
    [
        ("cloze: |\n  {{c1::一}}つ目\n\n  {{c2::二}}つ目", 1),
        ("cloze: |\n  次の\n\n  - {{c1::一}}つ目", 1),
        ("cloze: |\n  - {{c1::一}}つ目\n  - 二つ目", 0),
        ("fact: |\n  一つ目\n\n  二つ目\nis: 答え", 1),
    ],
)
def test_the_bullet_of_an_item_stands_on_its_first_line(tmp_path: Path, cache: Path, lines: str, bullets: int) -> None:
    project = checks.trusted(written(tmp_path, {"a.yaml": item(lines)}))
    (page,) = document(study_sheet(project, cache)).pages
    (box,) = boxes.with_role(boxes.root(page), "item")
    inside = list(box.descendants())
    found = [each for each in inside if type(each).__name__ == "InlineBlockBox" and boxes.is_generated(each)]
    tops = [each.position_y for each in inside if boxes.is_text(each)]
    assert [min(tops) <= each.position_y < min(tops) + each.height * 4 for each in found] == [True] * bullets


def test_text_that_weasyprint_lets_stand_out_of_its_cell_is_set_more_loosely(tmp_path: Path, cache: Path) -> None:
    rows = (
        'one: {label: ひとつめの道具, a: "**ほぼすべて**のもの", b: "**基盤**の道具", c: "**書式**(JSON / YAML)"}',
        'two: {label: ふたつめ(終了), a: "**つくり手の好み**の限られたもの", b: "**上位**の道具", '
        'c: "**Chef / Puppet**(スタックとレイヤーを使う)"}',
    )
    table = "table: 二つの道具の違い\ncorner: 道具\ncolumns: {a: 対象のもの, b: 位置づけ, c: 方式}\nrows:\n"
    files = {
        "deck.yaml": DECK + "sheet: {smallest: 10}\n",
        "a.yaml": item(table + "".join(f"  {row}\n" for row in rows)),
    }
    project = checks.trusted(written(tmp_path, files))
    study = study_sheet(project, cache)
    ((pdf,),) = [pdfs.values() for pdfs in printed([study], ["colour"])]
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert {path for path, cut in study.pages[0].cuts if cut.loose} == {"e.a"}
    assert 'class="item loose"' in study.html()


def test_letters_grow_with_the_pages_they_may_take(example: Callable[[str], Project], cache: Path) -> None:
    sizes = {}
    for pages in (None, 3):
        project = example(f"sheet: {{pages: {pages}}}\n" if pages else "")
        study = study_sheet(project, cache)
        sizes[pages] = study.fitted.size
        assert len(study.pages) <= (pages or 2)
    assert 7 <= sizes[None] <= sizes[3] <= 8


@pytest.mark.parametrize(("facts", "sizes"), [(1, [8.0]), (39, [8.0]), (44, [7.1, 8.0])])
def test_blocks_of_a_page_are_measured_with_the_largest_letters_alone(
    tmp_path: Path, cache: Path, facts: int, sizes: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    measured = StudySheet._measured

    def noted(self: StudySheet, size: float) -> Layout:
        asked.append(size)
        return measured(self, size)

    monkeypatch.setattr(StudySheet, "_measured", noted)
    more = "".join(f"      f{n}: {{fact: 問い, is: 答え}}\n" for n in range(1, facts))
    study = study_sheet(checks.trusted(written(tmp_path, {"a.yaml": item("fact: 問い\nis: 答え") + more})), cache)
    assert (study.fitted.size, asked) == (8.0, sizes)


def test_too_few_pages_are_the_authors_to_mend(example: Callable[[str], Project], cache: Path) -> None:
    project = example("sheet:\n  pages: 1\n  smallest: 11.5\n")
    with pytest.raises(InputError) as caught:
        colour(project, cache)
    assert re.fullmatch(
        r"content/deck.yaml:\d+:10: at 11.5 pt the sheet takes \d+ pages, not 1: write `pages: \d+`, "
        r"or mark items `tier: extra`",
        str(caught.value),
    )


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("columns: 5", "4:18: 5 columns would be 53 mm wide, not 80 mm: write 3 or fewer, or take wider paper"),
        ("columns: 0", "4:18: 0 is too few: write 1 or more"),
        ("smallest: 6.5", "4:19: letters of 6.5 pt: write 7 to 12, with at most one decimal"),
        ("paper: B3", "4:16: 'B3' is not known here: use one of: A4, A3, A5, B4, B5, Letter"),
        ("papr: A4", "4:9: unknown key 'papr': did you mean 'paper'?"),
    ],
)
def test_settings_that_cannot_be_met_are_told_with_their_place(tmp_path: Path, settings: str, told: str) -> None:
    files = {"deck.yaml": DECK + f"sheet: {{{settings}}}\n", "a.yaml": item("fact: 問い\nis: 答え")}
    assert problems(tmp_path, files) == [f"content/deck.yaml:{told}"]


class TestHeads:
    def versions(self, pdf: bytes) -> list[str]:
        return [match[1] for head in heads(pdf) if (match := re.search(r"版 (\S+)", head))]

    def test_tell_deck_version_and_page(self, tmp_path: Path, cache: Path) -> None:
        root = written(tmp_path, {"a.yaml": item("fact: 問い\nis: 答え")})
        files = sheet.editions(checks.trusted(root), cache).files
        signs = {
            sign
            for name in files
            if not re.search("calibration|worksheet", name)
            for sign in self.versions(files[name])[:1]
        }
        assert len(signs) == 1
        [head] = heads(files["own-sheet.pdf"])
        assert "題" in head
        assert "1 / 1" in head
        assert re.search("版 [0-9a-f]{6}", head)
        assert "1 / 1" in heads(files["calibration.pdf"])[0]

    def test_the_author_may_name_the_version(self, tmp_path: Path, cache: Path) -> None:
        root = written(tmp_path, {"deck.yaml": DECK + "version: 秋版\n", "a.yaml": item("fact: 問い\nis: 答え")})
        assert self.versions(colour(checks.trusted(root), cache)) == ["秋版"]

    def test_a_page_has_another_version_when_something_else_is_on_it(
        self, example: Callable[[str], Project], cache: Path
    ) -> None:
        project = example("sheet: {smallest: 11}\n")
        before, again = ([page.version for page in study_sheet(project, cache).pages] for _ in range(2))
        assert again == before
        edit(project.root, "chiri.yaml", "is: 北海道\n", "is: 北海州\n")
        after = [page.version for page in study_sheet(checks.trusted(project.root), cache).pages]
        assert len(after) == len(before) > 1
        assert after[0] != before[0]
        assert after[-1] == before[-1]

    def test_where_an_entry_goes_over_pages_only_the_page_of_a_change_has_another_version(
        self, tmp_path: Path, cache: Path
    ) -> None:
        facts = "".join(f"      f{n}: {{fact: {n}番の問い, is: {n}番の答え}}\n" for n in range(60))
        deck = DECK + "sheet: {paper: A5, smallest: 12}\n"
        notes = f"topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    items:\n{facts}"

        def signs(text: str) -> list[str]:
            project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": text}))
            return [page.version for page in study_sheet(project, cache).pages]

        before, after = signs(notes), signs(notes.replace("is: 59番の答え", "is: 59番の答え。"))
        assert len(before) > 1
        assert before[:-1] == after[:-1]
        assert before[-1] != after[-1]


def test_tables_of_long_words_with_umlauts_are_printed(tmp_path: Path, cache: Path) -> None:
    table = "table: Geschäftsfähigkeit\ncolumns: {alter: Alter, folge: Rechtsfolge, norm: Norm}\nrows:\n"
    rows = (
        "gu: {label: geschäftsunfähig, alter: < 7 Jahre, folge: WE nichtig, norm: §§ 104 Nr. 1; 105 I}",
        "bg: {label: beschränkt, alter: 7–17, folge: schwebend unwirksam, norm: §§ 106–113}",
    )
    files = {"deck.yaml": DECK, "a.yaml": item(table + "".join(f"  {row}\n" for row in rows))}
    study = study_sheet(checks.trusted(written(tmp_path, files)), cache)
    assert len(list(printed([study], ["colour"]))) == 1
    assert 'class="item loose"' not in study.html()


UPRIGHT = DECK + "sheet: {paper: A5, orientation: portrait, smallest: 12}\n"
"""The worksheet's letters stay at 9 pt."""


def worksheet(folder: Path, cache: Path, deck: str, topic: str) -> list[str]:
    """Return the text of each page of the worksheet of a topic."""
    project = checks.trusted(written(folder, {"deck.yaml": deck, "a.yaml": topic}))
    (pdf,) = whole_sheet(project, cache, ["worksheet"]).values()
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def words_beside(*heads: str) -> str:
    """Return a topic with a table of these column titles, which are its cells too."""
    cells = ", ".join(f"k{number}: {head}" for number, head in enumerate(heads))
    first = ", ".join(f"k{number}: {head}0" for number, head in enumerate(heads))
    rows = f"rows:\n  r: {{label: Amt0, {first}}}\n  s: {{label: Amt1, {first.replace('0,', '1,')}}}\n"
    return item(f"table: V\ncolumns: {{{cells}}}\nask: none\n{rows}")


def test_a_table_that_breaks_words_in_the_columns_of_the_sheet_does_not_on_the_worksheet(
    tmp_path: Path, cache: Path
) -> None:
    rocks = ("Magmatite", "Metamorphite", "Sedimentite", "Plagioklase")
    topic = words_beside(*rocks, "aus einem Magma und in der Tiefe langsam erstarrt " * 2 + "x")
    study = study_sheet(checks.trusted(written(tmp_path / "sheet", {"deck.yaml": DECK, "a.yaml": topic})), cache)
    assert 'class="compare tight"' in study.html()
    (page, *_) = worksheet(tmp_path / "worksheet", cache, DECK, topic)
    assert [rock for rock in rocks if f"{rock}0" not in page] == []


def test_a_table_that_is_wider_than_the_worksheet_breaks_its_long_words_alone(tmp_path: Path, cache: Path) -> None:
    short = ("Amt", "Vorgang", "Haftung", "Ermessen")
    (page, *_) = worksheet(tmp_path, cache, UPRIGHT, words_beside("Bundesausbildungsförderungsgesetz" * 2, *short))
    assert [word for word in short if f"{word}0" not in page] == []
    assert "Bundesausbildungsförderungsgesetz" * 2 in "".join(page.split())
    assert "Bundesausbildungsförderungsgesetz" * 2 not in page


def test_a_table_of_more_columns_than_a_worksheet_holds_is_the_authors_to_mend(tmp_path: Path, cache: Path) -> None:
    cells = ", ".join(f"k{number}: a{number}" for number in range(14))
    table = f"table: V\ncolumns: {{{cells}}}\nrows:\n  r: {{label: b, {cells}}}\n"
    project = checks.trusted(written(tmp_path, {"deck.yaml": UPRIGHT, "a.yaml": item(table)}))
    with pytest.raises(InputError) as told:
        whole_sheet(project, cache, ["worksheet"])
    assert str(told.value) == (
        "content/a.yaml:7:7: the worksheet has no room for 15 columns: divide the table, or take larger paper"
    )


@pytest.mark.parametrize("mark", ["`", ""], ids=["code", "prose"])
def test_lines_end_at_spaces_before_slashes_where_unicode_lets_none_end(tmp_path: Path, cache: Path, mark: str) -> None:
    topic = item(f"fact: Pfade\nis: '{mark}ls{' /usr/share' * 9}{mark}'\n")
    project = checks.trusted(written(tmp_path, {"deck.yaml": DECK, "a.yaml": topic}))
    study = study_sheet(project, cache)
    assert len(list(printed([study], ["colour"]))) == 1
    assert "loose" not in study.html().partition("<body")[2]


LONG_TEXTS = {
    "german": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "wide": "W" * 40,
    "russian": "тысячадевятьсотвосьмидесятидевятимиллиметровый" * 2,
    "code": "`abcdefghijabcdefghijabcdefghijabcdefghij`",
    "address": "https://example.com/a/very/long/address/that/does/not/end/at/all/and-goes-on?with=parameters&more=too",
}


@pytest.mark.parametrize("lines", ["", "sheet: {paper: B5, orientation: portrait, smallest: 12}\n"], ids=["A4", "B5"])
def test_words_that_are_longer_than_a_line_are_printed_whole(tmp_path: Path, cache: Path, lines: str) -> None:
    topic = "topic: t\ntitle: T\nentries:\n  e:\n    title: E\n    items:\n"
    for name, word in LONG_TEXTS.items():
        for end, asked, answer in (("a", word, "b"), ("b", "W", word), ("c", "L", f"- {word}")):
            topic += f"      {name}-{end}: {{fact: '{asked}', is: '{answer}'}}\n"
    project = checks.trusted(written(tmp_path, {"deck.yaml": DECK + lines, "a.yaml": topic}))
    for name, pdf in whole_sheet(project, cache, ["colour", "worksheet"]).items():
        pages = pypdfium2.PdfDocument(pdf)
        text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)
        text = text.replace("\x02", "-")  # PDFium's sign for a hyphen at a line's end
        assert [word for word in LONG_TEXTS.values() if text.count(word.strip("`")) != 3] == [], name


@pytest.mark.parametrize(
    ("language", "first_is_right"), [("he", True), ("ar-EG", True), ("az-Arab", True), ("en", False)]
)
def test_words_stand_in_the_order_in_which_their_language_is_read(
    tmp_path: Path, cache: Path, language: str, first_is_right: bool
) -> None:
    deck = f"format: 1\nkey: own\ntitle: T\nlanguage: {language}\n"
    facts = item("table: T\ncolumns: {a: second}\nrows: {r: {label: first, a: last}}\n")
    project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "a.yaml": facts}))
    laid = document(study_sheet(project, cache))
    found = {box.text: box.position_x for box in boxes.root(laid.pages[0]).descendants() if boxes.is_text(box)}
    assert (found["first"] > found["last"]) is first_is_right


def test_text_that_stands_out_on_the_left_is_found_where_lines_end_there(tmp_path: Path, cache: Path) -> None:
    deck = "format: 1\nkey: own\ntitle: T\nlanguage: he\n"
    files = {"deck.yaml": deck, "a.yaml": item("fact: one\nis: two\n")}
    study = study_sheet(checks.trusted(written(tmp_path, files)), cache)
    with pytest.raises(PrintError, match="'two' stands out on the left"):
        document(study, lambda html: html.replace('class="answer"', 'class="answer" style="margin-right: 100mm"'))
