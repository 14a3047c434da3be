"""Paper with notes in a language that is written from right to left: each thing stands where the eye looks for it."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.sheet import EDITIONS
from hitoe.templating import direction
from hitoe.text import tree
from support.notes import written
from support.study_sheet import whole_sheet

TOPIC = f"""\
topic: t
title: Topicname
entries:
  one:
    title: Entryname
    items:
      port: {{fact: subject, is: object}}
      cells: {{table: caption, corner: corner, columns: {{a: heading}}, rows: {{r: {{label: rowname, a: cell}}}}}}
      order: {{steps: way, sequence: {{x: walk, y: "ride **far**"}}}}
      sum:
        calc: total
        given: {{size: {{label: size, value: 750, unit: MB}}}}
        formula: size * 3
        unit: seconds
  two:
    title: Other
    items:
      pick:
        choice: whichever
        options:
          good: {{right: yonder *hill*, why: because}}
          bad: {{wrong: hither *vale* {"and so on " * 20}, why: though}}
        extra: furthermore
        allow: {{only-choice: it is tested}}
"""
READ = {
    "colour": [
        (0, "Deckname", "Version"),
        (0, "Entryname", "Topicname"),
        (0, "subject", "object"),
        (0, "corner", "heading"),
    ],
    "worksheet": [
        (0, "(Worksheet)", "Version"),
        (0, "Entryname", "Topicname"),
        (0, "subject", "①"),
        (0, "rowname", "②"),
        (1, "①", "object"),
        (1, "Correct", "Wrong"),
    ],
    "exam": [
        (0, "Mock", "1 / 3"),
        (0, "A", "yonder"),
        (1, "A", "B"),
        (2, "Questions", "Correct"),
        (2, "A", "because"),
    ],
}
"""Words on pages, from 0 on, of which the first is read before the second."""
SAID = {
    "colour": [(0, "750", "MB"), (0, "3", "2250"), (0, "Bold", "hidden"), (0, "yonder", "hill")],
    "worksheet": [
        (0, "750", "MB"),
        (0, "3", "⑤"),
        (0, "Blanks", "compare"),
        (0, "hither", "vale"),
        (1, "yonder", "hill"),
    ],
    "exam": [(0, "76", "missing"), (0, "Set", "reasons"), (0, "hither", "vale")],
}
"""The same for English words, numbers with Latin units, and calculations, which are read from left to right."""


@pytest.fixture(scope="module", params=["he", "en"])
def printed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Mapping[str, bytes]]:
    language, root = request.param, tmp_path_factory.mktemp("project")
    deck = f"format: 1\nkey: own\ntitle: Deckname\nlanguage: {language}\nexam: {{questions: 77, minutes: 88}}\n"
    deck += "domains: {d: {title: Domainname, weight: 100}}\n"
    project = checks.trusted(written(root, {"deck.yaml": deck, "a.yaml": TOPIC}))
    pdfs = whole_sheet(project, root / "cache", EDITIONS)
    [exam] = sheet.mock_exam(project, 1, root / "cache").files.values()
    return language, {"colour": pdfs["own-sheet.pdf"], "worksheet": pdfs["own-worksheet.pdf"], "exam": exam}


def places(pdf: bytes, number: int, *words: str) -> Iterator[float]:
    """Yield where words begin on a page, from the left."""
    text = pypdfium2.PdfDocument(BytesIO(pdf))[number].get_textpage()
    for word in words:
        found = text.search(word, match_case=True, match_whole_word=word.isalnum() and word.isascii()).get_next()
        assert found, word
        yield text.get_charbox(found[0])[0]


@pytest.mark.parametrize("name", READ)
def test_what_is_read_first_is_on_the_side_where_lines_begin(
    printed: tuple[str, Mapping[str, bytes]], name: str
) -> None:
    language, pdfs = printed
    wrong = []
    for page, *words in READ[name]:
        first, second = places(pdfs[name], page, *words)
        wrong += [words] * ((first > second) is (language == "en"))
    assert wrong == []


@pytest.mark.parametrize("name", SAID)
def test_english_words_and_calculations_are_read_from_left_to_right(
    printed: tuple[str, Mapping[str, bytes]], name: str
) -> None:
    _, pdfs = printed
    found = [(words, list(places(pdfs[name], page, *words))) for page, *words in SAID[name]]
    assert [words for words, where in found if where != sorted(where)] == []


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("המים H~2~O (נוזל), והגז CO~2~ באוויר", ["H2O", "CO2"]),
        ("חזקה x^2^ + y^2^, או 3.12^2^", ["x2 + y2", "3.122"]),
        ("היון Na^+^, האיזוטופ ^14^C", ["Na+", "14C"]),
        ("מערכת **Windows** 11 חדשה, *Not* at `all`", ["Windows 11", "Not at all"]),
        ("פורט **80** של **שרת HTTP** ו-`a` או `b`, מתוך 1, 2 **x**", []),
    ],
)
def test_latin_words_of_several_nodes_are_kept_together(text: str, latin: list[str]) -> None:
    runs = list(direction.runs(tree.inline(text)))
    said = [("".join(_words(nodes)), turned) for turned, nodes in runs]
    assert [words for words, turned in said if turned] == latin
    assert "".join(words for words, _ in said) == "".join(_words(tree.inline(text)))


def _words(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        yield from _words(node.children) if hasattr(node, "children") else (node.text,)
