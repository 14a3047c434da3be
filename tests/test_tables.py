"""Tables: cells that are left out, questions in the author's words, and tables too long to stand on every card."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.deck import cards
from hitoe.deck.notes import Note
from hitoe.model.project import Project
from hitoe.values.language import Language
from support.anki_engine import collection, import_deck, seen, sides
from support.logs import log_files
from support.notes import item, written
from support.projects import build
from support.study_sheet import whole_sheet

GAPS = """
table: 首都と山
corner: 国
columns: {capital: 首都, mountain: 山, area: {title: 面積, retired: true}}
rows:
  japan: {label: 日本, capital: 東京, mountain: 富士山, area: 三十八万}
  france: {label: フランス, capital: パリ}
  nepal: {label: ネパール, mountain: {is: エベレスト, ask: both}}
ask_rows: true
"""
WHOLE, LONG = 12, 400


def project(root: Path, text: str, language: str = "ja") -> Project:
    deck = f"format: 1\nkey: own\ntitle: 題\nlanguage: {language}\n"
    entry = item(text).replace("    items:", "    learned: 2020-W30\n    items:")
    return checks.trusted(written(root, {"deck.yaml": deck, "one.yaml": entry}))


def notes(root: Path, text: str, language: str = "ja") -> dict[str, Note]:
    found = cards.notes(project(root, text, language), cards.templates(Language(language)), unasked=False)
    return {note.path.removeprefix("e.a"): note for note in found}


def long_table(rows: int, changed: str = "") -> str:
    lines = [
        f"  r{i}: {{label: 行 {i}, x: {changed if changed and i == rows // 2 else f'記号{i}'}, y: '{i}', z: 説明{i}}}"
        for i in range(rows)
    ]
    return "\n".join(["table: 長い表", "columns: {x: 記号, y: 番号, z: 説明}", "rows:", *lines])


class TestCellsThatAreLeftOut:
    def test_are_not_asked(self, tmp_path: Path) -> None:
        assert sorted(notes(tmp_path, GAPS)) == [
            *("[france,capital]", "[france]"),
            *("[japan,area]", "[japan,capital]", "[japan,mountain]", "[japan]"),
            *("[nepal,mountain]", "[nepal]"),
        ]

    def test_are_empty_on_cards(self, tmp_path: Path) -> None:
        found = notes(tmp_path, GAPS)
        assert found["[france]"].fields["Question"].count("<li>") == 1
        assert found["[france]"].fields["Answer"] == "<ul><li>首都:パリ</li></ul>"
        assert found["[nepal,mountain]"].fields["Whole"].count("<td></td>") == 2

    def test_are_empty_in_the_log(self, tmp_path: Path) -> None:
        posts = log_files(project(tmp_path, GAPS))
        assert "| ネパール |  | エベレスト |" in posts["2020-W30.md"]
        assert '<th scope="row">ネパール</th><td></td><td>エベレスト</td>' in posts["2020-W30.html"]

    def test_are_empty_on_paper(self, tmp_path: Path) -> None:
        for name, pdf in whole_sheet(project(tmp_path, GAPS), tmp_path / "cache").items():
            said = re.sub(r"[\s\u2060\u200b\xa0]", "", "".join(texts(pdf)))
            assert all(word in said for word in ("ネパール", "エベレスト", "パリ")), name
            if "worksheet" in name:
                assert "④" in said
                assert "⑤" not in said


def texts(pdf: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(pdf):
        yield page.get_textpage().get_text_range()


class TestQuestions:
    @pytest.mark.parametrize(
        ("where", "language", "asked"),
        [
            ("", "ja", '<b class="row"><code>A</code> 国</b> の<br><b class="column"><strong>首都</strong></b> は?'),
            ('question: "{row}の{column}はどこ?"', "ja", "<code>A</code> 国の<strong>首都</strong>はどこ?"),
            ('question: "Which city is the **{column}** of {row}?"', "en", None),
            (
                'question: "{row} `{row}` {column}"',
                "en",
                "<code>A</code> 国 <code>&#123;row&#125;</code> <strong>首都</strong>",
            ),
        ],
    )
    def test_are_the_pattern_with_the_labels_in_their_marks(
        self, tmp_path: Path, where: str, language: str, asked: str | None
    ) -> None:
        table = f'table: 国\ncolumns: {{c: "**首都**"}}\nrows:\n  a: {{label: "`A` 国", c: 甲}}\n{where}'
        (note,) = notes(tmp_path, table, language).values()
        strong = "Which city is the <strong><strong>首都</strong></strong> of <code>A</code> 国?"
        assert note.fields["Question"] == (asked or strong)

    def test_of_a_column_outweigh_those_of_the_table(self, tmp_path: Path) -> None:
        table = "table: 国\ncolumns: {c: {title: 首都, question: '{row}の都は?'}, d: 山, e: 川}\nrows:\n"
        rows = "  a: {label: 甲国, c: 甲, d: 乙, e: 丙}\nquestion: '{row} / {column}'\nask: {e: both}"
        found = notes(tmp_path, table + rows)
        assert [note.fields["Question"] for note in found.values()] == ["甲国の都は?", "甲国 / 山", "甲国 / 川"]
        assert "次のとおりなのは" in found["[a,e]"].fields["Reverse"]

    def test_are_what_the_rules_of_check_read(self, tmp_path: Path) -> None:
        table = "table: 国\ncolumns: {c: 首都}\nrows: {a: {label: 甲国, c: 甲}}\nquestion: '{row}の都は?'"
        [placed] = project(tmp_path, table).entries()
        assert [card.question for card in placed.entry.items["a"].card_words()] == ["国: 甲国の都は?"]


class TestLongTables:
    def test_stand_whole_on_cards_up_to_a_dozen_rows(self, tmp_path: Path) -> None:
        for note in notes(tmp_path, long_table(WHOLE)).values():
            assert note.fields["Whole"].count("<tr") == WHOLE + 1

    @pytest.mark.parametrize(
        ("row", "beside", "cut"),
        [(0, (0, 1, 2), 1), (1, (0, 1, 2, 3), 1), (6, (4, 5, 6, 7, 8), 2), (12, (10, 11, 12), 1)],
    )
    def test_show_a_row_and_its_neighbours(self, tmp_path: Path, row: int, beside: tuple[int, ...], cut: int) -> None:
        shown = notes(tmp_path, long_table(WHOLE + 1))[f"[r{row},x]"].fields["Whole"]
        assert "記号</th>" in shown
        assert re.findall(r"行 (\d+)", shown) == list(map(str, beside))
        assert re.findall(r"asked-row.*?行 (\d+)", shown) == [str(row)]
        assert shown.count("⋮") == cut

    def test_show_the_neighbours_of_a_retired_row(self, tmp_path: Path) -> None:
        text = long_table(WHOLE + 2).replace("{label: 行 7,", "{label: 行 7, retired: true,")
        found = notes(tmp_path, text)
        assert re.findall(r"行 (\d+)", found["[r7,x]"].fields["Whole"]) == ["5", "6", "8", "9", "10"]
        assert re.findall(r"行 (\d+)", found["[r8,x]"].fields["Whole"]) == ["5", "6", "8", "9", "10"]
        every = text.replace("{label", "{retired: true, label").replace("retired: true, retired: true", "retired: true")
        none = notes(tmp_path / "none", every.replace("label: 行 7, retired: true,", "label: 行 7,"))
        assert {note.retired for note in none.values()} == {True}

    def test_stay_small_and_a_corrected_cell_changes_few_notes(self, tmp_path: Path) -> None:
        root = written(tmp_path, {"one.yaml": item(long_table(LONG))})
        first = build(root)
        written(root, {"one.yaml": item(long_table(LONG, changed="訂正した記号"))})
        second = build(root)
        with collection(tmp_path / "anki") as col:
            assert import_deck(col, first).new == 3 * LONG
            log = import_deck(col, second)
            assert 0 < log.updated <= 40
            assert log.new == 0
            front, back = sides(col)[next(iter(sides(col)))]
            assert "⋮" in seen(back)
            assert "⋮" not in seen(front)
            path = Path(col.path)
        assert path.stat().st_size < 3_000_000
        with zipfile.ZipFile(second) as package:
            assert sum(each.file_size for each in package.infolist()) < 3_000_000


def test_a_shipped_cell_that_is_left_out_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = written(tmp_path, {"one.yaml": item(GAPS)})
    build(root)
    written(root, {"one.yaml": item(GAPS.replace(", mountain: 富士山", ""))})
    assert main(["build", "deck", "-C", str(root)]) == 1
    assert "'e.a[japan,mountain]' was shipped and is gone" in capsys.readouterr().err
