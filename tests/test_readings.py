"""Readings beside words: as Anki's furigana on cards, in small letters on paper, as ruby or in brackets in the log."""

import re
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.sheet.glyph_coverage import missing
from hitoe.sheet.layout.column_widths import columns
from hitoe.text import ruby
from hitoe.text.parse import parse
from hitoe.text.ruby import with_readings
from hypothesis import given
from hypothesis import strategies as st
from support import anki_engine as engine
from support.notes import item, written

RUBY = re.compile(r"<ruby><rb>(.*?)</rb><rt>(.*?)</rt></ruby>")


@pytest.mark.parametrize(
    ("reading", "words", "warned"),
    [
        ("冪等[べきとう]性", [("冪等", "べきとう")], ""),
        ("女の子[おんなのこ]", [("女の子", "おんなのこ")], ""),
        ("食べ物[たべもの]", [("食べ物", "たべもの")], ""),
        ("お茶[おちゃ]", [("お茶", "おちゃ")], ""),
        ("お 菓子[かし]", [("菓子", "かし")], ""),
        ("お　菓子[かし]", [("菓子", "かし")], ""),
        (
            "お菓子[かし]",
            [("菓子", "かし")],
            "'お菓子[かし]': the reading does not begin with 'お': write 'お 菓子[かし]'",
        ),
        (
            "日本[にほん]の北[きた]",
            [("日本", "にほん"), ("北", "きた")],
            "'の北[きた]': the reading does not begin with 'の'",
        ),
        ("日本[にほん]の 北[きた]", [("日本", "にほん"), ("北", "きた")], ""),
        ("赤、青[あお]", [("青", "あお")], ""),
        ("コーヒー豆[こーひーまめ]", [("コーヒー豆", "こーひーまめ")], ""),
        ("コーヒー 豆[まめ]", [("豆", "まめ")], ""),
        ("一ヶ月[いっかげつ]", [("一ヶ月", "いっかげつ")], ""),
        ("イギリス[United Kingdom]", [("イギリス", "United Kingdom")], ""),
        ("Kanji[かんじ]", [("Kanji", "かんじ")], ""),
        ("かんじ", [], ""),
        ("[かし]", [], ""),
    ],
)
def test_a_word_with_a_reading_is_the_same_in_anki_and_here(
    tmp_path: Path, reading: str, words: list[tuple[str, str]], warned: str
) -> None:
    said = re.sub(r"\[[^]]*\]|\s", "", reading) + "。"
    project = written(tmp_path / "p", {"t.yaml": item(f"fact: '{said}'\nis: x\nreading: '{reading}'")})
    assert [(word.base, word.reading) for word in ruby.words(reading)] == words
    found = [str(warning) for warning in checks.warnings(checks.trusted(project))]
    assert [line.partition("10:18: ")[2][: len(warned)] for line in found] == ([warned] if warned else [])
    assert main(["build", "deck", "-C", str(project)]) == 0
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, project / "build" / "own.apkg")
        ((front, back),) = engine.sides(col).values()
    assert RUBY.findall(back) == words
    assert not RUBY.findall(front)
    if words:
        assert "[" not in engine.seen(back)


@given(st.text(st.sampled_from("あお菓子女の日本a、 　ー")), st.text(st.sampled_from("かしおんニホ"), min_size=1))
def test_no_character_in_front_of_a_reading_is_lost(base: str, reading: str) -> None:
    field = ruby.for_anki(f"{base}[{reading}]")
    assert re.sub(r"\s", "", field) == re.sub(r"\s", "", f"{base}[{reading}]")


NAMED = ruby.words("徳川吉宗[とくがわよしむね]")
KINDS = {
    "fact: お菓子の店\nis: 甘い**お菓子**と茶": 2,
    "cloze: '店で{{c1::甘い菓子}}を買う'": 1,
    "table: 店\ncolumns: {a: 菓子の名}\nrows: {r: {label: 丸い菓子, a: 'x'}}": 2,
    "steps: 菓子の作り方\nsequence: {a: 菓子を焼く, b: 出す}": 2,
    "fact: |\n  - 菓子\n  - 茶\nis: 店": 1,
    "fact: 菓子屋の菓子\nis: 店": 1,  # only the first place in a text
}


WORDS = ("菓子", "果実", "草花", "道具", "着物", "絵本")
"""A word for each of them: all stand in one project."""


def test_a_reading_stands_behind_its_word_on_paper_and_in_the_log(tmp_path: Path) -> None:
    topic = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    learned: 2020-W30\n    items:\n"
    for number, (word, text) in enumerate(zip(WORDS, KINDS, strict=True)):
        lines = f"{text}\nreading: お 菓子[かし]".replace("菓子", word).splitlines()
        topic += f"      i{number}:\n" + "".join(f"        {line}\n" for line in lines)
    project = written(tmp_path, {"t.yaml": topic})
    assert main(["build", "sheet", "log", "-C", str(project)]) == 0
    times = dict(zip(WORDS, KINDS.values(), strict=True))
    for name in ("own-sheet.pdf", "own-sheet-red.pdf", "own-sheet-mask.pdf", "own-worksheet.pdf"):
        pages = pypdfium2.PdfDocument(project / "build" / name)
        said = re.sub(r"[\s\u2060\u200b]", "", "".join(page.get_textpage().get_text_range() for page in pages))
        assert {word: said.count(f"{word}かし") for word in WORDS} == times, name
    log = project / "build" / "log"
    page = (log / "2020-W30.html").read_text("utf-8")
    assert {word: page.count(f"<ruby>{word}<rt>かし</rt></ruby>") for word in WORDS} == times
    for name in ("2020-W30.md", "2020-W30.commonmark.md"):
        post = (log / name).read_text("utf-8")
        assert {word: post.count(f"{word}（かし）") for word in WORDS} == times


def test_the_column_of_a_table_has_room_for_readings() -> None:
    text = parse("徳川吉宗")
    bare, read = (columns([None, None], [[parse("年"), each]], 30.0) for each in (text, with_readings(text, NAMED)))
    assert read.widths[1] > bare.widths[1]


def test_a_sign_of_a_reading_or_of_the_words_that_the_fonts_lack_is_told(tmp_path: Path) -> None:
    head = "format: 1\nkey: own\ntitle: T\nlanguage: ko\n"
    topic = item("fact: 菓子\nis: x\nreading: '菓子[과자]'")
    files = {"deck.yaml": head, "words.yaml": "legend: 굵게\n", "t.yaml": topic}
    found = [str(problem) for problem in missing(checks.trusted(written(tmp_path, files)))]
    assert [problem.partition(": ")[0] for problem in found] == ["content/words.yaml:1:9", "content/t.yaml:8:15"]


def test_a_reading_of_a_word_that_the_item_does_not_have_is_told(tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: お**菓**子\nask: 菓子とは?\nis: x\nreading: 菓子[かし]")})
    (warning,) = checks.warnings(checks.trusted(project))
    assert str(warning) == (
        "content/t.yaml:11:18: '菓子' stands in no text of this item, so paper and log have no reading of it: "
        "write the word as it stands there"
    )


def test_words_with_readings_that_anki_runs_together_are_told(tmp_path: Path) -> None:
    lines = "fact: 水と食べる物\nis: 私は学校へ\nreading: 水[みず] 物[もの]、私[わたし]は 学校[がっこう]\n"
    project = written(tmp_path, {"t.yaml": item(lines)})
    (warning,) = checks.warnings(checks.trusted(project))
    assert str(warning) == (
        "content/t.yaml:10:18: '水[みず] 物[もの]' is shown as one word, '水物': "
        "if these are two, write 、 between them"
    )


def test_a_word_with_an_escaped_sign_has_its_reading() -> None:
    text = ruby.with_readings(parse("甲と乙\\*の丙"), [ruby.Word("乙*の丙", "おつのへい")])
    assert [type(node).__name__ for node in text.inline or ()] == ["Plain", "Ruby"]
