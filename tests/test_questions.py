"""How things are asked."""

from pathlib import Path

import pytest
from hitoe import checks
from hitoe.deck import cards
from support.notes import item, written


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("ja", "富士山の高さ", "富士山の高さは?"),
        ("ja", "富士山の高さは?", "富士山の高さは?"),
        ("ja", "富士山の高さは？", "富士山の高さは？"),
        ("en", "Capital of France", "Capital of France?"),
        ("en", "What is the capital of France?", "What is the capital of France?"),
    ],
)
@pytest.mark.parametrize("kind", ["fact", "code"])
def test_what_is_a_question_already_is_asked_as_it_stands(
    tmp_path: Path, kind: str, language: str, told: str, asked: str
) -> None:
    head = f"format: 1\nkey: own\ntitle: 題\nlanguage: {language}\n"
    entry = f'topic: t\ntitle: 題\nentries: {{e: {{title: 題, items: {{a: {{{kind}: "{told}", is: x}}}}}}}}\n'
    project = checks.trusted(written(tmp_path, {"deck.yaml": head, "one.yaml": entry}))
    notes = cards.notes(project, cards.templates(language))
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
    (note,) = cards.notes(project, cards.templates("ja"))
    assert note.fields["Answer"].startswith(answer)
