"""Choices: what may be written, what a card, the sheet, the worksheet and the log show of them."""

import re
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.log.formats import post_formats
from hitoe.log.section import Section
from hitoe.model.identity import guid
from hitoe.model.project import Project
from hitoe.values.language import Language
from support import anki_engine as engine
from support.notes import item, problems, written
from support.projects import build

QUESTION = "どれを選ぶ?"
CHOICE = f"""\
choice: {QUESTION}
options:
  a: {{wrong: 歩く, why: 遅い}}
  b: {{right: 走る}}
  c: {{wrong: 待つ, why: 着かない}}
"""
SEVERAL = CHOICE.replace("{wrong: 待つ, why: 着かない}", "{right: 飛ぶ, why: 最も速い}")
RECALLED = "      learned: {fact: 速い動き, is: 走る}\n"


def topic(choice: str = CHOICE, more: str = "") -> str:
    """Return a topic file with a fact and a choice, whose own lines begin in line 9, column 9."""
    head, _, lines = item(choice).partition("      a:\n")
    return head + RECALLED + "      a:\n" + lines + more


def project(root: Path, choice: str = CHOICE) -> Project:
    return checks.trusted(written(root, {"t.yaml": topic(choice)}))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  b: 走る", "12:14: neither right nor wrong: write {right: …}, or {wrong: …, why: …} with the reason"),
        ("  b: {why: 速い}", "12:14: an option is either right or wrong: write {right: …}, or {wrong: …, why: …}"),
        ("  b: {right: 走る, wrong: 走る}", "12:14: an option is either right or wrong: write {right: …}, or"),
        ("  b: {wrong: 走る}", "12:14: a wrong option without a reason: add `why: …`, which says why it is wrong"),
        ("  b: {wrong: 走る, why: 転ぶ}", "11:11: no option is right: write {right: …} for one at least"),
        ("  b: {right: 歩く}", "12:22: this option is the same as 'a': reword one, or delete it"),
        ("  b: {rihgt: 走る}", "12:15: unknown key 'rihgt': did you mean 'right'?"),
        ("  b: {right: 走る}\n  b: {right: 飛ぶ}", "13:11: key 'b' stands twice, first in line 12"),
        ("  b: {right: 走る}\ntyped: true", "13:16: the answer of a choice is not typed in: take `typed:` away"),
    ],
)
def test_a_mistake_in_a_choice_is_told_at_its_place(tmp_path: Path, line: str, told: str) -> None:
    text = topic(CHOICE.replace("  b: {right: 走る}", line))
    if "typed" in line or "\n" in line:  # the lines after it belong to something else
        text = text.replace("          c: {wrong: 待つ, why: 着かない}\n", "")
    found = problems(tmp_path, {"t.yaml": text})
    assert [problem for problem in found if problem.startswith(f"content/t.yaml:{told}")], found


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("{a: {right: 甲}}", "1 options: write 2 to 10"),
        ("{a: {right: 甲}, b: {right: 乙}}", "no option is wrong: write {wrong: …, why: …} for one at least"),
        ("{" + ", ".join(f"k{n}: {{right: 甲{n}}}" for n in range(11)) + "}", "11 options: write 2 to 10"),
    ],
)
def test_there_is_something_to_choose(tmp_path: Path, options: str, told: str) -> None:
    found = problems(tmp_path, {"t.yaml": item(f"choice: 問い?\noptions: {options}")})
    assert found == [f"content/t.yaml:9:18: {told}"]


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("learned", ""),
        ("e.learned", ""),
        ("[learned, other.fact]", ""),
        ("lerned", "14:13: no item 'e.lerned' asks for this by heart: did you mean 'e.learned'?"),
        ("[learned, other.fakt]", "14:23: no item 'other.fakt' asks for this by heart: did you mean 'other.fact'?"),
        ("nowhere.x", "14:13: no item 'nowhere.x' asks for this by heart: write `item` of this entry, or `entry.item`"),
        ("a", "14:13: no item 'e.a' asks for this by heart: use one of: e.learned"),
        ("other.old", "14:13: no item 'other.old' asks for this by heart: did you mean 'other.fact'?"),
        ("many.other", "14:13: no item 'many.other' asks for this by heart: use one of: many.k1, many.k2, many.k3"),
    ],
)
def test_a_choice_is_of_an_item_that_is_recalled(tmp_path: Path, of: str, told: str) -> None:
    other = item("fact: 問い\nis: 答え", "fact").replace("topic: t", "topic: u").replace("  e:", "  other:")
    other += "      old: {fact: 古い, is: 答え, retired: true}\n"
    other += "  many:\n    title: 題\n    items:\n"
    other += "".join(f"      k{number}: {{fact: 問い, is: 答え}}\n" for number in (3, 1, 2))
    found = problems(tmp_path, {"t.yaml": topic(f"{CHOICE}of: {of}"), "u.yaml": other})
    assert found == ([f"content/t.yaml:{told}"] if told else [])


def test_a_word_in_a_reason_may_have_a_reading(tmp_path: Path) -> None:
    options = "options: {a: {right: 甲}, b: {wrong: 乙, why: 菓子ではない}}"
    text = item(f"choice: どれ?\n{options}\nreading: 菓子[かし]")
    assert checks.warnings(checks.trusted(written(tmp_path, {"t.yaml": text}))) == []


def test_an_item_in_a_file_that_cannot_be_read_is_not_missed(tmp_path: Path) -> None:
    found = problems(tmp_path, {"t.yaml": topic(f"{CHOICE}of: other.fact"), "u.yaml": "topic: u\ntitle: 題\n"})
    assert found == ["content/u.yaml:1:1: key 'entries' is missing: add it"]


def test_a_retired_choice_may_be_of_what_is_gone(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": topic(f"{CHOICE}of: gone\nretired: true")}) == []


def test_a_choice_on_no_sheet_cannot_be_a_key_point(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": topic(f"{CHOICE}of: learned\nkey: true")}) == [
        "content/t.yaml:15:14: a choice `of` another item is on no sheet: write `key: true` in 'learned'"
    ]


def card(tmp_path: Path, choice: str) -> tuple[str, str]:
    """Return both sides of the choice's card in Anki."""
    package = build(written(tmp_path / "project", {"t.yaml": topic(choice)}))
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        ((number, sides),) = ((n, sides) for (its, n), sides in engine.sides(col).items() if its == guid("own", "e.a"))
        assert number == 0
        return sides


def test_a_card_says_how_many_are_right_if_they_are_several(tmp_path: Path) -> None:
    assert "選ぶ)" not in "".join(card(tmp_path / "one", CHOICE))
    assert "(2 つ選ぶ)" in engine.seen(card(tmp_path / "two", SEVERAL)[0])


def test_the_front_gives_no_reasons_and_the_back_names_options_by_their_words(tmp_path: Path) -> None:
    front, back = card(tmp_path, SEVERAL)
    assert all(option in engine.seen(front) for option in ("歩く", "走る", "飛ぶ"))
    assert not any(reason in front for reason in ("遅い", "最も速い"))
    assert "飛ぶ: 最も速い" in engine.seen(back)
    assert "歩く: 遅い" in engine.seen(back)
    assert back.count('<li class="right">') == 2


def test_both_sides_keep_the_order_in_one_place(tmp_path: Path) -> None:
    front, back = card(tmp_path, CHOICE)
    kept, read = (re.findall(r'sessionStorage.(set|get)Item."(\w+)"', side) for side in (front, back))
    assert (kept, read) == ([("set", "hitoe")], [("get", "hitoe")])
    assert 'class="asking" data-id="own/e.a"' in front
    assert 'class="solved" data-id="own/e.a"' in back


def pages(root: Path, choice: str) -> dict[str, str]:
    """Return the text of each sheet by the end of its name, without spaces."""
    files = sheet.editions(project(root, choice), root / "cache", wanted=["colour", "worksheet"]).files
    return {
        name.removeprefix("own-").removesuffix(".pdf"): "".join(
            "".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)
        )
        for name, pdf in files.items()
    }


def test_a_choice_of_a_recalled_item_is_on_no_sheet(tmp_path: Path) -> None:
    said = pages(tmp_path, f"{CHOICE}of: learned")
    assert "速い動き" in said["sheet"]
    assert "どれ" not in said["sheet"] + said["worksheet"]


def test_a_choice_that_stands_alone_is_on_the_sheet(tmp_path: Path) -> None:
    said = pages(tmp_path, f"{SEVERAL}key: true")
    assert "どれを選ぶ?走る/飛ぶ" in said["sheet"]
    assert "どれを選ぶ?走る/飛ぶ" in said["digest"]
    assert "どれを選ぶ?・歩く・走る・飛ぶ②/③" in said["worksheet"]
    assert "②走る③飛ぶ" in said["worksheet"]


def test_a_choice_comes_after_the_other_items_of_its_entry(tmp_path: Path) -> None:
    text = topic().replace(RECALLED, "") + RECALLED
    package = build(
        written(tmp_path, {"t.yaml": text + "      table: {table: 表, columns: {x: 列}, rows: {r: {x: 値}}}\n"})
    )
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        found = [col.get_card(card) for card in sorted(col.find_cards(""), key=lambda card: col.get_card(card).due)]
        assert [card.note()["Id"] for card in found] == ["own/e.learned", "own/e.table[r,x]", "own/e.a"]


def test_a_reading_may_be_of_a_word_in_a_wrong_option(tmp_path: Path) -> None:
    for word, told in (("歩[ある]", 0), ("泳[およ]", 1)):
        found = checks.warnings(project(tmp_path, f"{CHOICE}reading: {word}"))
        assert len(["stands in no text" in warning.message for warning in found]) == told


def test_posts_fold_the_answer_of_a_choice(tmp_path: Path) -> None:
    (placed,) = project(tmp_path, f"{SEVERAL}of: learned").entries()
    section = Section.of(placed, tmp_path / "content")
    for form in post_formats(Language("ja"), marked=False):
        asked, _, folded = form.section(section).partition("<details><summary>答え</summary>")
        assert "(2 つ選ぶ)" in asked
        assert "遅い" not in asked
        assert folded.index("最も速い") < folded.index("遅い") < folded.index("</details>")
        assert folded.count("**" if "html" not in form.name else "strong>") == 4, form.name
