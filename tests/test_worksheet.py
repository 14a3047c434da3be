"""The worksheet: every answer is a blank to write on by hand, and stands in the key under its number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from ctypes import c_uint
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
from hitoe import checks
from hitoe.kinds import Item
from hitoe.kinds.calc import Calc
from hitoe.kinds.choice import Choice
from hitoe.kinds.cloze import Cloze
from hitoe.kinds.code import Code
from hitoe.kinds.fact import Fact
from hitoe.kinds.picture import Picture
from hitoe.kinds.steps import Steps
from hitoe.kinds.table import Table
from hitoe.model.project import Project
from hitoe.problems import InputError, PrintError
from hitoe.sheet import editions
from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import blocks, validate
from hitoe.sheet.layout.boxes import PX, root
from hitoe.sheet.pdf import render
from hitoe.sheet.pdf.weasyprint import printer
from hitoe.sheet.worksheet import Worksheet
from hitoe.text import ClozeSpan, Fence, Paragraph, Plain, Strong, Text
from hitoe.typography.line_breaking import BREAK, GLUE, unglued
from hitoe.typography.page_geometry import geometry
from hitoe.workers import Workers
from pydantic import BaseModel
from support.notes import DECK, written
from support.notes import item as one
from support.projects import example_copy
from support.study_sheet import whole_sheet

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "example"
NUMBER = re.compile(r"[①-⑳㉑-㉟㊱-㊿]|\(\d+\)")
PT = 96 / 72
KEY = "解答"
LINES = "\n".join(f"def function_{i}(argument, other={i}):\n    return call(argument, {i})\n" for i in range(40))
HARD = f"""\
topic: t
title: 難しい話題
entries:
  e:
    title: 難しい項目
    items:
      long: {{fact: 問い, is: 手で書くと一行には収まらないほど長い答えで、罫線が何本も要る。さらに続けて書き足しておく}}
      name: {{fact: 名前, is: '`arn:aws:iam::123456789012:policy/very/long/path/that/never/ends/and/goes/on/and/on`'}}
      word: {{fact: {"x" * 150}, is: 短い}}
      list: {{fact: 箇条書き, is: "- 一つ目は**甲**\\n- 二つ目は**乙**\\n  - 入れ子の**丙**"}}
      parts: {{fact: 段落, is: "1. 一番\\n2. 二番\\n   - 入れ子\\n\\n```yaml\\nkey: 1\\n```"}}
      gaps: {{cloze: "長い文の {{{{c1::{"穴" * 40}}}}} と {{{{c2::短い}}}}、また {{{{c1::もう一つ}}}}。"}}
      within: {{cloze: "入れ子の {{{{c1::外 {{{{c2::内}}}} 側}}}}"}}
      wide:
        table: 列の多い表
        corner: 行
        columns: {{{", ".join(f"c{i}: 列の題{i}" for i in range(9))}}}
        rows: {{{", ".join(f"r{j}: {{{', '.join(f'c{i}: 値{i}と{j}' for i in range(9))}}}" for j in range(3))}}}
      words:
        table: 長い語の表
        columns: {{{", ".join(f"c{i}: LongColumnTitle{i}" for i in range(6))}}}
        rows: {{r: {{{", ".join(f"c{i}: '**VeryLongIdentifierName{i}**の値'" for i in range(6))}}}}}
      tall:
        table: 行の多い表
        columns: {{a: 甲, b: 乙, c: 丙}}
        ask: {{c: none}}
        rows: {{{", ".join(f"r{j}: {{a: '**答え{j}**と説明', b: {'長い' * 16}, c: '**語**'}}" for j in range(50))}}}
      steps: {{steps: 手順, sequence: {{{", ".join(f"s{i}: 手順の**第{i}**を行う" for i in range(12))}}}}}
      flag:
        picture: 旗の部分は?
        image: {{file: images/flag.png, alt: 旗}}
        regions:
          red: {{label: 赤い**丸**, left: 30, top: 20, width: 40, height: 60}}
          white: {{label: 白地, left: 2, top: 2, width: 20, height: 20}}
      code:
        code: 長いコード
        is: |
{"".join(f"          {line}" + chr(10) for line in LINES.split(chr(10)))}\
  plain:
    title: 尋ねない表
    items:
      none: {{table: 表, columns: {{a: 甲}}, ask: none, rows: {{r: {{a: 値}}}}}}
"""


class Sheet:
    """The worksheet of a project."""

    def __init__(self, project: Project, cache: Path) -> None:
        self.project = project
        self.worksheet = Worksheet(project, blocks.blocks(project, geometry(project.deck.sheet)), "whole")
        self.entries = self.worksheet.entries
        self.job = self.worksheet.job(Cache(cache), Workers())
        (self.volume,) = self.job.volumes

    @cached_property
    def document(self) -> Any:
        return self.spoilt(self.volume.html)

    def spoilt(self, html: str) -> Any:
        """Return the document of an HTML text that may be spoilt; it is validated."""
        document = printer(self.volume.content, self.volume.cache).laid_out(html)
        validate.check(list(map(validate.read, document.pages)), self.job.expected)
        return document

    @cached_property
    def pdf(self) -> bytes:
        name = render.identifier(self.volume.html) if self.volume.final else None
        pdf = printer(self.volume.content, self.volume.cache).printed(self.document, name)
        read = list(map(validate.read, self.document.pages))
        return render.editions(self.job, [render.Laid(pdf, read)])["worksheet"]

    @cached_property
    def pages(self) -> list[str]:
        return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(self.pdf)]

    @property
    def head(self) -> re.Pattern[str]:
        """What stands at the head of a page with answers."""
        return re.compile(rf"{bare(self.project.deck.title)}{KEY}版[0-9a-f]+/{len(self.pages)}")

    @property
    def count(self) -> int:
        """How many pages come before the key."""
        return next(i for i, text in enumerate(self.pages) if self.head.search(bare(text)))

    @property
    def questions(self) -> str:
        return bare("".join(self.pages[: self.count]))

    @property
    def key(self) -> str:
        """The text of the pages with the answers, without their heads."""
        return "".join(self.head.sub("", bare(page)) for page in self.pages[self.count :])


@pytest.fixture(scope="module")
def example(example_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    return Sheet(example_project, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module", params=["example", "hard", pytest.param("notes", marks=pytest.mark.slow)])
def sheet(request: pytest.FixtureRequest, example: Sheet, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    if request.param == "example":
        return example
    root = ROOT
    if request.param == "hard":
        root = written(tmp_path_factory.mktemp("hard"), {"t.yaml": HARD})
        images = root / "content" / "images"
        images.mkdir()
        (images / "flag.png").write_bytes((EXAMPLE / "content/images/flag.png").read_bytes())
    return Sheet(checks.trusted(root), tmp_path_factory.mktemp("cache"))


def bare(text: str) -> str:
    """Return a text without spaces; PDFium has signs of its own for hyphens at the end of a line."""
    return re.sub(r"[\s\u2060\u200b]", "", re.sub("[\ufffe\x02]", "-", text))


def hand(text: str) -> float:
    """Return how wide a text is in handwriting, in mm."""
    return sum(6.0 if east_asian_width(sign) in "WFA" else 3.5 for sign in text)


def leaves(text: Text) -> list[str]:
    """Return the answers of a text: its strong words, else all of it, a line for each paragraph."""
    strong = [plain(node.children) for node in text.walk() if isinstance(node, Strong)]
    lines = [
        node.text if isinstance(node, Fence) else plain(node.children)
        for node in text.walk()
        if isinstance(node, Paragraph | Fence)
    ]
    return strong or ["\n".join(lines)]


def plain(nodes: Sequence[Any]) -> str:
    return Text("", (Paragraph(tuple(nodes)),)).plain


def answers(item: Item) -> Iterator[str]:
    """Yield what an item asks, in the order of the source."""
    match item:
        case Fact():
            yield from leaves(item.answer)
        case Cloze():
            inner = {id(own) for gap in item.cloze.clozes for own in Text("", (Paragraph(gap.children),)).clozes}
            yield from (plain(gap.children) for gap in item.cloze.clozes if id(gap) not in inner)
        case Steps():
            yield from (answer for step in item.live_steps.values() for answer in leaves(step.text))
        case Choice():
            yield from (answer for option in item.right.values() for answer in leaves(option.text))
        case Picture():
            yield from (answer for region in item.live_regions.values() for answer in leaves(region.label))
        case Table():
            for row, line in item.live_rows.items():
                for column in item.live_columns:
                    if item.direction(row, column) != "none":
                        yield from leaves(line.cells[column].answer)
        case Code() | Calc():
            yield item.answer
    if item.figure:
        yield from drawn(item.figure)


def drawn(value: Any) -> Iterator[str]:
    """Yield the strong words of a figure's labels."""
    if isinstance(value, Text):
        yield from (plain(node.children) for node in value.walk() if isinstance(node, Strong))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("title", "alt"):
                yield from drawn(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from drawn(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from drawn(each)


def source(sheet: Sheet) -> dict[str, list[str]]:
    """Return all answers of the source, by entry."""
    return {
        placed.key: [answer for item in placed.live_items.values() if item.on_sheet for answer in answers(item)]
        for placed in sheet.project.entries()
        if any(item.on_sheet for item in placed.live_items.values())
    }


def classes(box: Any) -> list[str]:
    return [] if box.element is None else box.element.get("class", "").split()


def printed_blanks(sheet: Sheet) -> dict[str, list[list[Any]]]:
    """Return the boxes of the pieces of each blank on the pages, by entry."""
    found: dict[str, list[list[Any]]] = {}

    def walk(box: Any, entry: str) -> None:
        path = None if box.element is None else box.element.get("data-path")
        entry = path.partition(".")[0] if path else entry
        if "blank" in classes(box) and type(box).__name__ == "InlineBlockBox":
            own = found.setdefault(entry, [])
            if words(box):
                own.append([])
            own[-1].append(box)
        for child in getattr(box, "children", ()):
            walk(child, entry)

    for page in sheet.document.pages:
        walk(root(page), "")
    return found


def words(box: Any) -> str:
    return "".join(inner.text for inner in box.descendants() if type(inner).__name__ == "TextBox")


def answer_lines(answer: Text) -> list[str]:
    """Return the lines of an answer that are written by hand: all but those that have brackets alone."""
    lines = [line.strip() for leaf in leaves(Text("", answer.blocks)) for line in leaf.split("\n")]
    return [line for line in lines if any(map(str.isalnum, line))] or lines


def test_every_answer_of_the_source_is_asked(sheet: Sheet) -> None:
    asked = {entry.block.key: sorted(bare(blank.answer.plain) for blank in entry.blanks) for entry in sheet.entries}
    assert asked == {key: sorted(map(bare, own)) for key, own in source(sheet).items()}
    marks = {key: [words(own[0]) for own in each] for key, each in printed_blanks(sheet).items()}
    assert marks == {entry.block.key: [blank.mark for blank in entry.blanks] for entry in sheet.entries if entry.blanks}


def test_answers_are_asked_in_the_order_of_the_source(sheet: Sheet) -> None:
    figures = {placed.key for placed in sheet.project.entries() if any(i.figure for i in placed.live_items.values())}
    for entry in sheet.entries:
        if entry.block.key not in figures:
            assert [bare(blank.answer.plain) for blank in entry.blanks] == list(
                map(bare, source(sheet)[entry.block.key])
            )


def test_each_answer_stands_in_the_key_under_its_number(sheet: Sheet) -> None:
    rest = sheet.key
    for entry in sheet.entries:
        if entry.blanks:
            title = bare(f"{entry.block.number}{entry.block.title.plain}")
            assert title in rest
            rest = rest.partition(title)[2]
        for blank in entry.blanks:
            told = bare(blank.mark + blank.answer.plain)
            assert rest.startswith(told), rest[:200]
            rest = rest.removeprefix(told)
    assert rest.lstrip("12.・").startswith(f"学習の記録(全{total(sheet)}問)")  # markers of lists come last


def total(sheet: Sheet) -> int:
    return sum(len(entry.blanks) for entry in sheet.entries)


def test_blanks_are_numbered_from_1_in_each_entry(sheet: Sheet) -> None:
    for entry in sheet.entries:
        numbers = [blank.mark for blank in entry.blanks]
        assert numbers == ([chr(0x2460 + i) for i in range(20)] + numbers[20:])[: len(numbers)]
        assert numbers[50:] == [f"({number})" for number in range(51, len(numbers) + 1)]
        assert len(set(numbers)) == len(numbers)


def test_blanks_have_room_for_handwriting(sheet: Sheet) -> None:
    found = printed_blanks(sheet)
    for entry in sheet.entries:
        for pieces, blank in zip(found.get(entry.block.key, []), entry.blanks, strict=True):
            mark = max(box.width * PX for box in pieces[0].descendants() if type(box).__name__ == "TextBox")
            assert min(box.border_height() * PX for box in pieces) > 6.99
            assert width(pieces) - mark >= sum(map(hand, answer_lines(blank.answer)))


def test_widths_of_blanks_are_of_a_few_kinds(sheet: Sheet) -> None:
    found = printed_blanks(sheet)
    widths = {
        round(width(pieces), 2)
        for entry in sheet.entries
        for pieces, blank in zip(found.get(entry.block.key, []), entry.blanks, strict=True)
        if len(answer_lines(blank.answer)) == 1
    }
    assert widths <= set(range(20, 400, 20))
    assert len(widths) > 1


def width(pieces: Sequence[Any]) -> float:
    return sum(float(box.border_width()) * PX for box in pieces)


def test_lines_may_end_after_a_piece_of_a_blank(sheet: Sheet) -> None:
    assert re.search(f'class="blank[^<]*</span>{BREAK}', sheet.volume.html.replace("&#8203;", BREAK))
    assert not re.search(f'class="blank[^<]*</span>{GLUE}', sheet.volume.html)


def test_letters_are_large_enough(sheet: Sheet) -> None:
    least = [
        min(
            box.style["font_size"]
            for box in root(page).descendants()
            if type(box).__name__ == "TextBox" and box.text.strip()
        )
        for page in sheet.document.pages
    ]
    assert min(least[: sheet.count]) >= 9 * PT - 0.01
    assert min(least[sheet.count :]) >= 7 * PT - 0.01
    for wide, inches in re.findall(r'viewBox="\S+ \S+ (\S+) \S+" width="(\S+)in"', sheet.volume.html):
        assert 10 * float(inches) * 72 / float(wide) >= 9 - 0.01


def test_all_that_is_not_asked_is_printed(sheet: Sheet) -> None:
    text = sheet.questions
    for entry in sheet.entries:
        assert bare(entry.block.title.plain) in text
    for placed in sheet.project.entries():
        for item in placed.live_items.values():
            if item.tier == "core":
                assert [words for words in shown(item) if bare(words) not in text] == []


def shown(item: Item) -> Iterator[str]:
    """Yield the runs of plain characters of an item's printed texts that are no answers."""
    match item:
        case Fact():
            yield from (*runs(item.fact), *(runs(item.answer) if item.answer.emphasised else ()))
        case Cloze():
            yield from runs(item.cloze)
        case Steps():
            texts = [step.text for step in item.live_steps.values()]
            yield from (*runs(item.steps), *(run for text in texts if text.emphasised for run in runs(text)))
        case Table():
            yield from runs(item.table)
            for column in item.live_columns.values():
                yield from runs(column.title)
            for row, line in item.live_rows.items():
                yield from runs(item.labels[row])
                for name in item.live_columns:
                    cell = line.cells[name].answer
                    if item.direction(row, name) == "none":
                        yield cell.plain
                    elif cell.emphasised:
                        yield from runs(cell)
        case Code():
            yield from runs(item.code)
        case Calc():
            yield from runs(item.calc)
        case Picture():
            yield from runs(item.picture)


def runs(text: Text) -> Iterator[str]:
    def within(nodes: Sequence[Any]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Plain):
                yield node.text
            elif not isinstance(node, Strong | ClozeSpan):
                yield from within(getattr(node, "children", ()))
                for each in getattr(node, "items", ()):
                    yield from within(each)

    return within(text.blocks)


def test_the_notes_take_at_most_25_pages(sheet: Sheet) -> None:
    if sheet.project.root == ROOT:
        assert len(sheet.pages) <= 25


def test_answers_in_figures_have_numbers_there_and_blanks_below(sheet: Sheet) -> None:
    figures = [item for entry in sheet.entries for item in entry.items if "<svg" in item.html]
    for item in figures:
        drawing, below = item.html.partition("<svg")[2].split("</svg>")
        numbers = re.findall(r"<tspan data-blank=[^>]*>([^<]+)<", drawing)
        assert numbers == re.findall(r"<span class=.blank first.[^>]*>([^<]+)<", below)
    assert not re.search("<title>[^<]*だしとだしがら", sheet.volume.html)


def test_regions_of_pictures_are_covered_by_their_numbers(sheet: Sheet) -> None:
    pictures = [item for entry in sheet.entries for item in entry.items if "masked" in item.html]
    for item in pictures:
        covers = re.findall(r'class="cover"[^>]*>([^<]+)<', item.html)
        assert covers
        assert set(covers) <= set(re.findall(r"<span class=.blank first.[^>]*>([^<]+)<", item.html))
    assert bool(pictures) == (sheet.project.root != ROOT)


def test_bookmarks_lead_to_topics_and_entries(sheet: Sheet) -> None:
    toc = [(each.level, each.get_title()) for each in pypdfium2.PdfDocument(sheet.pdf).get_toc()]
    wanted: list[tuple[int, str]] = []
    for entry in sheet.entries:
        block = entry.block
        wanted += [(0, block.topic)] if block.opens else []
        wanted.append((1, f"{block.number} {block.title.plain}"))
    assert toc == [*wanted, (0, KEY), (0, f"学習の記録(全 {total(sheet)} 問)")]


def test_the_pdf_is_tagged(example: Sheet) -> None:
    with pikepdf.open(BytesIO(example.pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "ja"
        assert "/StructTreeRoot" in document.Root


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('<span class="subject">', '<span style="display: none">', r"is missing in nihon-ichi.islands"),
        ("<tspan data-blank", "<tspan data-x", r"is missing in the figure of"),
        ("<b>②</b>", "", r"'②\S+' is missing in nihon-ichi"),
        ('data-role="blank"', 'data-role="blank" style="width: 260mm"', "'blank' stands out on the right"),
    ],
)
def test_what_is_lost_or_stands_out_is_not_printed(example: Sheet, before: str, after: str, message: str) -> None:
    assert before in example.volume.html
    with pytest.raises(PrintError, match=message):
        example.spoilt(example.volume.html.replace(before, after))


def test_an_item_that_is_cut_at_the_end_of_a_page_is_not_printed(tmp_path: Path) -> None:
    rows = "".join(f"  r{i}: {{a: 値{i}}}\n" for i in range(45))
    root = written(tmp_path, {"t.yaml": one(f"table: 表\ncolumns: {{a: 甲}}\nrows:\n{rows}")})
    sheet = Sheet(checks.trusted(root), tmp_path / "cache")
    assert len(sheet.document.pages) == 3
    with pytest.raises(PrintError, match="stands out below"):
        sheet.spoilt(sheet.volume.html.replace('<div class="exercise"', '<div style="display: inline-block"'))


def test_the_letters_of_answers_stand_nowhere_in_the_questions(example: Sheet) -> None:
    assert "信濃川" not in example.questions
    assert "信濃川" in example.key


def test_the_worksheet_is_the_same_each_time(example: Sheet, example_sheets: dict[str, bytes]) -> None:
    assert example_sheets["example-worksheet.pdf"] == example.pdf


def test_the_worksheet_is_among_the_editions(tmp_path: Path) -> None:
    small = checks.trusted(written(tmp_path, {"t.yaml": one("fact: 問い\nis: 答え\nkey: true")}))
    files = editions(small, tmp_path / "cache", wanted=["worksheet"]).files
    assert list(files) == ["own-worksheet.pdf", "own-digest-worksheet.pdf", "calibration.pdf"]
    only = editions(small, tmp_path / "cache", only="t", wanted=["worksheet"]).files
    assert list(only) == ["own-sheet-t-worksheet.pdf"]


def test_an_edit_changes_the_sign_and_no_number_in_another_entry(tmp_path: Path) -> None:
    root = example_copy(tmp_path / "p")
    before = Sheet(checks.trusted(root), tmp_path / "cache")
    topic = root / "content/topics/chiri.yaml"
    text = topic.read_text("utf-8")
    topic.write_text(text.replace("is: 14,125", "is: '**14,125** の**島**'"), "utf-8")
    after = Sheet(checks.trusted(root), tmp_path / "cache")
    assert text != topic.read_text("utf-8")
    assert sign(before) != sign(after)
    assert [entry.items for entry in before.entries[1:]] == [entry.items for entry in after.entries[1:]]
    assert len(after.entries[0].blanks) == len(before.entries[0].blanks) + 1


def sign(sheet: Sheet) -> str:
    found = re.search('data-version="([^"]+)"', sheet.volume.html)
    assert found
    return found[1]


def test_words_that_fit_into_a_line_of_the_key_are_not_divided(tmp_path: Path) -> None:
    words = [("Abcdefghij" * 4)[:length] for length in range(12, 37)]
    answers = [answer for word in words for answer in ("短い語", word)]
    facts = "".join(f"      i{i}: {{fact: 問い{i}, is: '`{answer}`'}}\n" for i, answer in enumerate(answers))
    text = f"topic: t\ntitle: 題\nentries:\n  e:\n    title: 見出し\n    items:\n{facts}"
    sheet = Sheet(checks.trusted(written(tmp_path, {"t.yaml": text})), tmp_path / "cache")
    shown = {unglued(box.text).strip() for page in sheet.document.pages for box in boxes_of_text(page)}
    assert [word for word in words if word not in shown] == []


def boxes_of_text(page: Any) -> Iterator[Any]:
    return (box for box in root(page).descendants() if type(box).__name__ == "TextBox")


@pytest.mark.parametrize("paper", ["A5", "A4", "A3"])
def test_cells_of_tables_have_narrow_pieces_and_room_for_as_many_as_other_cells_leave(
    tmp_path: Path, paper: str
) -> None:
    deck = f"format: 1\nkey: own\ntitle: 題\nsheet: {{paper: {paper}}}\n"
    table = "table: 表\ncolumns: {a: 甲, b: 乙, c: 丙}\nrows: {r: {a: 川, b: 山, c: " + "長い答え" * 6 + "}}\n"
    root = written(tmp_path, {"deck.yaml": deck, "t.yaml": one(table)})
    sheet = Sheet(checks.trusted(root), tmp_path / "cache")
    assert {blank.narrow for blank in sheet.entries[0].blanks} == {True}
    short, other, long = printed_blanks(sheet)["e"]
    assert [len(pieces) for pieces in (short, other, long)] == [2, 2, 16]
    lines = {name: len({box.position_y for box in own[1:]}) for name, own in (("short", short), ("long", long))}
    assert lines["short"] == 1
    assert lines["long"] <= {"A5": 3, "A4": 2, "A3": 1}[paper]


def test_columns_of_blanks_are_as_wide_as_few_lines_need(tmp_path: Path) -> None:
    cells = ", ".join(f"c{number}: {'verschieden' if number else 'Wasserstoffbrückenbindung'}" for number in range(7))
    heads = ", ".join(f"c{number}: K{number}" for number in range(7))
    root = written(tmp_path, {"t.yaml": one(f"table: T\ncolumns: {{{heads}}}\nrows: {{r: {{{cells}}}}}\n")})
    blanks = printed_blanks(Sheet(checks.trusted(root), tmp_path / "cache"))["e"]
    assert max(len({round(box.position_y + box.margin_height()) for box in own}) for own in blanks) <= 4


@pytest.mark.parametrize("look", ["plain", "tinted", "solid", "hatched", "dashed"])
def test_the_numbers_of_blanks_in_figures_can_be_read(tmp_path: Path, look: str) -> None:
    figure = f"figure: {{title: 図, alt: 図, flow: {{a: {{label: '**答え**', look: {look}}}}}}}"
    root = written(tmp_path, {"t.yaml": one(f"fact: 問い\nis: 答え\n{figure}\n")})
    (volume,) = Sheet(checks.trusted(root), tmp_path / "cache").job.volumes
    page = pypdfium2.PdfDocument(
        printer(volume.content, volume.cache).printed(printer(volume.content, volume.cache).laid_out(volume.html))
    )[0]
    white = []
    for part in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=9):
        ink = [c_uint() for _ in range(4)]
        assert pdfium_c.FPDFPageObj_GetFillColor(part.raw, *ink)
        white += [part] if min(each.value for each in ink[:3]) > 250 else []
    assert len(white) == 1  # the number of the entry, on a dark ground


def test_a_row_that_is_higher_than_a_page_is_cut_and_others_are_not(tmp_path: Path) -> None:
    rows = "".join(f"          r{row}: {{a: {'答え' * 8}, b: 値}}\n" for row in range(20))
    high = f"          high: {{a: {'長い答え' * 160}, b: {'長い値' * 40}}}\n"
    table = f"      t:\n        table: 表\n        columns: {{a: 列, b: 行}}\n        rows:\n{high}{rows}"
    topic = (
        f"topic: t\ntitle: 題\nentries:\n  e:\n    title: 項\n    items:\n      f: {{fact: 問い, is: 答え}}\n{table}"
    )
    deck = f"{DECK}sheet: {{paper: A5}}\n"
    project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": topic}))
    pdf = whole_sheet(project, tmp_path / "cache", ["worksheet"])["own-worksheet.pdf"]  # whole: it is validated
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    asked = [line.split() for text in texts for line in text.splitlines() if re.match(r"r\d+ ", line)]
    assert [(row, len(blanks)) for row, *blanks in asked] == [(f"r{row}", 2) for row in range(20)]


def on_a5(tmp_path: Path, item: str) -> Project:
    deck = f"{DECK}sheet: {{paper: A5}}\n"
    return checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": one(item)}))


LONG = "kurz und länger " * 150
CODE = "\n".join(f"    x{line}" for line in range(50))
LINES_OF_CODE = f"|\n    ```\n{CODE}\n    ```"


@pytest.mark.parametrize(
    "item",
    [
        f"steps: S\nsequence:\n  a: kurz\n  b: {LONG}\n  c: kurz\n",
        f"steps: S\nsequence:\n  a: kurz\n  b: {LONG} **wort** {LONG}\n",
        f"steps: S\nsequence:\n  a: kurz\n  b: {LINES_OF_CODE}\n",
        f"table: T\nask: none\ncolumns: {{a: A, b: B}}\nrows:\n  r: {{a: {LONG}, b: {LONG}}}\n  s: {{a: x, b: y}}\n",
        f"table: T\nask: {{a: none}}\ncolumns: {{a: A, b: B}}\nrows: {{r: {{a: {LONG}, b: {LONG[:900]}}}}}\n",
        f"table: T\ncolumns: {{a: A}}\nrows:\n  r:\n   a: {LINES_OF_CODE}\n",
    ],
)
def test_what_is_higher_than_a_page_begins_on_the_first_and_goes_on(tmp_path: Path, item: str) -> None:
    pdf = whole_sheet(on_a5(tmp_path, item), tmp_path / "cache", ["worksheet"])["own-worksheet.pdf"]  # it is validated
    assert len(pypdfium2.PdfDocument(pdf)) <= 5


@pytest.mark.parametrize("column", ["b", "corner"])
def test_the_head_of_a_table_that_is_as_high_as_a_page_is_told_with_its_place(tmp_path: Path, column: str) -> None:
    heads = {"a": "A", "b": "B", "c": "C", "d": "D", "corner": "E"} | {column: LONG}
    corner = heads.pop("corner")
    columns = "".join(f"  {key}: {head}\n" for key, head in heads.items())
    rows = ", ".join(f"{key}: {'etwas Langes ' * 3}" for key in heads)
    item = f"corner: {corner}\ntable: T\ncolumns:\n{columns}rows: {{r: {{{rows}}}}}\n"
    with pytest.raises(InputError) as raised:
        whole_sheet(on_a5(tmp_path, item), tmp_path / "cache", ["worksheet"])
    (problem,) = raised.value.problems
    line = (tmp_path / problem.at.file).read_text("utf-8").splitlines()[problem.at.line - 1]
    assert line[problem.at.column - 1 :].rstrip() == LONG.strip()
    assert problem.message.endswith("shorten it, or divide the table, or take larger paper")


def test_signs_in_the_head_of_a_page_are_as_narrow_as_in_its_words(tmp_path: Path) -> None:
    deck = "format: 1\nkey: own\ntitle: §§ 1–432\nlanguage: de\n"
    project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": one("fact: Wasser\nis: H")}))
    pdf = whole_sheet(project, tmp_path / "cache", ["worksheet"])["own-worksheet.pdf"]
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    places = [match.start() for match in re.finditer("§", page.get_text_range())]
    lefts = sorted(page.get_charbox(place)[0] for place in places)
    assert len(places) == 4  # in the head, and in the title
    assert lefts[-1] - lefts[0] < 9
