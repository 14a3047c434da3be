"""How wide the columns of a table are: its texts are few lines, and none is broken where it need not be.

A kanji is 1 em wide, kana beside it are 0.88 em, a sign of code is 0.575 em and the space after it 0.25 em.
"""

import pytest
from hitoe.sheet.layout.column_widths import PADDING, STEP, Columns, columns, longest
from hitoe.text import Text
from hitoe.text.parse import parse
from hitoe.text.ruby import Ruby
from hitoe.typography import fonts


def laid(*rows: list[str], width: float, head: list[str] | None = None) -> Columns:
    titles = [parse(text) for text in head] if head else [None] * len(rows[0])
    return columns(titles, [[parse(text) for text in row] for row in rows], width)


def ems(found: Columns, width: float) -> list[float]:
    """Return how wide columns are in em, without their padding."""
    return [width * part / 100 - PADDING for part in found.widths]


def test_a_column_that_is_one_line_with_a_little_more_room_gets_it_before_one_that_stays_long() -> None:
    short, long = "東京 大阪 京都 奈良", "長い説明がどこまでも続いてゆく文章 " * 8
    first, second = ems(laid([short, "川"], [short, "山"], ["国", long], width=40.0), 40.0)
    assert first >= 4 * 2 + 3 * 0.25 > first - 2.5
    assert second > first


@pytest.mark.parametrize(
    ("rows", "width", "widths", "tight"),
    [
        ([["漢字", "漢字漢字"]], 21.0, (45.2, 54.8), False),
        ([["漢字", "漢字" * 8]], 21.0, (16.0, 84.0), False),
        ([["川", "`" + "n" * 20 + "`"]], 21.0, (14.5, 85.5), False),
        ([["短い", "`" + "n" * 40 + "`", "`" + "n" * 40 + "`"]], 33.5, (8.5, 45.7, 45.7), True),
        ([["短い", "`" + "n" * 50 + "`", "`" + "n" * 20 + "`"]], 33.5, (8.5, 53.9, 37.6), True),
        ([["`abc`の値", "AWS の Lambda 関数"]], 20.0, (30.1, 69.9), False),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 22.0, (42.6, 57.4), True),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 20.0, (37.0, 63.0), True),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 18.0, (30.0, 70.0), True),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 16.0, (48.8, 51.2), True),
        ([["一 二 三 四 五 六", "川 山"], ["国", "東京 大阪 京都 奈良 " * 3]], 20.0, (44.2, 55.8), False),
        ([["一 二 三 四 五 六", "川 山"], ["国", "東京 大阪 京都 奈良 " * 3]], 34.0, (26.0, 74.0), False),
        ([["あいうえお かきくけこ", "`ab`を使う"], ["`a.b` `c.d`", "山"]], 16.0, (66.5, 33.5), False),
        ([["i", "漢字漢字"]], 12.0, (22.7, 77.3), False),
    ],
    ids=[
        *("all on one line", "what is left goes to a long text", "code is kept whole", "code is broken"),
        *("the widest code is broken", "a particle stays at its code", "7 em of a phrase", "5 em of a phrase"),
        *(
            "3.5 em of a phrase",
            "less than a phrase",
            "fewer lines",
            "fewer lines in more room",
            "kana and code",
            "narrow letters",
        ),
    ],
)
def test_columns_are_as_wide_as_few_lines_need(
    rows: list[list[str]], width: float, widths: tuple[float, ...], tight: bool
) -> None:
    assert laid(*rows, width=width) == Columns(widths, tight)
    assert sum(widths) == pytest.approx(100, abs=0.3)


@pytest.mark.parametrize(
    ("width", "first"), [(18.0, 42.7), (19.5, 22.7), (21.5, 28.3), (23.0, 34.3), (24.5, 40.3), (28.0, 35.6)]
)
def test_the_less_room_there_is_the_less_of_a_phrase_stays_together(width: float, first: float) -> None:
    """The phrase is 9 em long; whole, it finds room from 24.5 em on, 7 em of it from 22.5, 5 from 20.5, 3.5 from 19."""
    found = laid(["この コミュニケーション を", "`" + "n" * 20 + "`", "川 " * 12], width=width)
    assert (found.widths[0], found.tight) == (first, width < 24.5)


def test_a_head_counts_as_a_row() -> None:
    rows = [["川", "山"]]
    assert laid(*rows, width=20.0, head=["長い見出し", "山"]) == laid(["長い見出し", "山"], *rows, width=20.0)
    assert laid(*rows, width=20.0, head=["長い見出し", "山"]) != laid(*rows, width=20.0)


def test_columns_are_tight_when_their_longest_words_do_not_find_room_side_by_side() -> None:
    word = "`" + "n" * 10 + "`"
    fits = 2 * (10 * 0.575 + 0.25 + PADDING)
    assert [laid([word, word], width=fits + more).tight for more in (-0.01, 0.01)] == [True, False]


@pytest.mark.parametrize(
    "word", ["Rückgewährschuldverhältnis", "ответственность", "δικαιοπραξία", "nghĩa-vụ", "übergroß"]
)
def test_no_line_breaks_in_a_word_whose_letters_are_not_of_ascii(word: str) -> None:
    plain = [[word, "word " * 20]]
    spelt = laid(*plain, width=24.0)
    room = ems(spelt, 24.0)[0]
    assert room >= sum(fonts.advance(letter) for letter in word)
    assert not spelt.tight


def test_spaces_between_words_of_other_letters_count() -> None:
    accented, plain = "überall " * 8, "uberall " * 8
    both = laid([accented, "word " * 40], width=60.0), laid([plain, "word " * 40], width=60.0)
    assert both[0] == both[1]


@pytest.mark.parametrize("word", ["log~abcdefghij~", "x^abcdefghij^", "x^abcdefgh^~abcdefgh~", "a log~abcdefghij~"])
def test_no_line_breaks_before_a_subscript_or_superscript_and_its_letters_count_as_large_ones(word: str) -> None:
    found = laid([word, "word " * 20], width=24.0)
    longest = word.rpartition(" ")[2]
    assert ems(found, 24.0)[0] >= sum(fonts.advance(letter) for letter in longest if letter.isalnum())
    assert not found.tight


def test_a_reading_is_as_wide_as_fewer_large_letters() -> None:
    """Seven kana of 0.72 em are as wide as six, and a space follows."""
    found = columns([None] * 2, [[Text.of_nodes((Ruby("漢", "あいうえおかき"),)), parse("語 " * 40)]], 24.0)
    assert 6.25 <= ems(found, 24.0)[0] < 7


@pytest.mark.parametrize(
    ("other", "least", "room"),
    [
        pytest.param("m" * 20, 1.0, 10.0, id="beside another long word"),
        pytest.param("i", 5.0, 15.0, id="beside a column that is to have room"),
        pytest.param("山" * 20, 5.0, 15.0, id="beside Japanese, which breaks anywhere"),
        pytest.param("i", 50.0, 10.0, id="beside columns that are to have more than there is"),
    ],
)
def test_words_are_as_long_as_the_columns_beside_them_leave_room_for(other: str, least: float, room: float) -> None:
    found = longest([None, None], [[parse("m" * 20), parse(other)]], 20.0 + 2 * PADDING, least)
    assert room - STEP < found <= room


def test_words_that_find_room_side_by_side_are_as_long_as_they_are() -> None:
    assert longest([None, None], [[parse("m" * 20), parse("i")]], 60.0, 5.0) >= fonts.advance("m") * 20
