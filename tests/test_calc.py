"""Calculations in deck, sheets and log: numbers and units look the same everywhere."""

import re
from pathlib import Path

import pypdfium2
import pytest
from hitoe import checks
from hitoe.deck import cards
from hitoe.kinds.calc import Calc
from hitoe.model.project import Project
from hitoe.templating import Templates
from hitoe.values.language import Language
from support.logs import log_files
from support.notes import DECK, item, written
from support.study_sheet import whole_sheet

CALC = """
calc: 重さ
given:
  mass: {label: 質量, value: 1234567.50, unit: "%"}
  speed: {value: 12000, unit: km/h}
formula: round(mass * speed + 4096, -3)
unit: "m²"
"""
PARTS = ("1,234,567.50", "%", "12,000", "km/h", "4096", "14,814,814,000", "m²")
UNWORKED = {"4096", "14,814,814,000", "m²"}
LONGEST = "calc: 数\ngiven: {n: {value: 2}}\nformula: n^126"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    entry = item(CALC).replace("    items:", "    learned: 2020-W30\n    items:")
    return checks.trusted(written(tmp_path, {"one.yaml": entry}))


def test_a_card_separates_thousands_in_question_and_answer(project: Project) -> None:
    (note,) = cards.notes(project, cards.templates(Language("ja")))
    assert all(part in note.fields["Question"] for part in {*PARTS} - UNWORKED)
    assert all(part in note.fields["Whole"] for part in PARTS)
    assert note.fields["Answer"] == '<span class="answer">14,814,814,000</span> m²'


def test_so_does_each_format_of_the_log(project: Project) -> None:
    posts = {name: text for name, text in log_files(project).items() if name.startswith("2020")}
    assert len(posts) == 3
    assert all(part in text for part in PARTS for text in posts.values())


def pdf_letters(pdf: bytes) -> str:
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return re.sub(r"[\s\u2060\u200b\xa0]", "", text)


def test_so_does_each_edition_of_the_sheet_and_the_key_of_the_worksheet(project: Project, tmp_path: Path) -> None:
    for name, pdf in whole_sheet(project, tmp_path / "cache").items():
        assert all(part in pdf_letters(pdf) for part in PARTS), name


@pytest.mark.parametrize(
    ("formula", "worked"),
    [
        ("b^2 - 4 * a", "7<sup>2</sup> − 4 × 2"),
        (
            "(a + b)^(a - 1) + a^-0.5 + max(a^12, 3)",
            "(2 + 7)<sup>2 − 1</sup> + 2<sup>−0.5</sup> + max(2<sup>12</sup>, 3)",
        ),
        ("a^b^2", "2^7^2"),
        ("(1 + a)^(b)^2", "(1 + 2)^(7)^2"),
        ("a^ceil(b)", "2^ceil(7)"),
        ("12345 * a - 1185 * b", "12,345 × 2 − 1185 × 7"),
    ],
)
def test_exponents_stand_above_the_line_unless_it_is_unclear_whose_they_are(formula: str, worked: str) -> None:
    calc = Calc(calc="数", given={"a": {"value": "2"}, "b": {"value": "7"}}, formula=formula)
    assert Templates("card", Language("ja")).prose(calc.worked) == worked


def test_the_longest_answer_fits_a_column(tmp_path: Path) -> None:
    project = checks.trusted(written(tmp_path, {"one.yaml": item(LONGEST)}))
    (note,) = cards.notes(project, cards.templates(Language("ja")))
    files = whole_sheet(project, tmp_path / "cache")
    [answer] = re.findall("[0-9,]{50}", note.fields["Answer"])
    assert all(answer in pdf_letters(files[f"own-sheet{end}.pdf"]) for end in ("", "-red", "-mask"))
    assert answer in pdf_letters(files["own-worksheet.pdf"])


@pytest.mark.parametrize(
    ("language", "calc", "number"),
    [
        ("de", CALC, "1,234,567.50"),
        ("es", "calc: x\ngiven: {n: {value: 5}}\nformula: n / 4", "1.25"),
        ("fr", "calc: x\ngiven: {n: {value: 5}}\nformula: n * 2.5 * 4", "2.5"),
        ("de", "calc: x\ngiven: {n: {value: 2026}}\nformula: max(n, 4) * 2", None),
        ("de", "retired: true" + CALC, None),
        *((language, CALC, None) for language in ("en", "ja", "ko", "zh-Hant", "es-MX", "de-CH")),
    ],
)
def test_numbers_that_other_languages_read_otherwise_are_told(
    tmp_path: Path, language: str, calc: str, number: str | None
) -> None:
    files = {"deck.yaml": f"{DECK}language: {language}\n", "one.yaml": item(calc.strip())}
    told = list(checks.warnings(checks.trusted(written(tmp_path, files))))
    assert [str(each.at) for each in told] == (["content/one.yaml:8:15"] if number else [])
    assert all(f"'{number}' is printed as English writes it" in each.message for each in told)
