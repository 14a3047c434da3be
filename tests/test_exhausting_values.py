"""Values that exhaust Python or a file system end in a sentence at their place, from `check` already."""

import time
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.text import parse, ruby
from hitoe.text.notations import told
from support.notes import DECK, item, problems, written

FACT = "fact: 問い\nis: 答え"
MATH = DECK + "math: true\n"
DIGITS = "9" * 5000
TOLD = "9" * 2000 + "…"
"""What messages say of them."""


def entry(line: str) -> str:
    return item(FACT).replace("    items:", f"    {line}\n    items:")


ITEMS = {
    "an answer of 5,000 decimals": (
        "calc: 問い\ngiven: {x: {value: 0.5}}\nformula: x ^ 5000",
        "10:18: a number of thousands of digits: nobody learns it, so write smaller powers",
    ),
    "a cloze number of 5,000 digits": (
        f'cloze: "{{{{c{DIGITS}::x}}}}"',
        f"8:16: a cloze with number {TOLD}: count from 1 (to 500)",
    ),
    "a retired cloze beyond Anki's": (
        'cloze: "{{c1::x}}"\nretired_clozes: [999999999]',
        "9:25: a cloze with number 999999999: count from 1 (to 500)",
    ),
    "a character beyond Unicode": (
        'fact: "\\UFFFFFFFF"\nis: x',
        "8:16: no character has this number: write the character",
    ),
    "half of a character": (
        'fact: "\\uD800"\nis: x',
        "8:15: a control character (U+D800) stands in the text: write it without the escape",
    ),
    "a zero character in the name of a picture": (
        'fact: a\nis: b\nimage: {file: "a\\0.png", alt: x}',
        "10:23: a control character (U+0000) stands in the text: write it without the escape",
    ),
}


@pytest.mark.parametrize(("text", "told"), ITEMS.values(), ids=ITEMS)
def test_a_value_of_an_item(tmp_path: Path, text: str, told: str) -> None:
    start = time.monotonic()
    assert problems(tmp_path, {"t.yaml": item(text)})[0] == f"content/t.yaml:{told}"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(("open_", "close"), [("\\frac{1}", ""), ("\\sqrt", ""), ("_", "")])
def test_a_formula_that_exhausts_the_stack(tmp_path: Path, open_: str, close: str) -> None:
    text = item(f"fact: '$x{open_ * 3000}x{close * 3000}$'\nis: x")
    assert problems(tmp_path, {"deck.yaml": MATH, "t.yaml": text})[0].startswith("content/t.yaml:8:15: ")


@pytest.mark.parametrize("deep", ["- " * 900 + "x", "? " * 900 + "x", "\n".join(f"{' ' * i}k:" for i in range(6, 600))])
def test_a_file_nested_without_end_behind_a_mistake_is_told_and_not_passed_by(tmp_path: Path, deep: str) -> None:
    other = item(FACT).replace("topic: t", "topic: u").replace("  e:", "  f:")
    broken = item("fact: 'a' b\nis: x") + f"      b:\n        {deep}\n"
    told = problems(tmp_path, {"t.yaml": broken, "u.yaml": other})
    assert told
    assert all(each.startswith("content/t.yaml:") for each in told)
    assert any("nested more than 50 levels deep" in each for each in told)


def test_a_thousand_brackets_behind_a_mistake_take_no_time(tmp_path: Path) -> None:
    start = time.process_time()
    told = problems(tmp_path, {"t.yaml": item(f"fact: 'a' b\nis: {'[' * 1000}x{']' * 1000}")})
    assert told[-1].startswith("content/t.yaml:9:58: nested more than 50 levels deep")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("sign", ["x", "あ", "1", "__x ", " ", "、 ", "\\t", "\\\\("])
def test_a_long_text_is_checked_in_time_that_grows_with_it(tmp_path: Path, sign: str) -> None:
    project = written(tmp_path / "p", {"t.yaml": item(f'fact: 問い\nis: "a{sign * (40_000 // len(sign))}b"')})
    start = time.process_time()
    assert main(["check", "-C", str(project)]) == 0
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("part", "length"),
    [
        *((part, 100_000) for part in (r"\(", "[", rf"\({'x' * 600} \)", rf"{{{{c1::\({'x' * 600} }}}}")),
        (r"![a\](b)", 50_000),  # a picture takes longer than a bracket
    ],
)
def test_a_text_with_thousands_of_openings_is_read_in_time_that_grows_with_it(part: str, length: int) -> None:
    parse.parse("\\(x\\)", math=True)
    text = part * (length // len(part))
    start = time.process_time()
    parse.parse(text, math=True)
    list(told(text, math=True))
    assert time.process_time() - start < 2


def test_a_long_label_of_a_figure_is_broken_into_lines_in_time_that_grows_with_it(tmp_path: Path) -> None:
    bar = f"figure: {{title: 図, alt: 図, total: 9, bar: {{a: {{label: {'語' * 4000}, value: 9}}}}}}"
    project = written(tmp_path / "p", {"t.yaml": item(f"{FACT}\n{bar}")})
    start = time.process_time()
    assert main(["check", "-C", str(project)]) == 0
    assert time.process_time() - start < 3


@pytest.mark.parametrize("fault", ["{{{}: x}}", "{{a: b{}c' d}}", "[{}x: y}}"])
def test_a_mistake_beside_thousands_of_spaces_is_told_in_time_that_grows_with_them(tmp_path: Path, fault: str) -> None:
    start = time.process_time()
    assert problems(tmp_path, {"t.yaml": entry(f"allow: {fault.format(repr('x' + ' ' * 40_000 + 'x'))}")})
    assert time.process_time() - start < 2


@pytest.mark.parametrize("sign", ["x", "漢", " ", "x["])
def test_a_long_reading_is_read_in_time_that_grows_with_it(sign: str) -> None:
    start = time.process_time()
    ruby.words(f"{sign * (40_000 // len(sign))}x")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("sign", ["> ", "- ", "[", "*a ", "`", "![", "<", "&", "\\\\(", "{{c1::", "_"])
def test_markdown_that_exhausts_the_stack(tmp_path: Path, sign: str) -> None:
    for said in problems(tmp_path, {"t.yaml": item(f'fact: "{sign * 3000}x"\nis: x')}):
        assert said.startswith("content/t.yaml:")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("learned: 9999-12-31", "6:14: 9999 has no ISO week 52: look the week up"),
        ("learned: 9999-12-27", "6:14: 9999 has no ISO week 52: look the week up"),
        ("order: " + DIGITS, f"6:12: '{TOLD}' is not a whole number: write digits only"),
    ],
)
def test_a_value_of_an_entry(tmp_path: Path, line: str, told: str) -> None:
    assert problems(tmp_path, {"t.yaml": entry(line)}) == [f"content/t.yaml:{told}"]


def test_the_last_week_that_ends_is_one(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": entry("learned: 9999-12-26")}) == []


@pytest.mark.parametrize("place", ["  e:", "topic: t", "      a:"])
def test_half_a_character_in_a_key(tmp_path: Path, place: str) -> None:
    key, value = place.split(":") if place != "  e:" else (place[:-1], "")
    text = f'{key}: "\\uDFFF"' if value else place.replace(place.strip(" :"), '"\\uDFFF"')
    assert problems(tmp_path, {"t.yaml": item(FACT).replace(place, text)})


@pytest.mark.parametrize("key", ["k" * 101, "鍵" * 34])
def test_a_key_of_which_names_of_files_would_be_too_long(tmp_path: Path, key: str) -> None:
    told = f"a key of {len(key.encode())} bytes makes names of files too long: write 100 bytes or fewer"
    deck = DECK.replace("key: own", f"key: {key}")
    assert problems(tmp_path / "deck", {"deck.yaml": deck, "t.yaml": item(FACT)}) == [f"content/deck.yaml:2:6: {told}"]
    topic = item(FACT).replace("topic: t", f"topic: {key}")
    assert problems(tmp_path / "topic", {"t.yaml": topic}) == [f"content/t.yaml:1:8: {told}"]
    fits = {"deck.yaml": DECK.replace("key: own", f"key: {key[:33]}"), "t.yaml": item(FACT)}
    assert problems(tmp_path / "fits", fits) == []


@pytest.mark.parametrize("hero", ["<script>alert(1)</script>", "a]b", "a b", "![x](y)", "a&lt;b"])
def test_a_hero_that_would_be_markup_in_a_post(tmp_path: Path, hero: str) -> None:
    deck = DECK + f"series: {{title: x, number_1: 2020-W30, hero: '{hero}'}}\n"
    (told,) = problems(tmp_path, {"deck.yaml": deck, "t.yaml": item(FACT)})
    assert told.endswith(f"'{hero}' is no name of a picture on Hatena Fotolife: write it as f:id:name:20200621160338p")
