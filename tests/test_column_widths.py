"""How wide the columns of a table are: its texts are few lines, and none is broken where it need not be.

A kanji is 1 em wide, kana beside it are 0.88 em, a sign of code is 0.575 em and the space after it 0.25 em.
"""

from collections.abc import Iterator, Sequence

import pytest
from hitoe.formulas import drawing
from hitoe.sheet.layout.cells import HANDWRITTEN, INDENT, MARK, READABLE, STEP, CellWords, alone, parted
from hitoe.sheet.layout.column_widths import LITTLE, NARROWEST, PADDING, Columns, columns
from hitoe.text import CodeSpan, Plain, Text
from hitoe.text.parse import parse
from hitoe.text.ruby import Ruby
from hitoe.typography import fonts


def laid(*rows: list[str], width: float, head: list[str] | None = None) -> Columns:
    titles = [parse(text) for text in head] if head else [None] * len(rows[0])
    return columns(titles, [[parse(text) for text in row] for row in rows], width)


def ems(found: Columns, width: float) -> list[float]:
    """Return how wide columns are in em, without their padding, though their widths are rounded."""
    assert found.rooms == pytest.approx([width * part / 100 - PADDING for part in found.widths], abs=width / 50000)
    return list(found.rooms)


def test_a_column_that_is_one_line_with_a_little_more_room_gets_it_before_one_that_stays_long() -> None:
    short, long = "東京 大阪 京都 奈良", "長い説明がどこまでも続いてゆく文章 " * 8
    first, second = ems(laid([short, "川"], [short, "山"], ["国", long], width=40.0), 40.0)
    assert first >= 4 * 2 + 3 * 0.25 > first - 2.5
    assert second > first


@pytest.mark.parametrize(
    ("rows", "width", "widths", "tight"),
    [
        ([["漢字", "漢字漢字"]], 21.0, (45.2, 54.8), False),
        ([["漢字", "漢字" * 8]], 21.0, (16.7, 83.3), False),
        ([["川", "`" + "n" * 20 + "`"]], 21.0, (26.2, 73.8), False),
        ([["短い", "`" + "n" * 40 + "`", "`" + "n" * 40 + "`"]], 33.5, (7.6, 46.2, 46.2), True),
        ([["短い", "`" + "n" * 50 + "`", "`" + "n" * 20 + "`"]], 33.5, (7.6, 56.6, 35.8), True),
        ([["`abc`の値", "AWS の Lambda 関数"]], 20.0, (34.3, 65.7), False),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 22.0, (44.3, 55.7), True),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 20.0, (40.0, 60.0), True),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 18.0, (33.3, 66.7), True),
        ([["コミュニケーション", "`" + "n" * 20 + "`"]], 16.0, (25.0, 75.0), True),
        ([["一 二 三 四 五 六", "川 山"], ["国", "東京 大阪 京都 奈良 " * 3]], 20.0, (41.8, 58.2), False),
        ([["一 二 三 四 五 六", "川 山"], ["国", "東京 大阪 京都 奈良 " * 3]], 34.0, (24.6, 75.4), False),
        ([["あいうえお かきくけこ", "`ab`を使う"], ["`a.b` `c.d`", "山"]], 16.0, (66.7, 33.3), False),
        ([["i", "漢字漢字"]], 12.0, (35.4, 64.6), False),
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
    found = laid(*rows, width=width)
    assert found.widths == pytest.approx(widths, abs=0.06)
    assert found.tight is tight
    assert sum(found.widths) == pytest.approx(100, abs=0.002)


def test_columns_get_room_together_that_make_a_row_shorter_only_together() -> None:
    short = ["one two three", "four five six"]
    long = "a word and another one, which is far too long for a line of this table"
    rooms = ems(laid([*short, "z"], ["x", "y", long], width=36.0), 36.0)
    assert [CellWords(parse(text)).lines(room) for text, room in zip(short, rooms[:2], strict=True)] == [1, 1]


def test_columns_that_need_no_more_room_share_what_is_left_in_every_script() -> None:
    rows = [["µ", "10⁻⁶", "micro"], ["n", "10^-9^", "nano"], ["p", "10^-12^", "pico"]]
    prefixes = ems(laid(*rows, head=["x", "Facteur", "Nom"], width=40.0), 40.0)
    assert prefixes == pytest.approx([1.0 + 9.94, 3.78 + 9.94, 2.86 + 9.94], abs=0.1)
    cities = ems(laid(["Tokyo", "東京"], ["Osaka", "大阪"], width=20.0), 20.0)
    assert cities[0] == pytest.approx(cities[1], abs=1.0)


@pytest.mark.parametrize(
    ("width", "first"),
    [(16.0, 27.0), (18.0, 22.2), (19.5, 28.2), (21.5, 34.9), (23.0, 41.3), (24.5, 40.5), (28.0, 35.8)],
)
def test_the_less_room_there_is_the_less_of_a_phrase_stays_together(width: float, first: float) -> None:
    """The phrase is 9 em long; whole, it finds room from 23 em on, 7 em of it from 21, 5 from 19, 3.5 from 17.5."""
    found = laid(["この コミュニケーション を", "`" + "n" * 20 + "`", "川 " * 12], width=width)
    assert found.widths[0] == pytest.approx(first, abs=0.06)
    assert found.tight is (width < 24.5)


def test_a_head_counts_as_a_row() -> None:
    rows = [["川", "山"]]
    assert laid(*rows, width=20.0, head=["長い見出し", "山"]) == laid(["長い見出し", "山"], *rows, width=20.0)
    assert laid(*rows, width=20.0, head=["長い見出し", "山"]) != laid(*rows, width=20.0)


def test_columns_are_tight_when_their_longest_words_do_not_find_room_side_by_side() -> None:
    word = "`" + "n" * 10 + "`"
    fits = 2 * (10 * 0.575 + PADDING)
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
    """Seven kana of 0.72 em are as wide as six."""
    found = columns([None] * 2, [[Text.of_nodes((Ruby("漢", "あいうえおかき"),)), parse("語 " * 40)]], 24.0)
    assert 6 <= ems(found, 24.0)[0] < 7


ACIDS = [
    [parse(text, math=True) for text in line]
    for line in [
        ["Name", "Formel", "Base", "Stärke", "Verwendung"],
        ["Schwefelsäure", "$H_2SO_4$", "$HSO_4^-$", "sehr stark", "verschiedene Düngemittel"],
        ["Salpetersäure", "$HNO_3$", "$NO_3^-$", "sehr stark", "verschiedene Sprengstoffe"],
        ["Essigsäure", "$CH_3COOH$", "$CH_3COO^-$", "schwach", "Lebensmittel"],
    ]
]


def test_no_word_is_cut_where_columns_of_formulas_and_short_words_have_room_to_give() -> None:
    found = columns(ACIDS[0], ACIDS[1:], 32.2)
    whole = max(sum(map(fonts.advance, word)) for word in ("verschiedene", "Düngemittel", "Sprengstoffe"))
    assert found.rooms[4] >= whole
    assert found.rooms[0] >= sum(map(fonts.advance, "Schwefelsäure"))
    assert found.rooms[2] >= drawing("CH_3COO^-", display=False).width


def test_tables_have_little_padding_before_words_are_cut() -> None:
    words = ["m" * 8, "m" * 12, "m" * 10]
    letters = fonts.advance("m") * 30
    found = laid(words, width=letters + 3 * LITTLE + 0.01)
    assert found.tight
    assert [room + 0.001 >= fonts.advance("m") * len(word) for room, word in zip(found.rooms, words, strict=True)] == [
        True
    ] * 3
    assert sum(found.rooms) + 3 * LITTLE == pytest.approx(letters + 3 * LITTLE + 0.01)


@pytest.mark.parametrize("width", [20.0, 26.0, 33.0])
def test_where_words_must_be_cut_no_other_widths_cut_fewer(width: float) -> None:
    words = [["m" * 6, "m" * 14, "i" * 9], ["m" * 7, "m" * 3, "m" * 11], ["m" * 6, "m" * 13, "m" * 2]]
    lines = [[CellWords(parse(word)) for word in line] for line in words]

    def cuts(rooms: Sequence[float]) -> float:
        return sum(cell.cost(room) for line in lines for cell, room in zip(line, rooms, strict=True))

    room = width - 3 * LITTLE
    steps = [STEP * n for n in range(5, int(room / STEP))]
    every = [(a, b, room - a - b) for a in steps for b in steps if room - a - b >= NARROWEST]
    assert cuts(laid(*words, width=width).rooms) <= min(map(cuts, every)) + 1
    assert laid(*words, width=width).tight


def test_a_formula_beside_words_is_not_made_unreadable_to_keep_them_whole() -> None:
    found = columns(
        [None] * 2, [[parse("$a+b+c+d+e+f+g+h+i+j$", math=True), parse("m" * 20)], [None, parse("m" * 20)]], 24.0
    )
    assert found.rooms[0] >= 0.7 * drawing("a+b+c+d+e+f+g+h+i+j", display=False).width


@pytest.mark.parametrize(
    ("text", "width", "parts"),
    [
        ("Haber-Bosch-Verfahren", 6.0, "Haber-|Bosch-|Verfahren"),
        ("verschiedene", 6.0, "ver|s|c|h|i|e|d|ene"),
        ("verschiedene", 9.0, "verschiedene"),
        ("eine verschiedene", 6.0, "eine ver|s|c|h|i|e|d|ene"),
        ("`get_value`", 4.0, "get_|value"),
        ("**verschiedene** *Namen*", 6.0, "ver|s|c|h|i|e|d|ene Namen"),
        ("- eine\n- verschiedene", 6.0, "einever|s|c|h|i|e|d|ene"),
        ("東京verschiedene", 6.0, "東京ver|s|c|h|i|e|d|ene"),
        ("aufgefallen", 4.0, "aufg|e|fa|l|len"),
    ],
)
def test_words_wider_than_their_cell_break_at_joints_or_between_three_letters_and_three(
    text: str, width: float, parts: str
) -> None:
    assert "".join(_letters(parted(parse(text), width))).replace("\u200b", "|") == parts


def _letters(text: Text) -> Iterator[str]:
    return (node.text for node in text.walk() if isinstance(node, Plain | CodeSpan))


def test_nothing_breaks_where_all_words_find_room() -> None:
    text = parse("m" * 20)
    assert columns([None], [[text]], 40.0).parted(0, text) is text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$", True),
        ("**$x$**", True),
        ("![x](a.png)", True),
        ("$x$, $y$", False),
        ("$x$.", False),
        ("x", False),
        ("`x`", False),
    ],
)
def test_a_formula_or_a_picture_may_be_alone_in_its_cell(text: str, found: bool) -> None:
    assert alone(parse(text, math=True)) is found


def test_a_comma_behind_a_formula_has_the_room_that_is_free_there() -> None:
    alone_, followed, longer = (
        CellWords(parse(text, math=True)).least(1.0) for text in ("$abcdef$", "$abcdef$,", "$abcdef$-mmmm")
    )
    assert followed == pytest.approx(alone_ + MARK)
    assert longer == pytest.approx(alone_ + 4 * fonts.advance("m") + fonts.advance("-"))


@pytest.mark.parametrize(("behind", "room", "lines"), [("", 0.0, 1), (", i", MARK, 2)])
def test_a_formula_with_too_little_room_is_smaller_and_stays_on_one_line(behind: str, room: float, lines: int) -> None:
    formula = "$a+b+c+d+e+f+g+h$"
    cell, ems = CellWords(parse(formula + behind, math=True)), CellWords(parse(formula, math=True)).least(1.0)
    assert cell.cost(ems + room) == 0
    assert cell.cost(ems / 2 + room) == pytest.approx(READABLE)
    assert cell.lines(ems / 2 + room) == lines


@pytest.mark.parametrize("text", ["*N*-(4-Hydroxy)", "**N**-(4-Hydroxy)", "N-(4-Hydro**xy**)"])
def test_emphasis_within_a_word_makes_it_no_two_words(text: str) -> None:
    assert CellWords(parse(text)).least(1.0) == pytest.approx(sum(map(fonts.advance, "N-(4-Hydroxy)")))


def test_words_in_lists_need_room_for_their_indents_and_begin_lines() -> None:
    word = fonts.advance("m") * 10
    flat, nested = CellWords(parse("m" * 10)), CellWords(parse("- i\n  - " + "m" * 10))
    assert flat.least(1.0) == pytest.approx(word)
    assert nested.least(1.0) == pytest.approx(word + 2 * INDENT)
    assert [CellWords(parse(text)).lines(30.0) for text in ("i i i", "- i\n- i\n- i", "i\n\ni")] == [1, 3, 2]


def test_pieces_of_blanks_are_counted_with_the_words_in_front_of_them() -> None:
    cell = CellWords(parse("mm"), [4], 3.0)
    assert cell.least(1.0) == 3.0
    assert [round(cell.lines(width) / HANDWRITTEN) for width in (3.0, 6.0, 12.0, 14.5)] == [5, 3, 2, 1]


def test_each_line_of_an_answer_begins_a_line_of_pieces() -> None:
    cell = CellWords(None, [3, 1, 2], 3.0)
    assert [round(cell.lines(width) / HANDWRITTEN) for width in (3.0, 6.0, 90.0)] == [6, 4, 3]


def test_a_space_within_a_node_parts_words() -> None:
    for text in ("Art 0", "**i** Art 0"):
        assert CellWords(parse(text)).least(1.0) == pytest.approx(sum(map(fonts.advance, "Art")))


def test_lines_in_lists_are_shorter_by_their_indent() -> None:
    wide = 2 * fonts.advance("m") + 0.25
    assert [CellWords(parse("i\n- m m")).lines(wide + more) for more in (INDENT - 0.1, INDENT + 0.1)] == [3, 2]
    items = parse("- i\n- " + "m" * 6)
    room = 6 * fonts.advance("m") + 0.1
    assert [parted(items, width) == items for width in (room, room + INDENT)] == [False, True]


def test_more_columns_than_there_is_room_for_share_what_there_is() -> None:
    found = laid(["m" * 9] * 30, width=40.0)
    assert sum(found.widths) == pytest.approx(100, abs=0.03)
    assert min(found.rooms) > 0


def test_words_that_find_no_room_in_their_column_may_break() -> None:
    long = parse("Donaudampfschiff" * 3)
    found = columns([None] * 2, [[long, parse("m" * 20)]], 24.0)
    assert found.parted(0, long) == parted(long, found.rooms[0]) != long


@pytest.mark.parametrize("formula", ["C₆H₁₂O₆", "10⁻⁶", "Fe³⁺→Fe²⁺", "a≤b"])
def test_a_formula_of_letters_and_small_digits_is_one_word(formula: str) -> None:
    words = CellWords(parse(formula))
    assert words.least(3.5) == pytest.approx(sum(map(fonts.advance, formula)))
    assert words.lines(words.least(3.5)) == 1
