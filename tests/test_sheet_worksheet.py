"""The worksheet: numbered blanks, which are told in the key and nowhere else on their page."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hitoe import checks
from hitoe.model.project import Project
from hitoe.sheet import blanks, echoes, neighbours, reading, telling
from hitoe.sheet.echoes import Blank, Told
from hitoe.sheet.kept import Kept
from hitoe.sheet.measuring import PX, BlockHeight, PieceHeight, boxes, with_role
from hitoe.sheet.neighbours import Reading
from hitoe.sheet.printer import Printer
from hitoe.sheet.reading import HOLE, SEAM, Piece, Seen
from hitoe.sheet.setting import Setting

EXAMPLE = Path(__file__).resolve().parent / "example"
RUNNING = ("InlineBox", "LineBox", "TextBox")
"""The boxes that running text is made of."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def setting(example_project: Project, cache: Path) -> Setting:
    return Setting(example_project, Printer(EXAMPLE / "content", cache), Kept(cache, ""))


@pytest.fixture(scope="module")
def document(setting: Setting) -> Any:
    return setting.fitted("worksheet")


@pytest.fixture(scope="module")
def key(setting: Setting) -> dict[str, list[Blank]]:
    return {block: list(each) for block, each in setting.blanked.key.items()}


def bare(text: str) -> str:
    return re.sub(r"[\s\u2060\u200b]", "", text)


def printed(page: Any) -> str:
    """Return all letters on a page without the numbers of blanks, with a mark where running text ends."""
    text = ""
    for box in boxes(page._page_box):
        classes = set() if box.element is None else set(box.element.get("class", "").split())
        if type(box).__name__ not in RUNNING or reading.EMPTY & classes:
            text += "|"
        elif type(box).__name__ == "TextBox":
            text += box.text
    return bare(text)


class TestExample:
    def test_every_answer_stands_in_the_key_with_its_number(
        self, setting: Setting, document: Any, key: dict[str, list[Blank]]
    ) -> None:
        pdf = pypdfium2.PdfDocument(setting.printed(["worksheet"])["worksheet"])
        pages = [bare(page.get_textpage().get_text_range()) for page in pdf]
        count = len(setting._pages())
        front, rest = "".join(pages[:count]), "".join(pages[count:])
        every = [blank for each in key.values() for blank in each]
        assert len(every) > 50
        for blank in every:
            told = bare(blank.mark + blank.text)
            assert told in rest
            rest = rest[rest.index(told) + len(told) :]
        echoed = {
            id(box.element)
            for page in document.pages
            for box in boxes(page._page_box)
            if box.element is not None and box.element.get("class") == "echo"
        }
        assert sum(map(front.count, blanks.MARKS)) == len(every) + len(echoed)

    def test_no_answer_can_be_read_anywhere_on_its_page(
        self, setting: Setting, document: Any, key: dict[str, list[Blank]]
    ) -> None:
        asked = 0
        for page, laid_out in zip(setting._pages(), document.pages, strict=False):
            text = printed(laid_out)
            for block in {part.block.key for column in page.columns for part in column}:
                told = [blank.text for blank in key.get(block, ()) if telling.tells(blank.text)]
                words = [part for answer in told for part in (answer, *telling.listed(answer))]
                assert [part for part in words if telling.pattern(part).search(text)] == []
                asked += len(told)
        assert asked > 40

    def test_an_answer_that_its_heading_tells_is_not_asked_and_told_to_the_author(self, setting: Setting) -> None:
        assert [blank.text for blank in setting.blanked.revealed] == ["1.10"]
        assert "1.10" in setting.blanked.told["spelling"].given

    def test_blanks_are_numbered_from_1_in_each_block(self, key: dict[str, list[Blank]]) -> None:
        for each in key.values():
            assert [blank.mark for blank in each] == [blanks.mark(number) for number in range(1, len(each) + 1)]

    def test_lengths_of_blanks_tell_nothing_but_short_or_long(self, document: Any) -> None:
        lines = (box for page in document.pages for box in boxes(page._page_box) if is_segment(box))
        assert {4, 8} < {round(box.width / box.style["font_size"], 2) for box in lines} <= {4, 8, 12, 16}


def test_numbers_go_on_after_50() -> None:
    assert [blanks.mark(number) for number in (1, 20, 21, 35, 36, 50, 51)] == [*"①⑳㉑㉟㊱㊿", "(51)"]


def test_in_the_key_a_number_of_any_length_stands_before_its_answer(tmp_path: Path, cache: Path) -> None:
    more = "".join(f"      i{number}: {{fact: 問い{number}, is: こたえ{number}}}\n" for number in range(4, 53))
    setting = rivers(tmp_path, cache, "川", "水の行き先", "日本海", more)
    [*_, key] = pypdfium2.PdfDocument(setting.printed(["worksheet"])["worksheet"])
    lines = key.get_textpage().get_text_range().splitlines()
    assert [bare(line) for line in lines if "52" in line and "こたえ" in line] == ["(52)こたえ52"]


class TestHidden:
    """Where an answer stands seldom, there is a sign in its place."""

    def test_in_its_own_block_by_its_number(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "長さが367 kmの川を流れる`367 km`の水の行き先", "`日本海`")
        assert setting.revealed() == []
        text = worksheet(setting)
        assert "長さが②の川を流れる②の水の行き先" in text
        assert "367km" not in text

    def test_in_another_block_of_the_page_by_a_sign(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "水の行き先", "日本海", lake("長さ367 kmの川の名に似た湖"))
        text = worksheet(setting)
        assert f"長さ{echoes.STRANGE}の川の名に似た湖" in text
        assert "367km" not in text
        assert setting.revealed() == []

    def test_if_it_is_short_but_not_a_few_letters_of_hiragana(self, tmp_path: Path, cache: Path) -> None:
        other = "      d: {fact: 川がすること, is: する}\n" + lake("北東の海とつながった湖")
        text = worksheet(rivers(tmp_path, cache, "川", "北東へ流れる川の向き", "北東", other))
        assert "③へ流れる川の向き" in text
        assert f"{echoes.STRANGE}の海とつながった湖" in text
        assert "川がすること" in text

    def test_if_it_is_a_word_of_hiragana(self, tmp_path: Path, cache: Path) -> None:
        text = worksheet(rivers(tmp_path, cache, "川", "せせらぎの立つ川の音", "せせらぎ"))
        assert "③の立つ川の音" in text

    def test_in_a_figure_by_its_number_in_brackets(self, tmp_path: Path, cache: Path) -> None:
        other = (
            '      d: {fact: 川の旅, is: 長い, figure: {title: 旅, alt: 図, flow: {a: "信濃川の水", b: "**湖**"}}}\n'
        )
        setting = rivers(tmp_path, cache, "川", "行き先", "日本海", other)
        [text, *_] = pypdfium2.PdfDocument(setting.printed(["worksheet"])["worksheet"])
        assert "[①]の水" in bare(text.get_textpage().get_text_range())

    @pytest.mark.parametrize(
        ("answer", "subject", "expected"),
        [
            ("10", "値は10、10.5、2,10か", "値は③、10.5、2,10か"),
            ("デー", "データとデーの違い", "データと③の違い"),
            ("`()`", "`main()`の形", "main()の形"),
            ("暗号", "暗号化の方式", "③化の方式"),
            ("常に", "正常に、常に動くか", "正常に、③動くか"),
            ("`.config/`", "`.config` の置き場所", "③の置き場所"),
            ("`AllAtOnce`", "all at onceの意味", "③の意味"),
            ("`PutRecord`", "1367 kmと`PutRecordBatch`の行き先", "1367kmとPutRecordBatchの行き先"),
        ],
    )
    def test_as_a_word(self, tmp_path: Path, cache: Path, answer: str, subject: str, expected: str) -> None:
        assert expected in worksheet(rivers(tmp_path, cache, "川", subject, answer))


@pytest.mark.parametrize(
    "item",
    [
        'code: {0}の呼び方\n        language: python\n        is: "flow()\\nend()"',
        "steps: {0}の手順\n        sequence: {{a: '**海**', b: '**空**'}}",
        "table: {0}の比較\n        columns: {{a: 甲}}\n        rows: {{x: {{a: '**山**'}}, y: {{a: 林}}}}",
    ],
)
def test_what_is_below_a_title_that_hiding_made_shorter_stays_where_it_is(
    tmp_path: Path, cache: Path, item: str
) -> None:
    answer = "イシカリガワトテシオガワトトカチガワ"
    other = f"      d:\n        {item.format((answer + 'と') * 3)}\n      e: {{fact: 次, is: 終わり}}\n"
    setting = rivers(tmp_path, cache, "川", "長い三つの川", answer, other)
    assert worksheet(setting).count("③") > 3
    colour, blanked = (
        [
            (box.element.get("data-role"), box.position_y * PX)
            for box in with_role(setting.fitted(edition).pages[0]._page_box, "item", "strip")
        ]
        for edition in ("colour", "worksheet")
    )
    assert len(colour) > 6
    assert [role for role, _ in blanked] == [role for role, _ in colour]
    assert [top for _, top in blanked] == pytest.approx([top for _, top in colour], abs=0.2)


def test_sources_that_hiding_made_shorter_are_as_high_as_before(tmp_path: Path, cache: Path) -> None:
    answer = "イシカリガワトテシオガワ"
    sources = f'    sources: [{{title: "{"と".join([answer] * 4)}", url: "https://a.example/"}}]'
    setting = rivers(tmp_path, cache, f"川\n{sources}", "長い川", answer)
    colour, blanked = (
        [box.margin_height() * PX for box in with_role(setting.fitted(edition).pages[0]._page_box, "sources")]
        for edition in ("colour", "worksheet")
    )
    assert colour[0] > 5
    assert blanked == pytest.approx(colour, abs=0.2)


def test_the_sign_of_a_page_changes_with_the_numbers_of_its_blanks(tmp_path: Path, cache: Path) -> None:
    found = []
    for name, title in (("one", "川"), ("two", "信濃川")):
        (tmp_path / name).mkdir()
        filled = "".join(f"      f{number}: {{fact: 問い{number}, is: 答{number}番}}\n" for number in range(115))
        far = f"  far:\n    title: 空\n    items:\n{filled}" + lake("広い湖").replace("湖\n", f"{title}の湖\n", 1)
        setting = rivers(tmp_path / name, cache, "川", "行き先", "日本海", far, deck="題\nsheet: {smallest: 9}")
        pages = setting._pages()
        assert [pages[at].columns[at][at].block.key for at in (0, -1)] == ["only", "other"]
        found.append((pages[0].version, asked(setting)[0]))
    assert found[0][1] != found[1][1]
    assert found[0][0] != found[1][0]


class TestNotAsked:
    """Where an answer stands often, or cannot be hidden, it is printed; the worksheet does not ask for it."""

    def test_if_the_heading_tells_it(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "367 kmの川", "行き先", "日本海")
        assert list(map(str, setting.revealed())) == [
            "content/one.yaml:8:7: the worksheet does not ask for '367 km', which can be read elsewhere in its block: "
            "reword one"
        ]
        assert "その長さ:367km" in worksheet(setting)
        assert asked(setting) == ["信濃川", "日本海"]

    def test_if_a_heading_of_mixed_markup_tells_it(self, tmp_path: Path, cache: Path) -> None:
        assert asked(rivers(tmp_path, cache, "信濃`川`", "行き先", "日本海")) == ["367 km", "日本海"]

    def test_if_the_topic_is_called_so_but_no_one_need_reword_that(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "行き先", "日本海", topic="信濃川など")
        assert asked(setting) == ["367 km", "日本海"]
        assert setting.revealed() == []

    def test_if_the_heading_of_another_block_tells_it(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "行き先", "日本海", lake("広い湖").replace("湖\n", "信濃川の湖\n", 1))
        assert setting.revealed() == []
        assert asked(setting) == ["367 km", "日本海", "千曲湖"]

    def test_if_the_head_of_the_page_tells_it(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "行き先", "題名", deck="題名の本")
        assert asked(setting) == ["信濃川", "367 km"]

    def test_if_its_block_says_it_often(self, tmp_path: Path, cache: Path) -> None:
        often = "、".join(["メッセージ"] * (neighbours.COMMON + 1))
        setting = rivers(tmp_path, cache, "川", often, "**メッセージ**の行き先")
        assert setting.revealed() == []
        assert f"{bare(often)}:メッセージの行き先" in worksheet(setting)
        assert asked(setting) == ["信濃川", "367 km"]

    def test_if_another_block_says_it_often(self, tmp_path: Path, cache: Path) -> None:
        often = "、".join(["オホーツク海"] * (neighbours.COMMON + 1))
        setting = rivers(tmp_path, cache, "川", "水の行き先", "オホーツク海", lake(often))
        assert often in worksheet(setting)
        assert asked(setting) == ["信濃川", "367 km", "千曲湖"]

    def test_if_other_blocks_say_a_short_one_more_than_once(self, tmp_path: Path, cache: Path) -> None:
        often = "、".join(["海流"] * (neighbours.FEW + 1))
        assert neighbours.FEW < neighbours.COMMON
        assert asked(rivers(tmp_path, cache, "川", "行き先", "海流", lake(often))) == ["信濃川", "367 km", "千曲湖"]

    def test_if_a_word_that_it_lists_can_be_read(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "オホーツク海への道", "オホーツク海、日本海、瀬戸内海")
        assert asked(setting) == ["信濃川", "367 km"]
        assert setting.revealed() == []

    def test_if_a_part_of_it_has_markup_of_its_own(self, tmp_path: Path, cache: Path) -> None:
        setting = rivers(tmp_path, cache, "川", "日本**海**の水が来る所", "日本海")
        assert asked(setting) == ["信濃川", "367 km"]

    def test_if_an_answer_that_is_not_asked_tells_it(self, tmp_path: Path, cache: Path) -> None:
        other = "      d: {fact: 川の名, is: 信濃川の本流}\n"
        setting = rivers(tmp_path, cache, "信濃川の本流", "行き先", "日本海", other)
        assert asked(setting) == ["367 km", "日本海"]

    def test_if_words_beside_an_answer_that_is_not_asked_tell_it(self, tmp_path: Path, cache: Path) -> None:
        other = '      d: {cloze: "広い{{c1::日本海}}の水"}\n      e: {fact: 遠い所, is: 広い日本海}\n'
        setting = rivers(tmp_path, cache, "日本海", "行き先", "太平洋", other)
        assert asked(setting) == ["信濃川", "367 km", "太平洋"]

    def test_if_it_is_a_number_to_calculate_with(self, tmp_path: Path, cache: Path) -> None:
        other = (
            "      d:\n        calc: 367 kmを2日で行くときの1日の道のり\n"
            "        given: {way: {label: 道のり, value: 367, unit: km}, days: {label: 日数, value: 2, unit: 日}}\n"
            "        formula: way / days\n        unit: km\n"
        )
        setting = rivers(tmp_path, cache, "川", "行き先", "日本海", other)
        text = worksheet(setting)
        assert "道のり:367km" in text
        assert "その長さ:367km" in text
        assert asked(setting) == ["信濃川", "日本海", "183.5"]

    def test_all_that_makes_a_list_or_code(self, tmp_path: Path, cache: Path) -> None:
        other = (
            '      d: {steps: 川の旅, sequence: {a: "**信濃川**", b: "**海**"}}\n'
            '      e: {code: 呼び方, language: python, is: "flow()"}\n      f: {fact: "`flow()`の意味", is: 流す}\n'
        )
        setting = rivers(tmp_path, cache, "信濃川とflow()", "行き先", "日本海", other)
        text = worksheet(setting)
        assert "日本一長い川:信濃川" in text
        assert "川の旅1信濃川2" in text
        assert "呼び方flow()" in text
        assert asked(setting) == ["367 km", "日本海", "海", "流す"]

    def test_code_that_is_cut_is_printed_whole(self, tmp_path: Path, cache: Path) -> None:
        lines = [f"line {number}" for number in range(60)]
        code = "".join(f"          {line}\n" for line in lines)
        other = f"      d:\n        code: 書き方\n        language: text\n        is: |\n{code}"
        other += "      e: {fact: 次, is: 終わり}\n"
        setting = rivers(tmp_path, cache, f"川 {' '.join(lines)}", "行き先", "日本海", other)
        assert asked(setting) == ["信濃川", "367 km", "日本海", "終わり"]
        text = worksheet(setting)
        assert all(bare(line) in text for line in lines)
        assert "次:④" in text

    def test_if_code_that_is_not_asked_tells_it(self, tmp_path: Path, cache: Path) -> None:
        other = '      d: {code: 呼び方, language: python, is: "flow(367 km)"}\n'
        assert asked(rivers(tmp_path, cache, "川のflow(367 km)", "行き先", "日本海", other)) == ["信濃川", "日本海"]

    @pytest.mark.parametrize(("deck", "answer"), [("Q&Aの本", "Q&A"), ("題\nversion: 2026年秋版", "2026年")])
    def test_if_the_head_of_each_page_tells_it(self, tmp_path: Path, cache: Path, deck: str, answer: str) -> None:
        assert asked(rivers(tmp_path, cache, "川", "行き先", answer, deck=deck)) == ["信濃川", "367 km"]

    def test_in_a_figure_without_its_box(self, tmp_path: Path, cache: Path) -> None:
        other = (
            '      d: {fact: 川の旅, is: 長い, figure: {title: 旅, alt: 図, flow: {a: "**信濃川**", b: "**湖**"}}}\n'
        )
        setting = rivers(tmp_path, cache, "信濃川", "行き先", "日本海", other)
        assert asked(setting) == ["367 km", "日本海", "長い", "湖"]
        drawn = re.findall(r'rect [^>]*data-answer="1"[^>]*', setting.html("worksheet"))
        assert [re.findall('class="([a-z-]*)', box) for box in drawn] == [["unasked"], ["band"]]


class TestNeighbours:
    PAGE = 500.0
    WORDS = "オホーツク海"

    def told(self, *texts: str, asking: str = "①②", heights: Sequence[float] = (1.0, 1.0)) -> list[Told]:
        """Return what is told of blocks of one item, of which the first asks for WORDS under some numbers."""
        blanks = [Blank(mark, self.WORDS, code=False, path="b.x") for mark in asking]
        readings = [
            Reading([] if index else blanks, Seen("", "", [Piece("b.x", text)])) for index, text in enumerate(texts)
        ]
        high = [BlockHeight(0.0, 0.0, [PieceHeight(0.0, [height])], 0.0) for height in heights]
        return neighbours.told(readings, high, self.PAGE)

    def test_they_are_blocks_between_which_there_is_less_than_a_page(self) -> None:
        told = self.told("", *[f"{self.WORDS}へ"] * 4, heights=[900.0, self.PAGE - 1, 0.5, 0.5, 1.0])
        assert [each.strange for each in told] == [[], [self.WORDS], [self.WORDS], [self.WORDS], []]

    def test_of_a_block_that_is_near_only_items_are_that_are(self) -> None:
        far, near = (Piece(f"b.{name}", self.WORDS + "へ" * (name == "y")) for name in "xy")
        high = [BlockHeight(0.0, 0.0, [PieceHeight(0.0, [self.PAGE]), PieceHeight(0.0, [1.0])], 0.0)] * 2
        blank = Blank("①", self.WORDS, code=False, path="b.y")
        nothing = [Piece("b.x", ""), Piece("b.y", f"{HOLE}①{HOLE}")]
        above = Reading([], Seen("", "", [far, Piece("b.y", "")])), Reading([blank], Seen("", "", nothing))
        assert [each.strange for each in neighbours.told(above, high, self.PAGE)] == [[], []]
        beside = Reading([], Seen("", "", [Piece("b.x", ""), near])), Reading([blank], Seen("", "", nothing))
        assert [each.strange for each in neighbours.told(beside, high, self.PAGE + 1)] == [[self.WORDS], []]

    def test_what_is_hidden_in_a_block_is_counted_in_all_of_it(self) -> None:
        high = [BlockHeight(0.0, 0.0, [PieceHeight(0.0, [self.PAGE]), PieceHeight(0.0, [1.0])], 0.0)] * 2
        blank = Blank("①", self.WORDS, code=False, path="b.x")
        often = Piece("b.x", f"{self.WORDS}、" * neighbours.COMMON), Piece("b.y", self.WORDS)
        beside = Reading([], Seen("", "", often)), Reading([blank], Seen("", "", [Piece("b.x", ""), Piece("b.y", "")]))
        assert [each.given for each in neighbours.told(beside, high, 1.0)] == [[], [self.WORDS]]

    def test_what_seams_go_through_cannot_be_hidden(self) -> None:
        told = self.told("", f"オホーツク{SEAM}海{SEAM}へ")
        assert [each.given for each in told] == [[self.WORDS], []]

    def test_blanks_of_one_answer_are_given_together(self) -> None:
        words = f"{HOLE}①{HOLE}と{HOLE}②{HOLE}、" + f"{self.WORDS}、" * (neighbours.COMMON + 1)
        assert self.told(words, "")[0] == Told([self.WORDS], [], [])

    def test_none_asks_for_what_its_neighbour_does_not(self) -> None:
        blank = Blank("①", self.WORDS, code=False, path="b.x")
        often = Reading([], Seen("", "", [Piece("b.x", f"{self.WORDS}、" * (neighbours.COMMON + 1))]))
        asking = Reading([blank], Seen("", "", [Piece("b.x", "")]))
        high = [BlockHeight(0.0, 0.0, [PieceHeight(0.0, [height])], 0.0) for height in (1.0, self.PAGE, 1.0)]
        told = neighbours.told([often, asking, asking], high, self.PAGE)
        assert [each.given for each in told] == [[], [self.WORDS], [self.WORDS]]
        assert [each.given for each in neighbours.told([asking, asking], high[1:], self.PAGE)] == [[], []]


def rivers(
    folder: Path,
    cache: Path,
    title: str,
    subject: str,
    answer: str,
    other: str = "",
    deck: str = "題",
    topic: str = "一つ",
) -> Setting:
    """Return the sheet of a block of three facts, of which the second is answered by 367 km, and of another."""
    (folder / "content").mkdir()
    (folder / "content/deck.yaml").write_text(f"format: 1\nkey: k\ntitle: {deck}\n", "utf-8")
    (folder / "content/one.yaml").write_text(
        f"topic: one\ntitle: {topic}\nentries:\n  only:\n    title: {title}\n    items:\n"
        "      a: {fact: 日本一長い川, is: 信濃川}\n      b: {fact: その長さ, is: 367 km}\n"
        f'      c: {{fact: "{subject}", is: "{answer}"}}\n{other}',
        "utf-8",
    )
    return Setting(checks.trusted(folder), Printer(folder / "content", cache), Kept(folder, ""))


def lake(fact: str) -> str:
    return f"  other:\n    title: 湖\n    items:\n      a: {{fact: {fact}, is: 千曲湖}}\n"


def asked(setting: Setting) -> list[str]:
    return [blank.text for each in setting.blanked.key.values() for blank in each]


def worksheet(setting: Setting) -> str:
    """Return the letters of the worksheet's first page."""
    texts = (
        box.text for box in boxes(setting.fitted("worksheet").pages[0]._page_box) if type(box).__name__ == "TextBox"
    )
    return bare("".join(texts))


def is_segment(box: Any) -> bool:
    classes = "" if box.element is None else box.element.get("class", "")
    return classes.startswith("segment") and type(box).__name__ == "InlineBlockBox"
