"""What is not whole, not in its place, or not on its page is found before a page is printed."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import pytest
from hitoe.problems import PrintError
from hitoe.sheet.layout import validate
from hitoe.sheet.layout.validate import Expected
from hitoe.sheet.pdf.weasyprint import Printer

START = "the sheet was laid out wrong, which is a mistake of hitoe: "
Read = Callable[..., list[str]]


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Printer:
    folder = tmp_path_factory.mktemp("sheet")
    return Printer(folder, folder / "cache")


@pytest.fixture
def faults(printer: Printer) -> Read:
    """Return a function that lays out columns and returns what is wrong with the page.

    `paths` are the items that each page must have, `texts` what must be printed of them in this order, `labels` what
    must stand in their figures, `strips` how many strips each item has.
    """

    def read(
        *columns: str,
        paths: list[list[str]] | None = None,
        texts: dict[str, list[str]] | None = None,
        labels: dict[str, list[str]] | None = None,
        strips: int = 1,
        width: str = "50mm",
        direction: str = "ltr",
    ) -> list[str]:
        style = f"width: {width}; direction: {direction}"
        divs = "".join(f'<div data-role="column" style="{style}">{column}</div>' for column in columns)
        document: Any = printer.laid_out(f"<html lang=ja><title>t</title><body>{divs}")
        try:
            pages = [[(path, strips) for path in page] for page in ([["a"]] if paths is None else paths)]
            validate.check([validate.read(page) for page in document.pages], Expected(pages, texts or {}, labels or {}))
        except PrintError as error:
            return str(error).removeprefix(START).split("; ")
        return []

    return read


def item(text: str, path: str = "a", style: str = "") -> str:
    return f'<div data-role="item" data-path="{path}" style="{style}">{text}</div>'


def test_a_page_that_holds_what_was_composed_is_right(faults: Read) -> None:
    assert faults(item("言葉と<b>`code`</b> a b")) == []
    assert faults(item("一", "a"), item("二", "b"), paths=[["a", "b"]]) == []
    assert faults("", paths=[[]]) == []


def test_other_items_or_another_order_are_found(faults: Read) -> None:
    wrong = ["page 1 has other items than were put there"]
    assert faults(item("一"), paths=[["b"]]) == wrong
    assert faults(item("一"), paths=[[]]) == wrong
    assert faults(item("一"), paths=[["a", "a"]]) == wrong
    assert faults(item("一", "a"), item("二", "b"), paths=[["b", "a"]]) == wrong


def test_another_number_of_pages_is_found(faults: Read) -> None:
    assert faults(item("一"), paths=[["a"], []]) == ["1 pages instead of 2"]
    broken = item("一") + '<div style="break-before: page">二</div>'
    assert faults(broken) == ["2 pages instead of 1"]
    assert faults(item("一") + item("二", "b", "break-before: page"), paths=[["a"], ["c"]]) == [
        "page 2 has other items than were put there"
    ]


def test_lost_words_are_found(faults: Read) -> None:
    lost = item('言葉<span style="display: none">が無い</span>')
    assert faults(lost, texts={"a": ["言葉が無い"]}) == ["'言葉が無い' is missing in a"]
    assert faults(lost, texts={"a": ["言葉", "が無い"]}) == ["'が無い' is missing in a"]
    assert faults(item("言葉が無い"), texts={"a": ["言葉", "が無い"]}) == []
    assert faults(item("一"), texts={"a": ["一"], "b": ["二"]}) == ["'二' is missing in b"]


def test_texts_are_wanted_in_their_order_and_each_as_often_as_it_stands_in_the_source(faults: Read) -> None:
    assert faults(item("一二"), texts={"a": ["二", "一"]}) == ["'一' is missing in a"]
    assert faults(item("一一"), texts={"a": ["一", "一"]}) == []
    assert faults(item("一"), texts={"a": ["一", "一"]}) == ["'一' is missing in a"]


def test_words_that_css_makes_do_not_count(faults: Read) -> None:
    marked = "<style>b::before { content: '※' }</style>" + item("言<b>葉</b>")
    assert faults(marked, texts={"a": ["言葉"]}) == []
    assert faults(marked, texts={"a": ["※"]}) == ["'※' is missing in a"]


def test_the_head_of_a_table_may_come_again_between_the_words_of_a_cell(faults: Read) -> None:
    size = "<style>@page { size: 80mm 60mm; margin: 5mm }</style>"
    rows = f"<tbody><tr><td>{'<br>'.join(map(str, range(20)))}</table>"
    table = item(f"{size}<table><thead><tr><th>頭</thead>{rows}")
    words = "".join(map(str, range(20)))
    pages = [["a"]] * 4
    assert faults(table, paths=pages, texts={"a": ["頭", words]}) == []
    assert faults(table, paths=pages, texts={"a": [words, "頭"]}) == ["'頭' is missing in a"]


def test_what_stands_out_below_is_found(faults: Read) -> None:
    assert faults(item("下へ", style="position: relative; top: 150mm")) == []
    assert faults(item("下へ", style="position: relative; top: 400mm")) == ["page 1: '下へ' stands out below"]


def test_a_subscript_stands_out_below_no_sooner_than_its_line(faults: Read) -> None:
    def outside(px: int) -> bool:
        return bool(faults(item("水", style=f"position: relative; top: {px}px")))

    low = bisect_left(range(1600), True, key=outside) - 1
    style = f"position: relative; top: {low - 2}px"
    sub = "font-size: 0.72em; line-height: 0; vertical-align: -0.22em"
    assert faults(item(f'水<span style="{sub}">2</span>', style=style)) == []


def test_what_stands_out_on_the_right_of_its_column_is_found(faults: Read) -> None:
    long = "あ" * 40
    assert faults(item(long, style="white-space: nowrap")) == [f"page 1: '{long}' stands out on the right"]
    assert faults(item(long)) == []


def test_what_stands_out_on_the_left_is_found_where_lines_end_there(faults: Read) -> None:
    kanji = item("漢字漢", style="font: 20px Sheet; white-space: nowrap")
    assert faults(kanji, width="90px", direction="rtl") == []
    assert faults(kanji, width="59.6px", direction="rtl") == []
    assert faults(kanji, width="59.4px", direction="rtl") == ["page 1: '漢字漢' stands out on the left"]


def test_half_a_pixel_is_rounding_and_stands_out_of_nothing(faults: Read) -> None:
    kanji = item("漢字漢", style="font: 20px Sheet; white-space: nowrap")
    assert faults(kanji, width="59.6px") == []
    assert faults(kanji, width="59.4px") == ["page 1: '漢字漢' stands out on the right"]


def test_what_stands_out_on_the_right_of_its_cell_is_found(faults: Read) -> None:
    cell = '<table style="table-layout: fixed; width: 40mm"><tr><td style="width: 10mm">{}<td>二</table>'
    assert faults(item(cell.format("一"))) == []
    wide = '<span style="white-space: nowrap">あいうえおかきくけこ</span>'
    assert faults(item(cell.format(wide))) == ["page 1: 'あいうえおかきくけこ' stands out on the right"]


def test_what_stands_out_of_its_column_into_the_next_is_found_where_weasyprint_makes_the_columns(faults: Read) -> None:
    def columns(*words: str) -> list[str]:
        items = [item(f"<p>{word}</p><p>{word}</p>", f"k{number}") for number, word in enumerate(words)]
        return faults(f'<div style="columns: 2; column-gap: 4mm">{"".join(items)}</div>', paths=[["k0", "k1", "k2"]])

    assert columns("語" * 5, "語" * 4, "語" * 5) == []
    assert columns("語", "x" * 20, "語") == [f"page 1: '{'x' * 20}' stands out on the right"] * 2


def test_a_figure_that_stands_out_is_called_by_its_title(faults: Read) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="図" style="width: {}; height: {}"/>'
    assert faults(item(drawn.format("40mm", "40mm"))) == []
    assert faults(item(drawn.format("60mm", "40mm"))) == ["page 1: '図' stands out on the right"]
    low = item(drawn.format("40mm", "40mm"), style="position: relative; top: 400mm")
    assert faults(low) == ["page 1: '図' stands out below"]


def test_lost_labels_of_a_figure_are_found(faults: Read) -> None:
    words = "<text><tspan>青<tspan>い</tspan></tspan>空</text><text>海</text>"
    drawn = item(f'<svg xmlns="http://www.w3.org/2000/svg" aria-label="図" width="40mm" height="10mm">{words}</svg>')
    assert faults(drawn, labels={"a": ["海", "青い空"]}) == []
    assert faults(drawn, labels={"a": ["海", "山"]}) == ["'山' is missing in the figure of a"]
    assert faults(item("海"), labels={"a": ["海"]}) == ["'海' is missing in the figure of a"]


def test_another_number_of_strips_is_found(faults: Read) -> None:
    wrong = ["page 1 has other items than were put there"]
    strip = '<p data-role="strip">一</p>'
    assert faults(item(strip * 2), strips=2) == []
    assert faults(item(strip * 3), strips=2) == wrong
    two = item(strip * 2) + item(strip * 2, "b")
    assert faults(two, paths=[["a", "b"]], strips=2) == []
    assert faults(item(strip) + item(strip * 3, "b"), paths=[["a", "b"]], strips=2) == wrong


def test_a_blank_that_stands_out_is_found(faults: Read) -> None:
    blank = '<span data-role="blank" style="display: inline-block; width: {}; height: 4mm"></span>'
    assert faults(item(blank.format("40mm"))) == []
    assert faults(item(blank.format("60mm"))) == ["page 1: 'blank' stands out on the right"]


def test_a_formula_that_stands_out_is_called_by_its_tex(faults: Read) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" data-formula="x^2" style="width: {}; height: 4mm"/>'
    assert faults(item(drawn.format("40mm")), texts={"a": ["x^2"]}) == []
    assert faults(item(drawn.format("60mm"))) == ["page 1: 'x^2' stands out on the right"]


@pytest.mark.parametrize(("family", "narrow"), [("Sheet", "57px"), ("SheetMono", "50px")])
def test_a_space_before_a_break_at_the_end_of_a_line_may_stand_out(faults: Read, family: str, narrow: str) -> None:
    style = f"font: 20px {family}; white-space: nowrap"
    assert faults(item("漢字漢 \u200b", style=style), width="60px") == []
    assert faults(item("漢字漢", style=style), width="60px") == []
    assert faults(item("漢字漢 \u200b", style=style), width=narrow) == [
        "page 1: '漢字漢 \u200b' stands out on the right"
    ]
    assert faults(item("漢字漢 字", style=style), width="60px") == ["page 1: '漢字漢 字' stands out on the right"]


def test_no_more_than_five_faults_are_told(faults: Read) -> None:
    many = "".join(item("下へ", f"a{number}", "position: relative; top: 400mm") for number in range(7))
    assert len(faults(many, paths=[[f"a{number}" for number in range(7)]])) == 5


def test_items_that_are_too_wide_are_named(printer: Printer) -> None:
    wide = "あ" * 40
    items = item("一", "a") + item(wide, "b", "white-space: nowrap") + item("三", "c")
    document = printer.laid_out(f'<html lang=ja><div data-role="column" style="width: 50mm">{items}</div>')
    assert validate.too_wide([validate.read(document.pages[0])]) == {"b": wide}
