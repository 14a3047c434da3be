"""How items and cards lie over the exam's domains: counted, told in a terminal, and drawn."""

import time
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.deck import cards as deck_cards
from hitoe.model.project import Project
from hitoe.stats import coverage, coverage_drawing
from hitoe.terminal import text_table
from hitoe.values.language import Language
from support.notes import written

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"
DECK = "format: 1\nkey: d\ntitle: D\nlanguage: ja\n"
DOMAINS = "domains: {dev: {title: 開発, weight: 75}, sec: {title: 安全 & 保護, weight: 25}, ops: {title: 運用}}\n"
BACK_AND_FORTH = "{fact: 甲, is: 乙, reverse: 丙の逆}"


def entry(key: str, domain: str, *items: str, more: str = "") -> str:
    listed = ", ".join(f"i{number}: {item}" for number, item in enumerate(items))
    return f"  {key}: {{title: 題, {domain and f'domain: {domain}, '}{more}items: {{{listed}}}}}\n"


def topic(key: str, title: str, *entries: str) -> str:
    return f"topic: {key}\ntitle: {title}\nentries:\n" + "".join(entries)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fact = "{fact: 甲, is: 乙}"
    gone = "{fact: 甲, is: 乙, retired: true}"
    files = {
        "deck.yaml": DECK + DOMAINS,
        "a.yaml": topic("a", "話題A", entry("a1", "dev", fact, fact, gone), entry("a2", "sec", BACK_AND_FORTH)),
        "b.yaml": topic("b", "B", entry("b1", "dev", fact), entry("b2", "", fact), entry("b3", "", gone)),
    }
    return written(tmp_path, files)


TABLE = """\
             entries  items  cards  share  weight
開発               2      3      3   60 %    75 %
  話題A            1      2      2
  B                1      1      1
安全 & 保護        1      1      2   40 %    25 %
  話題A            1      1      2
運用               0      0      0      -       -
no domain          1      1      1      -       -
  B                1      1      1
all                4      5      6
build/coverage.svg
"""


def test_the_table_is_aligned_and_entries_without_a_domain_are_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["coverage", "-C", str(root)]) == 0
    told = capsys.readouterr()
    assert told.out == TABLE
    assert told.err == (
        "content/b.yaml:5:3: warning: entry 'b2' has no domain and is counted under none: add `domain:`\n"
    )


def test_all_numbers_stand_in_one_column_however_wide_the_names_are() -> None:
    lines = text_table.aligned([("開発", "1"), ("dev", "10"), ("ｶﾅ", "100")], ["数"])
    assert {text_table.width(line) for line in lines} == {text_table.width(lines[0])}


def drawn(project: Project) -> ElementTree.Element:
    drawing = coverage_drawing.drawing(coverage.domain_coverage(project), project.deck.language)
    return ElementTree.fromstring(drawing)


def test_the_drawing_shows_what_the_table_says(root: Path) -> None:
    assert main(["coverage", "-C", str(root)]) == 0
    svg = ElementTree.fromstring((root / "build" / "coverage.svg").read_text("utf-8"))
    lines = [[text.text for text in line.iter(f"{SVG}text")] for line in svg.iter(f"{SVG}g")]
    assert lines == [
        ["開発", "60%(配点75%)"],
        ["安全 & 保護", "40%(配点25%)"],
        ["運用", "0項目・カード0枚"],
        ["分野なし", "1項目・カード1枚"],
        ["話題A", "2項目・カード2枚"],
        ["B", "1項目・カード1枚"],
        ["話題A", "1項目・カード2枚"],
        ["B", "1項目・カード1枚"],
    ]


def test_bars_are_as_long_as_shares_and_weights(root: Path) -> None:
    bars = {
        line.findtext(f"{SVG}text"): [float(bar.attrib["width"]) for bar in line.iter(f"{SVG}rect")]
        for line in drawn(checks.trusted(root)).iter(f"{SVG}g")
        if line.get("class") == "domain"
    }
    assert bars == {"開発": [360, 288], "安全 & 保護": [120, 192], "運用": [0], "分野なし": [0]}


def test_lines_lie_below_each_other_between_equal_margins_with_topics_indented(root: Path) -> None:
    svg = drawn(checks.trusted(root))
    texts = {line: line.findall(f"{SVG}text") for line in svg.iter(f"{SVG}g")}
    at = {line: [float(text.attrib["y"]) for text in both] for line, both in texts.items()}
    lines = sorted(at, key=lambda line: at[line])
    assert [texts[line][0].text for line in lines] == [
        *("開発", "話題A", "B", "安全 & 保護", "話題A", "運用", "分野なし", "B"),
    ]
    assert all(label == figures for label, figures in at.values())
    assert [low[0] - high[0] for high, low in pairwise(map(at.__getitem__, lines))] == [46, 24, 34, 46, 34, 34, 24]
    assert float(svg.find(f"{SVG}text").attrib["y"]) + 24 < at[lines[0]][0]  # type: ignore[union-attr]
    lefts = {line.get("class"): {float(each.attrib["x"]) for each in line} for line in lines}
    assert lefts == {"domain": {12, 372}, "topic": {24, 372}}
    assert (svg.get("width"), float(svg.attrib["height"]) - at[lines[-1]][0]) == ("384", 23)
    for line in lines:
        *outer, inner = [(float(bar.attrib["y"]), float(bar.attrib["height"])) for bar in line.iter(f"{SVG}rect")]
        assert at[line][0] < inner[0]
        assert all(top < inner[0] and inner[0] + inner[1] < top + height for top, height in outer)


def test_bars_of_topics_are_as_long_as_their_cards_are_many(root: Path) -> None:
    topics = [line for line in drawn(checks.trusted(root)).iter(f"{SVG}g") if line.get("class") == "topic"]
    bars = [(line.findtext(f"{SVG}text"), float(line.find(f"{SVG}rect").attrib["width"])) for line in topics]  # type: ignore[union-attr]
    assert bars == [("話題A", 348), ("B", 174), ("話題A", 348), ("B", 174)]


def test_the_drawing_is_described_by_its_domains(root: Path) -> None:
    assert drawn(checks.trusted(root)).findtext(f"{SVG}desc") == (
        "開発 60%(配点75%)、安全 & 保護 40%(配点25%)、運用 0項目・カード0枚、分野なし 1項目・カード1枚"
    )


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests" / "example"], ids=["content", "example"])
def test_nothing_is_drawn_outside_the_drawing(folder: Path) -> None:
    svg = drawn(checks.trusted(folder))
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    for box in svg.iter(f"{SVG}rect"):
        at = {name: float(box.get(name, 0)) for name in ("x", "y", "width", "height")}
        assert at["x"] + at["width"] <= width
        assert at["y"] + at["height"] <= height


def test_a_long_name_ends_before_the_numbers(root: Path) -> None:
    (root / "content" / "b.yaml").write_text(topic("b", "長" * 60, entry("b1", "dev", BACK_AND_FORTH)), "utf-8")
    names = [line.findtext(f"{SVG}text") or "" for line in drawn(checks.trusted(root)).iter(f"{SVG}g")]
    (short,) = [name for name in names if name.startswith("長")]
    assert short.endswith("…")
    assert len(short) < 30


@pytest.mark.parametrize("sign", ["長", "l", "長l", "l長"])
@pytest.mark.parametrize("domain", ["dev", ""])
def test_a_name_is_cut_where_two_columns_are_left_before_the_numbers(root: Path, sign: str, domain: str) -> None:
    (root / "content" / "b.yaml").write_text(topic("b", sign * 25, entry("b1", domain, BACK_AND_FORTH)), "utf-8")
    lines = [
        [text.text or "" for text in line.iter(f"{SVG}text")] for line in drawn(checks.trusted(root)).iter(f"{SVG}g")
    ]
    (both,) = [line for line in lines if line[0].startswith(sign)]
    left = int((360 - 12) / 6.2) - sum(map(text_table.width, both))
    assert left >= 2
    assert left <= 4 if both[0].endswith("…") else both[0] == sign * 25


def test_the_longest_name_is_cut_at_once(root: Path) -> None:
    deck = root / "content" / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace("開発", "開" * 20_000), "utf-8")
    start = time.process_time()
    assert main(["coverage", "-C", str(root)]) == 0
    assert time.process_time() - start < 2


def test_cards_are_counted_as_the_deck_makes_them() -> None:
    project = checks.trusted(ROOT)
    notes = deck_cards.notes(project, deck_cards.templates(Language("ja")))
    made = sum(len(set(note.ords) - set(note.retired_ords)) for note in notes if not note.retired)
    assert sum(domain.count.cards for domain in coverage.domain_coverage(project)) == made


def test_without_domains_one_sentence_says_so(root: Path) -> None:
    (root / "content" / "deck.yaml").write_text(DECK, "utf-8")
    (root / "content" / "a.yaml").write_text(topic("a", "A", entry("a1", "", "{fact: 甲, is: 乙}")), "utf-8")
    (root / "content" / "b.yaml").unlink()
    assert [str(problem) for problem in coverage.without_domain(checks.trusted(root))] == [
        "content/deck.yaml:1:1: no domains to count by: add `domains:` with their weights"
    ]
