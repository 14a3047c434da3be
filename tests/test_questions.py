"""How things are asked."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.deck import cards
from hitoe.kinds.cloze import OPEN
from hitoe.kinds.steps import SHOWN
from hitoe.log.formats import post_formats
from hitoe.log.section import Section
from hitoe.model.project import Project
from hitoe.templating import Templates
from hitoe.text.parse import parse
from hitoe.typography.ending_marks import ended
from hitoe.values.language import Language
from support.anki_engine import collection, import_deck, seen, sides
from support.notes import item, problems, written
from support.projects import build


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("ja", "富士山の高さ", "富士山の高さは?"),
        ("ja", "富士山の高さは?", "富士山の高さは?"),
        ("ja", "富士山の高さは？", "富士山の高さは？"),
        *(
            ("ja", task, task)
            for task in (
                "何人に1人以上か",
                "錯誤とは何か",
                "契約は取り消せるか",
                "時効を説明せよ",
                "例を書け",
                "首都はどこか",
            )
        ),
        *(
            ("ja", subject, f"{subject}は?")
            for subject in ("いるか", "静か", "おおたか", "有無のわずか", "つよさ", "どこか", "何度か", "雪解け")
        ),
        ("en", "Capital of France", "Capital of France?"),
        ("en", "What is the capital of France?", "What is the capital of France?"),
        *(
            ("en", task, task)
            for task in ("Name the capital of France", "Explain osmosis", "List 3 causes", "Write a loop")
        ),
        *(
            ("en", subject, f"{subject}?")
            for subject in ("Name of the capital", "State in the south", "List operations", "Explainer")
        ),
    ],
)
@pytest.mark.parametrize("kind", ["fact", "code"])
def test_what_is_a_question_already_is_asked_as_it_stands(
    tmp_path: Path, kind: str, language: str, told: str, asked: str
) -> None:
    head = f"format: 1\nkey: own\ntitle: 題\nlanguage: {language}\n"
    entry = f'topic: t\ntitle: 題\nentries: {{e: {{title: 題, items: {{a: {{{kind}: "{told}", is: x}}}}}}}}\n'
    project = checks.trusted(written(tmp_path, {"deck.yaml": head, "one.yaml": entry}))
    notes = cards.notes(project, cards.templates(Language(language)))
    assert [note.fields["Question"] for note in notes] == [asked]


@pytest.mark.parametrize(
    ("unit", "answer"),
    [
        ("", '<span class="answer">2</span>'),
        ("unit: KB", '<span class="answer">2</span> KB'),
        ("unit: '**KB**'", '<span class="answer">2</span> <strong>KB</strong>'),
    ],
)
def test_the_unit_of_a_calculated_answer_stands_behind_it(tmp_path: Path, unit: str, answer: str) -> None:
    calc = item(f"calc: 計算\ngiven: {{n: {{value: 1}}}}\nformula: n + 1\n{unit}")
    project = checks.trusted(written(tmp_path, {"one.yaml": calc}))
    (note,) = cards.notes(project, cards.templates(Language("ja")))
    assert note.fields["Answer"].startswith(answer)


MARKS = ("?", "？", "!", "！", "。", ".", "…", "：", ":")
CLOSED = ("{}", "({})", "「{}」", "“{}”", "**{}**", "**「{}」**")
PLAIN = "Name it"


@cache
def page_templates(language: str) -> Templates:
    return Templates("sheet", Language(language))


def told(project: Project, place: str, language: str) -> str:
    """Return what learners see of an item: of a field of its first note, on the sheet, or in a format of the log."""
    print_ = cards.templates(Language(language))
    if place in ("Question", "Reverse", "Answer"):
        return seen(next(note.fields[place] for note in cards.notes(project, print_) if note.ords))
    if place == "sheet":
        items = [item for placed in project.entries() for item in placed.entry.items.values()]
        page = page_templates(language)
        return seen("".join(page.call(f"items/{item.kind}.html.j2", "fragment", item) for item in items))
    (placed,) = project.entries()
    (form,) = (form for form in post_formats(Language(language), marked=False) if form.name == place)
    return seen(re.sub(r"[*\\]", "", form.section(Section.of(placed, project.root / "content"))))


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("kind", "place"),
    [
        *(("fact: '{}'\nis: x", place) for place in ("Question", "sheet", "hatena", "commonmark", "html")),
        ("code: '{}'\nis: x", "Question"),
        ("calc: '{}'\ngiven: {{n: {{value: 1}}}}\nformula: n", "Question"),
        ("calc: x\ngiven: {{n: {{value: 1, label: '{}'}}}}\nformula: n", "sheet"),
        ("table: t\ncolumns: {{c: '{}'}}\nrows: {{r: {{c: x}}}}", "Question"),
        ("table: t\ncolumns: {{c: '{}'}}\nrows: {{r: {{c: x}}}}\nask: reverse", "Reverse"),
        ("table: t\ncolumns: {{c: '{}'}}\nrows: {{r: {{c: x}}}}\nask_rows: true\nask: none", "Answer"),
    ],
)
def test_no_mark_is_put_behind_another(tmp_path: Path, kind: str, place: str, language: str, closed: str) -> None:
    head = f"format: 1\nkey: own\ntitle: T\nlanguage: {language}\n"
    for number, mark in enumerate(("", *MARKS)):
        written_text = closed.format(PLAIN + mark)
        files = {"deck.yaml": head, "one.yaml": item(kind.format(written_text))}
        shown = told(checks.trusted(written(tmp_path / str(number), files)), place, language)
        begun = shown.partition(PLAIN)[2].removeprefix(mark).lstrip(")」” ")
        assert begun.startswith(("?", ":", "は", "が")) == (not mark), shown


@pytest.mark.parametrize(
    ("written_text", "mark"), [("$$x^2$$", ""), ("Value of\n$$x^2$$", ""), ("Value of $x^2$", ":")]
)
def test_no_mark_is_put_behind_a_formula_on_a_line_of_its_own(tmp_path: Path, written_text: str, mark: str) -> None:
    head = "format: 1\nkey: own\ntitle: T\nlanguage: en\nmath: true\n"
    files = {"deck.yaml": head, "one.yaml": item(f"fact: {json.dumps(written_text)}\nis: y")}
    shown = told(checks.trusted(written(tmp_path, files)), "sheet", "en")
    assert shown.removesuffix("y").rstrip("\u200b ").endswith(":") == bool(mark)


def test_signs_at_the_end_of_code_are_part_of_a_name_unless_they_ask(tmp_path: Path) -> None:
    for number, (code, asked) in enumerate({"`::`": "::は?", "`a.`": "a.は?", "`empty?`": "empty?"}.items()):
        project = checks.trusted(written(tmp_path / str(number), {"one.yaml": item(f"fact: '{code}'\nis: x")}))
        assert told(project, "Question", "ja").replace(" ", "") == asked


@pytest.mark.parametrize(("kind", "asked"), [("fact", "逆の問い?"), ("code", "逆の問い?<pre>")])
@pytest.mark.parametrize(
    ("reverse", "answer"),
    [
        ("逆の問い?", "富士山の高さ"),
        ("{question: '逆の問い?'}", "富士山の高さ"),
        ("{question: '逆の問い?', answer: '**富士山**'}", "<strong>富士山</strong>"),
    ],
)
def test_the_second_card_has_the_first_subject_or_an_answer_of_its_own(
    tmp_path: Path, kind: str, asked: str, reverse: str, answer: str
) -> None:
    project = checks.trusted(written(tmp_path, {"one.yaml": item(f"{kind}: 富士山の高さ\nis: 甲\nreverse: {reverse}")}))
    (note,) = cards.notes(project, cards.templates(Language("ja")))
    assert note.ords == (0, 1)
    assert note.fields["Reverse"].startswith(asked)
    assert note.fields["ReverseAnswer"] == answer
    [placed] = project.entries()
    words = list(placed.entry.items["a"].card_words())[1]
    assert words.said in answer
    line = project.at(placed.file, *placed.loc, "items", "a", *words.answered).line
    assert line == (10 if "answer:" in reverse else 8)


def test_a_second_card_without_a_question_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, {"one.yaml": item("fact: 甲\nis: 乙\nreverse: {answer: 丙}")}) == [
        "content/one.yaml:10:18: key 'question' is missing: add it"
    ]


def test_anki_shows_questions_and_answers_as_written(tmp_path: Path) -> None:
    table = """
table: 国
columns: {c: 首都, d: {title: 山, question: "{row}で一番高い山は?"}}
rows:
  a: {label: "`甲`国", c: 甲の都, d: 甲の山}
  b: {label: 乙国, d: 乙の山}
question: "{row}の{column}はどこ?"
"""
    fact = "fact: 丙\nis: 丁\nreverse: {question: '戊は?', answer: 己}"
    topic = item(table) + item(fact, "f").partition("    items:\n")[2]
    package = build(written(tmp_path, {"one.yaml": topic}))
    with collection(tmp_path / "anki") as col:
        assert import_deck(col, package).new == 4
        shown = [(seen(front), seen(back)) for front, back in sides(col).values()]
    for question, answer in (
        ("甲 国の首都はどこ?", "甲の都"),
        ("甲 国で一番高い山は?", "甲の山"),
        ("乙国で一番高い山は?", "乙の山"),
        ("丙は?", "丁"),
        ("戊は?", "己"),
    ):
        [(front, back)] = [pair for pair in shown if question in pair[0]]
        assert answer in back
        assert answer not in front


@pytest.mark.parametrize(
    ("written_text", "expected"),
    [
        ("Which way up? ![a photo](a.png)", True),
        ("Which way up? ![a](a.png) ![b](b.png)", True),
        ("Which way up ![a photo?](a.png)", False),
        ("![a flag](a.png)", True),
        ("![a flag](a.png) Which?", True),
    ],
)
def test_a_picture_behind_a_mark_does_not_count(written_text: str, expected: bool) -> None:
    assert ended(parse(written_text)) is expected


@pytest.mark.parametrize("word", ["true", "No", "both", "none", "off"])
@pytest.mark.parametrize("item_", ["fact: 問い\nis: 答え\n{}", "code: 問い\nis: 答え\n{}"])
@pytest.mark.parametrize("key", ["reverse: {}", "reverse: {{question: {}}}", "ask: {}"])
def test_a_switch_is_no_question(tmp_path: Path, key: str, item_: str, word: str) -> None:
    (message,) = problems(tmp_path, {"one.yaml": item(item_.format(key.format(word)))})
    assert f"'{word}' is no question: write the words that the card asks" in message


def words_of_cards(root: Path, text: str) -> list[str]:
    """Return the words that the lints read on each card of an item, with … for what is asked."""
    (placed,) = checks.trusted(written(root, {"one.yaml": item(text)})).entries()
    return [words.question.replace(OPEN, "…") for words in placed.entry.items["a"].card_words()]


def test_lints_read_what_each_blank_of_a_sentence_shows_within_another(tmp_path: Path) -> None:
    text = "cloze: '語{{c1::外の{{c2::内の{{c3::中::芯}}}}と{{c2::他}}::前}}と{{c4::後}}'"
    assert words_of_cards(tmp_path, text) == [
        "語…と後前",
        "語外の…と…と後",
        "語外の内の…と他と後芯",
        "語外の内の中と他と",
    ]


def test_lints_read_the_steps_before_the_one_that_is_asked(tmp_path: Path) -> None:
    steps = ", ".join(f"s{number}: 段{number}" for number in range(SHOWN + 3))
    first, second, *others = words_of_cards(tmp_path, f"steps: 手順\nsequence: {{{steps}}}")
    assert (first, second, others[0]) == ("手順: ", "手順: 段0", "手順: 段0 段1")
    shown = [" ".join(f"段{number}" for number in range(at - SHOWN, at)) for at in (SHOWN, SHOWN + 1, SHOWN + 2)]
    assert others[-3:] == [f"手順: {shown[0]}", f"手順: {SHOWN + 1} {shown[1]}", f"手順: {SHOWN + 2} {shown[2]}"]
