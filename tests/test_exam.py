"""The mock exam: questions by the weights of the domains, an answer sheet, and the key, the same for a seed."""

import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hitoe import checks, sheet
from hitoe.cli import main
from hitoe.model.project import Project
from hitoe.sheet.exam.selection import ExamQuestion, by_weight, questions
from hitoe.sheet.pdf.weasyprint import Printer
from support.notes import written

DECK = """\
format: 1
key: own
title: 試験
domains:
  one: {title: 甲の分野, weight: 60}
  two: {title: 乙の分野, weight: 40}
exam: {questions: 6, minutes: 12}
"""
ENTRY = (
    "  {domain}:\n    title: {title}\n    domain: {domain}\n    items:\n      known: {{fact: 既知の{domain}, is: 値}}\n"
)
ITEM = """\
      q{n}:
        choice: {title}の{n}番の問い?
        of: known
        options:
          right: {{right: 正しい{title}{n}, why: 理由{n}}}
          a: {{wrong: 誤り甲{title}{n}, why: 反証甲{n}}}
          b: {{wrong: 誤り乙{title}{n}, why: 反証乙{n}}}
{more}"""
PARTS = {"one": ("甲題", 5), "two": ("乙題", 4)}


def notes(more: str = "") -> str:
    entries = "".join(
        ENTRY.format(domain=domain, title=title)
        + "".join(ITEM.format(n=n, title=title, more=more if n == 0 else "") for n in range(count))
        for domain, (title, count) in PARTS.items()
    )
    return f"topic: t\ntitle: 話題\nentries:\n{entries}"


def project(root: Path, deck: str = DECK, more: str = "") -> Project:
    return checks.trusted(written(root, {"deck.yaml": deck, "t.yaml": notes(more)}))


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page without spaces."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def printed(one: Project, seed: int = 1) -> bytes:
    (pdf,) = sheet.mock_exam(one, seed, one.root / "cache").files.values()
    return pdf


@pytest.mark.parametrize(
    ("wanted", "weights", "supply", "counts"),
    [
        (65, (32, 26, 24, 18), (99, 99, 99, 99), (21, 17, 15, 12)),
        (10, (60, 40), (99, 99), (6, 4)),
        (10, (60, 40), (2, 99), (2, 8)),
        (10, (60, 40), (3, 4), (3, 4)),
        (4, (60, 0), (3, 9), (3, 1)),
        (0, (60, 40), (3, 9), (0, 0)),
    ],
)
def test_questions_are_divided_by_weight_as_far_as_there_are_any(
    wanted: int, weights: Sequence[int], supply: Sequence[int], counts: Sequence[int]
) -> None:
    keys = [str(number) for number in range(len(weights))]
    found = by_weight(wanted, dict(zip(keys, map(Decimal, weights), strict=True)), dict(zip(keys, supply, strict=True)))
    assert tuple(found[key] for key in keys) == tuple(counts)


def domains(chosen: Sequence[ExamQuestion]) -> list[str]:
    return sorted(str(each.placed.entry.domain) for each in chosen)


def test_questions_are_drawn_by_the_weights_of_their_domains(tmp_path: Path) -> None:
    assert domains(questions(project(tmp_path), 5, 1)) == ["one"] * 3 + ["two"] * 2


def test_without_weights_as_many_are_drawn_as_there_are(tmp_path: Path) -> None:
    unweighted = project(tmp_path, re.sub(", weight: [0-9]+", "", DECK))
    assert domains(questions(unweighted, 9, 1)) == ["one"] * 5 + ["two"] * 4
    assert domains(questions(unweighted, 2, 1)) == ["one", "two"]


def test_seeds_draw_other_questions_in_another_order_with_other_letters(tmp_path: Path) -> None:
    drawn = [questions(project(tmp_path), 6, seed) for seed in range(1, 9)]
    assert len({frozenset(each.path for each in one) for one in drawn}) > 1
    assert len({tuple(each.path for each in one) for one in drawn}) == len(drawn)
    assert {letter for one in drawn for each in one for letter in each.right} == {"A", "B", "C"}


def test_another_seed_asks_the_same_questions_in_another_order(tmp_path: Path) -> None:
    all_, again = (questions(project(tmp_path), 9, seed) for seed in (1, 2))
    assert [each.path for each in all_] != [each.path for each in again]
    assert {each.path for each in all_} == {each.path for each in again}


def test_what_is_retired_is_not_asked(tmp_path: Path) -> None:
    found = questions(project(tmp_path, more="        retired: true\n"), 9, 1)
    assert sorted(each.path for each in found) == [
        *(f"one.q{number}" for number in range(1, 5)),
        *(f"two.q{number}" for number in range(1, 4)),
    ]


def test_one_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path: Path) -> None:
    one = project(tmp_path / "a")
    pdf = printed(one)
    assert pdf == printed(project(tmp_path / "b"))
    other = printed(one, 2)
    assert pdf != other
    assert "シード2" in pages(other)[0]


def test_the_exam_has_a_head_questions_an_answer_sheet_and_a_key(tmp_path: Path) -> None:
    one = project(tmp_path)
    chosen = questions(one, 6, 1)
    pdf = printed(one)
    asked, answers, key = pages(pdf)
    assert "試験模擬試験6問・12分/シード1" in asked
    for number, each in enumerate(chosen, 1):
        lettered = "".join(f"{letter}{option.text.plain}" for letter, option in each.options)
        assert f"{number}{each.item.choice.plain}{lettered}" in asked
        assert f"{number}ABC" in answers
        said = "".join(
            f"{letter}{option.text.plain}:{option.why.plain}" for letter, option in each.options if option.why
        )
        assert f"{number}{each.right[0]}{said}" in key
    assert not re.search("理由[0-9]|反証", asked + answers)
    assert "甲の分野4" in key
    assert "乙の分野2" in key
    assert "全体6" in key
    with pikepdf.open(BytesIO(pdf)) as document:
        assert [round(float(edge) * 25.4 / 72) for edge in document.pages[0].MediaBox] == [0, 0, 210, 297]
        assert document.open_metadata()["pdfuaid:part"] == "1"


@pytest.mark.parametrize("paper", ["A4", "A5", "B5"])
def test_the_letters_of_a_question_stand_in_one_line_of_the_answer_sheet(tmp_path: Path, paper: str) -> None:
    wrong = "".join(f"          {key}: {{wrong: 誤り{key}, why: 反証{key}}}\n" for key in "cde")
    deck = DECK.replace("questions: 6", "questions: 9")
    one = project(tmp_path, f"{deck}sheet: {{paper: {paper}}}\n", wrong)
    pdf = printed(one)
    (number,) = (number for number, text in enumerate(pages(pdf)) if "1ABC" in text)
    page = pypdfium2.PdfDocument(BytesIO(pdf))[number].get_textpage()
    signs = page.get_text_range()
    letters = [(sign, page.get_charbox(at)[1]) for at, sign in enumerate(signs) if sign in "ABCDEF"]
    assert "".join(letter for letter, _ in letters).count("ABCDEF") == 2
    assert all(letter == "A" or abs(foot - before) < 2 for (_, before), (letter, foot) in pairwise(letters))


def test_a_question_stands_on_one_page_with_its_options(tmp_path: Path) -> None:
    many = DECK.replace("questions: 6", "questions: 9")
    one = project(tmp_path, many, more="        tags: [x]\n")
    path = tmp_path / "content" / "t.yaml"
    path.write_text(path.read_text("utf-8").replace("番の問い?", f"番の{'長い状況の説明が続く。' * 32}問い?"), "utf-8")
    one = checks.trusted(tmp_path)
    asked = pages(printed(one))[:-2]
    assert len(asked) > 1
    for each in questions(one, 9, 1):
        own = [page for page in asked if each.item.choice.plain[:8] in page]
        assert len(own) == 1
        assert all(option.text.plain in own[0] for _, option in each.options)


def test_a_question_higher_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    one = project(tmp_path, more=f"        extra: {'補足が続く。' * 400}\n        hint: 手がかり\n")
    path = tmp_path / "content" / "t.yaml"
    path.write_text(
        path.read_text("utf-8").replace("1番の問い?", f"1番の{'長い状況の説明が続く。' * 300}問い?"), "utf-8"
    )
    assert len(pages(printed(checks.trusted(one.root)))) > 4


def test_pictures_are_asked_and_figures_stand_in_the_key(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    written(tmp_path, {"deck.yaml": DECK, "a.svg": svg})
    figure = "        figure: {title: 図の題, alt: 図の説明, groups: {a: {label: 仲間, frames: [2]}}}\n"
    one = project(
        tmp_path, DECK.replace("questions: 6", "questions: 9"), f"        image: {{file: a.svg, alt: 絵}}\n{figure}"
    )
    *asked, key = pages(printed(one))
    assert "仲間" in key
    assert "仲間" not in "".join(asked)


def test_formulas_and_readings_are_printed(tmp_path: Path) -> None:
    one = project(tmp_path, DECK + "math: true\n", "        reading: 問[と]い\n        extra: $x^2$ は平方\n")
    assert "問と" in pages(printed(one))[0]


def test_a_sign_that_no_font_has_is_told_also_in_a_wrong_option(tmp_path: Path) -> None:
    one = project(tmp_path)
    path = tmp_path / "content" / "t.yaml"
    path.write_text(path.read_text("utf-8").replace("反証甲0", "\U00013080", 1), "utf-8")
    one = checks.trusted(one.root)
    warnings = sheet.mock_exam(one, 1, tmp_path / "cache").warnings
    assert ["〓 is printed" in warning.message for warning in warnings] == [True]


def test_what_is_missing_is_told_and_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, DECK.replace("questions: 6", "questions: 65"))
    assert main(["build", "exam", "-C", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("build/own-exam-1.pdf\n")
    assert "hitoe: the mock exam lacks 56 of 65 questions: the notes have no more choices\n" in said.err
    first = pages((tmp_path / "build" / "own-exam-1.pdf").read_bytes())[0]
    assert "9問・12分" in first
    assert "全65問のうち56問は" in first


def test_each_seed_has_a_file_and_a_plain_build_makes_none(tmp_path: Path) -> None:
    project(tmp_path)
    assert main(["build", "deck", "-C", str(tmp_path)]) == 0
    assert sorted(path.name for path in (tmp_path / "build").glob("*.pdf")) == []
    assert main(["build", "exam", "-C", str(tmp_path)]) == 0
    assert main(["build", "exam", "--seed", "7", "-C", str(tmp_path)]) == 0
    assert sorted(path.name for path in (tmp_path / "build").glob("*.pdf")) == ["own-exam-1.pdf", "own-exam-7.pdf"]


def test_an_exam_that_is_up_to_date_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path)
    assert main(["build", "exam", "-C", str(tmp_path)]) == 0
    monkeypatch.setattr(Printer, "laid_out", None)
    assert main(["build", "exam", "-C", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("deck", "text", "options", "told"),
    [
        (DECK.replace("exam:", "# exam:"), notes(), ["exam"], "add `exam: {questions: 65, minutes: 130}`"),
        (
            DECK,
            "topic: t\ntitle: 題\nentries: {e: {title: 題, points: [点]}}\n",
            ["exam"],
            "write items of kind `choice`",
        ),
        (DECK, notes(), ["deck", "--seed", "3"], "exam --seed 3"),
    ],
)
def test_what_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], deck: str, text: str, options: list[str], told: str
) -> None:
    written(tmp_path, {"deck.yaml": deck, "t.yaml": text})
    assert main(["build", *options, "-C", str(tmp_path)]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("seed", ["0", "-1", "x"])
def test_a_seed_is_a_number_from_1_on(tmp_path: Path, seed: str) -> None:
    project(tmp_path)
    with pytest.raises(SystemExit):
        main(["build", "exam", f"--seed={seed}", "-C", str(tmp_path)])
