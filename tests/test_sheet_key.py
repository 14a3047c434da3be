"""The answer key: every answer once and in order, in columns that end flush, and a table after the last."""

import random
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks
from hitoe.problems import InputError
from hitoe.sheet import answers
from hitoe.sheet.answers import KeyPage, Passage
from hitoe.sheet.blocks import Block
from hitoe.sheet.echoes import Blank
from hitoe.sheet.kept import Kept
from hitoe.sheet.printer import Printer
from hitoe.sheet.setting import Setting
from hitoe.text.parse import parse
from hitoe.typography.page_geometry import Geometry
from hypothesis import given
from hypothesis import strategies as st

GEOMETRY = Geometry()
TITLE, CONTINUED, LINE, TABLE = 8.0, 4.0, 3.5, 50.0
counts = st.lists(st.integers(0, 120), min_size=1, max_size=12)


def whole(counts: list[int], *, code: int = 0) -> KeyPage:
    """Return the answers of blocks, so many each, the first of which is that many lines of code."""
    lines = "\n".join(f"line {number}" for number in range(code))
    first = [Blank("(0)", lines, code=True, path="a.code")] if code else []
    many = [block(number) for number in range(len(counts))]
    key = {
        each.key: [
            *first,
            *(Blank(f"({at})", f"{each.key} {at}", code=False, path="a.b") for at in range(1, count + 1)),
        ]
        for each, count in zip(many, counts, strict=True)
    }
    return answers.everything(many, key)


def block(number: int) -> Block:
    return Block(
        number=number, file="one.yaml", key=f"b{number}", title=parse("川"), topic="一つ", sources=(), pieces=()
    )


def made(whole: KeyPage) -> list[KeyPage]:
    heights = [[TITLE, CONTINUED, *([LINE] * len(passage.lines))] for passage in whole.columns[0]]
    return answers.pages(whole, [*heights, [TABLE]], GEOMETRY)


def depth(column: list[Passage]) -> float:
    return sum(
        passage.gap + (CONTINUED if passage.continued else TITLE) + LINE * len(passage.lines) for passage in column
    )


@given(counts)
def test_every_answer_is_there_once_and_in_order(counts: list[int]) -> None:
    every = whole([*counts, 1])
    pages = made(every)
    assert [line for page in pages for line in page.lines] == every.lines
    assert [page.practice for page in pages] == [*([0] * (len(pages) - 1)), sum(counts) + 1]
    for page in pages:
        room = GEOMETRY.room - (TABLE if page.practice else 0.0)
        assert len(page.columns) <= GEOMETRY.key_columns
        assert all(depth(list(column)) <= room + 1e-6 for column in page.columns)


@given(counts)
def test_what_goes_on_says_so(counts: list[int]) -> None:
    pages = made(whole([*counts, 1]))
    passages = [passage for page in pages for column in page.columns for passage in column]
    for before, passage in zip([None, *passages], passages, strict=False):
        assert passage.continued == (before is not None and before.block.key == passage.block.key)


def test_full_columns_end_flush() -> None:
    [first, *_, _] = made(whole([14] * 60))
    depths = [depth(list(column)) for column in first.columns]
    assert max(depths) - min(depths) < 0.01
    assert not any(passage.continued for column in first.columns for passage in column)


@pytest.mark.parametrize("seed", range(5))
def test_columns_of_many_passages_end_flush(seed: int) -> None:
    words = random.Random(seed)
    *full, _, _ = made(whole([words.randint(1, 20) for _ in range(120)]))
    assert len(full) > 2
    for page in full:
        depths = [depth(list(column)) for column in page.columns]
        assert max(depths) - min(depths) < 0.01


def test_code_stays_whole_where_something_else_can_be_cut() -> None:
    [first, *_] = made(whole([30] * 20, code=6))
    parts = [passage.lines for column in first.columns for passage in column]
    starts = [lines for lines in parts if lines[0].text == "line 0" and lines[0].code]
    assert len(starts) > 3
    assert all(sum(line.code for line in lines) == 6 for lines in starts)


def test_code_is_set_in_but_not_off_the_column() -> None:
    blank = Blank("①", f"a\n  b\n\n{' ' * 40}c", code=True, path="a.b")
    lines = answers.everything([block(0)], {"b0": [blank]}).lines
    assert [(line.mark, line.text, line.indent) for line in lines] == [
        ("①", "a", 0),
        ("", "b", 2),
        ("", "", 0),
        ("", "c", answers.DEEPEST),
    ]


def test_the_table_has_a_page_of_its_own_only_where_that_saves_none() -> None:
    lines = int((GEOMETRY.room - TITLE) / LINE)
    full = made(whole([lines] * GEOMETRY.key_columns))
    assert [len(page.lines) for page in full] == [lines * GEOMETRY.key_columns, 0]
    assert full[-1].paths == [answers.PRACTICE]
    almost = made(whole([lines - int(TABLE / LINE) - 2] * GEOMETRY.key_columns))
    assert len(almost) == 1


def test_pages_tell_which_blocks_they_have() -> None:
    [page] = made(whole([3, 0, 2]))
    assert page.range == (0, 2)
    assert page.paths == ["b0", "b2", answers.PRACTICE]
    assert KeyPage([], practice=1).range == ()


def project(folder: Path, answer: str) -> Setting:
    (folder / "content").mkdir()
    (folder / "content/deck.yaml").write_text("format: 1\nkey: k\ntitle: 題\n", "utf-8")
    (folder / "content/one.yaml").write_text(
        "topic: one\ntitle: 一つ\nentries:\n  only:\n    title: 川\n    items:\n"
        f"      a: {{fact: 問い, is: {answer}}}\n",
        "utf-8",
    )
    return Setting(checks.trusted(folder), Printer(folder / "content", folder), Kept(folder, ""))


def test_an_answer_higher_than_a_column_of_the_key_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        project(tmp_path, "ぬ" * 1200).printed(["worksheet"])
    assert list(map(str, caught.value.problems)) == [
        "content/one.yaml:7:7: an answer is higher than a column of the worksheet's key: "
        "shorten it, or mark the item `tier: extra`"
    ]


def many(folder: Path, title: str, count: int, size: str = "") -> bytes:
    """Print the worksheet of entries with one fact each, or of one with many, by title."""
    (folder / "content").mkdir()
    (folder / "content/deck.yaml").write_text(f"format: 1\nkey: k\ntitle: 題\n{size}", "utf-8")
    facts = "".join(f"      i{number}: {{fact: 問い{number}, is: 答え{number}番}}\n" for number in range(count))
    entry = f"    title: {title}\n    items:\n"
    (folder / "content/one.yaml").write_text(f"topic: one\ntitle: 一つ\nentries:\n  e:\n{entry}{facts}", "utf-8")
    setting = Setting(checks.trusted(folder), Printer(folder / "content", folder), Kept(folder, ""))
    return setting.printed(["worksheet"])["worksheet"]


@pytest.mark.parametrize("count", [165, 167, 169, 171])
@pytest.mark.parametrize("size", ["", "sheet: {smallest: 8.5}\n"])
def test_the_table_is_as_high_as_it_was_measured(tmp_path: Path, count: int, size: str) -> None:
    assert many(tmp_path, "川", count, size)


@pytest.mark.parametrize(
    "title",
    [
        "a-very-long-option-name/with/parts-abcd",
        "インフォメーションテクノロジーインフラストラクチャーライブラリー",
        "あ" * 52,
        '"`ab ab ab ab ab ab ab ab ab ab cd`"',
    ],
)
def test_any_title_finds_room_in_the_key(tmp_path: Path, title: str) -> None:
    assert many(tmp_path, title, 60, "sheet: {smallest: 8}\n")


def test_a_long_answer_is_told_whole(tmp_path: Path) -> None:
    pdf = project(tmp_path, "ぬ" * 800).printed(["worksheet"])["worksheet"]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert "".join(pages).count("ぬ") == 800
