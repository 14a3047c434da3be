"""The languages that hitoe speaks have the same words, and a project can bring those of another one."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.model.project import Project
from hitoe.problems import InputError
from hitoe.resources import folder
from hitoe.templating import Templates
from hitoe.values.language import language
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from support.notes import DECK, item
from support.notes import written as written_files
from support.snapshot import of_package

LANGUAGES = sorted({path.stem for path in (folder() / "words").glob("*.j2")} - {"kinds"})
FILES = Environment(loader=FileSystemLoader(folder()), autoescape=True)


def shape(word: Any) -> object:
    """Return what templates rely on: the number of a macro's arguments, the keys of a mapping, the length of a list."""
    if isinstance(word, Mapping):
        return {key: shape(value) for key, value in word.items()}
    if isinstance(word, tuple):
        return len(word)
    return len(word.arguments) if callable(word) else type(word)


def shapes(name: str) -> dict[str, object]:
    """Return all words but those that begin with an underscore, which only their own file uses."""
    words = vars(FILES.get_template(f"words/{name}.j2").module)
    return {each: shape(word) for each, word in words.items() if each[0] != "_"}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_has_every_word_in_the_same_form(name: str) -> None:
    assert shapes(name) == shapes("en")


@pytest.mark.parametrize(
    ("tag", "written", "voice"),
    [
        ("ja", "ja", "ja_JP"),
        ("en", "en", "en_US"),
        ("en-gb", "en-GB", "en_GB"),
        ("DE", "de", "de_DE"),
        ("fr", "fr", "fr_FR"),
        ("pt-BR", "pt-BR", "pt_BR"),
        ("pt", "pt", "pt_BR"),
        ("zh", "zh", "zh_CN"),
        ("zh-hant", "zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh-Hant-HK", "zh_HK"),
        ("sr-Latn", "sr-Latn", "sr_RS"),
        ("de-1996", "de-1996", "de_DE"),
        ("sl-IT-nedis", "sl-IT-nedis", "sl_IT"),
        ("es-419", "es-419", "es_419"),
    ],
)
def test_a_language_has_a_tag_and_a_voice(tag: str, written: str, voice: str) -> None:
    assert (str(language(tag)), language(tag).voice) == (written, voice)


@pytest.mark.parametrize(
    ("tag", "question"),
    [
        ("ja", "水は?"),
        ("ja-JP", "水は?"),
        ("en", "水?"),
        ("en-GB", "水?"),
        ("de", "水?"),
        ("zh-Hant", "水?"),
        ("ain", "水?"),
    ],
)
def test_a_language_without_words_of_its_own_has_the_english_ones(tag: str, question: str) -> None:
    for medium in ("card", "sheet", "page", "markdown"):
        assert Templates(medium, language(tag)).phrase("what_is", "水") == question


GERMAN = """\
what_is: "Was ist {subject}?"
hint: Hinweis
kinds: {fact: Fragen}
practice_heads: [Tag, Richtig, Falsch, Wieder am]
period: "{first.day}.{first.month}. bis {last.day}.{last.month}.{last.year}"
reviewed: "{it.reviews} Antworten < {it.minutes} Minuten"
percent: "{value} %"
"""


def german(root: Path, words: str = GERMAN) -> Project:
    head = "format: 1\nkey: own\ntitle: T\nlanguage: de\n"
    return checks.trusted(
        written_files(root, {"deck.yaml": head, "words.yaml": words, "one.yaml": item("fact: Wasser\nis: x")})
    )


def test_a_project_brings_words_of_its_own(tmp_path: Path) -> None:
    own = german(tmp_path).deck.language
    page, markdown = Templates("page", own), Templates("markdown", own)
    assert page.phrase("what_is", Markup("<b>H</b>")) == "Was ist <b>H</b>?"
    assert page.phrase("what_is", "a < b") == "Was ist a &lt; b?"
    assert page.word("hint") == "Hinweis"
    assert (page.word("kinds", "fact"), page.word("kinds", "table")) == ("Fragen", "Tables")
    assert markdown.phrase("period", date(2020, 7, 20), date(2020, 7, 26)) == "20.7. bis 26.7.2020"
    counted = SimpleNamespace(reviews=3, minutes=4)
    assert markdown.phrase("reviewed", counted) == "3 Antworten < 4 Minuten"
    assert page.phrase("reviewed", counted) == "3 Antworten &lt; 4 Minuten"
    assert (page.phrase("percent", 5), page.phrase("percent", None)) == ("5 %", "–")
    assert page.word("source") == "Source"


def test_own_words_stand_within_english_ones(tmp_path: Path) -> None:
    own = german(tmp_path, 'which: "Welche ({corner})?"\npercent: "{value} vH"\n').deck.language
    page = Templates("page", own)
    assert page.phrase("which_row", "Stadt", "Land", "Peru") == ("Land:<blockquote>Peru</blockquote>Welche (Stadt)?")
    whole = SimpleNamespace(reviews=3, minutes=4, counted=2, passed=1, retention=50, lapses=0, leeches=0)
    assert "a retention of 50 vH." in page.phrase("reviewed", whole)


def test_check_tells_where_a_word_has_a_strange_sign_and_which_words_stay_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german(tmp_path, 'colon: ": "\nkinds: {fact: Fragen}\nhint: "Hin\u0e01weis か\u3099"\n')
    assert main(["check", "-C", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "content/words.yaml:3:7: warning: the sheet's fonts have no 'ก'" in said.err
    assert "content/words.yaml:3:7: warning: Anki turns 'か\u3099'" in said.err
    (line,) = [line for line in said.out.splitlines() if line.endswith(": English stands there")]
    left = line.removeprefix("content/words.yaml has no ").removesuffix(": English stands there").split(", ")
    assert {"what_is", "kinds.cloze"} <= set(left)
    assert not {"colon", "hint", "kinds", "kinds.fact"} & set(left)
    assert left[-1] == "worksheet_legend"


@pytest.mark.parametrize("language", ["en-GB", "ja"])
def test_nothing_is_told_of_words_that_hitoe_has_in_the_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    files = {"deck.yaml": f"{DECK}language: {language}\n", "t.yaml": item("fact: DNS\nis: 53")}
    root = written_files(tmp_path, files | {"words.yaml": 'what_is: "{subject}"\n'})
    assert main(["check", "-C", str(root)]) == 0
    assert "English stands there" not in capsys.readouterr().out


def test_posts_of_a_language_from_right_to_left_are_read_so(tmp_path: Path) -> None:
    topic = item("fact: DNS\nis: 53").replace("    items:", "    learned: 2020-W30\n    items:")
    root = written_files(tmp_path, {"deck.yaml": DECK + "language: he\n", "t.yaml": topic})
    assert main(["build", "log", "-C", str(root)]) == 0
    assert '<html lang="he" dir="rtl">' in (root / "build" / "log" / "2020-W30.html").read_text()


def test_own_words_are_on_cards_paper_and_in_posts(tmp_path: Path) -> None:
    words = 'what_is: "Was ist {subject}?"\ncolon: " – "\nstudy_log: Gelernt\nlegend: Fett = lernen\n'
    project = german(tmp_path, words)
    path = tmp_path / "content" / "one.yaml"
    path.write_text(path.read_text().replace("    title: 題\n", "    title: T\n    learned: 2020-W30\n"))
    assert main(["build", "-C", str(project.root)]) == 0
    out = project.root / "build"
    assert "## Gelernt" in (out / "log" / "2020-W30.md").read_text()
    assert '<html lang="de">' in (out / "log" / "2020-W30.html").read_text()
    assert {"Was ist Wasser?"} == {note.fields[1] for note in of_package(out / "own.apkg").notes.values()}
    with pikepdf.open(out / "own-sheet.pdf") as pdf:
        assert pdf.Root.Lang == "de"
    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / "own-sheet.pdf"))
    assert "Wasser – x" in said
    assert "Fett = lernen" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("whatis: x", "1:1: unknown word 'whatis': did you mean 'what_is'?"),
        ('what_is: "Was?"', "1:1: '{subject}' is missing"),
        ('what_is: "{subjekt}{subject}"', "1:1: unknown name '{subjekt}': did you mean 'subject'?"),
        ('what_is: "{subject.day}"', "1:1: '{subject}' has no part 'day': leave it out"),
        ('what_is: "{subject} {"', "1:1: a brace that belongs to no name: the names here are {subject}"),
        ('what_is: "{{c1::{subject}}}"', "1:1: a brace that belongs to no name: the names here are {subject}"),
        ('hint: "a {x}"', "1:1: a brace in a word that has no names"),
        ("hint: 'a:b'", "1:1: 'a:b' names a field in Anki: write it without"),
        ("hint: answer", "1:1: 'answer' names a field in Anki, and another one has this name"),
        ("hint: [a]", "1:1: a text belongs here"),
        ("hint:", "1:1: a text belongs here"),
        ("card_names: {forward: a, reverse: a}", "1:1: the two cards of a note need different names"),
        ("kinds: x", "1:1: a mapping belongs here: write {fact, cloze, "),
        ("kinds: {fakt: x}", "1:9: unknown key 'fakt': did you mean 'fact'?"),
        ("review_heads: [a, b]", "1:1: a list of 5 texts belongs here: in English it is Reviews, Minutes, "),
        ('reviewed: "{it}"', "1:1: '{it}' has no part '': use one of: reviews, minutes, "),
        ('period: "{first.hour}{last}"', "1:1: '{first}' has no part 'hour': use one of: day, month, year"),
        ("- a", "1:1: words belong here"),
        ("topic: t\nentries: {}", "1:1: this file has the words of a language: move this topic"),
        ("_months: [a]", "1:1: unknown word '_months'"),
    ],
)
def test_what_is_wrong_in_the_words_of_a_project_is_told(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(InputError) as found:
        german(tmp_path, words + "\n")
    (problem,) = found.value.problems
    assert str(problem).startswith(f"content/words.yaml:{told}")


def test_words_alone_are_no_notes(tmp_path: Path) -> None:
    files = {"deck.yaml": "format: 1\nkey: own\ntitle: T\n", "words.yaml": "hint: Hinweis\n"}
    with pytest.raises(InputError, match="there are no notes beside this file"):
        checks.trusted(written_files(tmp_path, files))


@pytest.mark.parametrize(
    ("word", "table", "told"),
    [
        ('which: "Welches {corner}?"', "ask: both", True),
        ('which: "Welches {corner}?"', "ask: {a: reverse}", True),
        ('which_row: "{column}: {cell} – welches {corner}?"', "ask: both", True),
        ('which: "Welches {corner}?"', "corner: Land\nask: both", False),
        ('which: "Welches {corner}?"', "ask: forward", False),
        ('which: "Welches?"', "ask: both", False),
        ('hint: "Hinweis"', "ask: both", False),
    ],
)
def test_a_table_without_a_corner_is_told_where_own_words_name_it(
    tmp_path: Path, word: str, table: str, told: bool
) -> None:
    notes = item(f"table: Hauptstädte\ncolumns: {{a: Stadt}}\nrows: {{r: {{a: Lima}}, s: {{a: Rom}}}}\n{table}")
    head = "format: 1\nkey: own\ntitle: T\nlanguage: de\n"
    project = checks.trusted(written_files(tmp_path, {"deck.yaml": head, "words.yaml": word, "one.yaml": notes}))
    found = [problem for problem in checks.warnings(project) if "corner" in problem.message]
    assert [problem.at.file for problem in found] == ["content/one.yaml"] * told
    for problem in found:
        line = (tmp_path / problem.at.file).read_text("utf-8").splitlines()[problem.at.line - 1]
        assert line[problem.at.column - 1 :] == "Hauptstädte"
        assert problem.message.endswith("this table has no corner: write `corner:`")
