"""Lines of block texts that are not shown where, or as, their author wrote them are told."""

import time

import pytest
from hitoe.text.notations import told


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("- 甲\n- 乙\nよって丙\n", "よって丙"),
        ("- pommes\n- poires\nToutes sont des fruits.", "Toutes sont des fruits."),
        ("* solo\ny luego", "y luego"),
        ("Zutaten:\n  - Mehl\n  - Ei\nAlles mischen.\n", "Alles mischen."),
        ("  - Mehl\n  Alles mischen.\n", "Alles mischen."),
        ("1. первое\n   и ещё\nИтак", "Итак"),
        ("- a\n\n  second paragraph\nThus c", "Thus c"),
        ("- a\n  - b\nThus c\nand d", "Thus c"),
        ("- a\n  - b\n  c", "c"),
        ("- `x`\r\nThus", "Thus"),
        ("- 甲\nよって乙\n\n- 丙", "よって乙"),
        ("10. x\n\nb\n\n- c\nd **e**", "d **e**"),
    ],
)
def test_a_line_that_joins_the_point_above_it_is_told(raw: str, line: str) -> None:
    (message,) = told(raw)
    assert message.startswith(f"'{line}' is shown within the point above: put an empty line before it, or")


@pytest.mark.parametrize("sign", ["(3) ", "3) ", "（3）", "③", "• ", "・", "+ ", "– ", "-", "c) ", "３．", "** "])
def test_a_line_that_looks_like_a_point_and_joins_the_one_above_is_told(sign: str) -> None:
    (message,) = told(f"- a\n- b\n{sign}c\n")
    assert message.startswith(f"'{sign}c' is no point, and is shown within the one above: begin it with `- ` or `1. `")


def test_of_lines_that_join_the_same_point_the_first_is_told_and_every_point_counts() -> None:
    assert [message[:4] for message in told("- a\nb\nc\nd\n- e\nf\n")] == ["'b' ", "'f' "]


@pytest.mark.parametrize(
    "raw",
    [
        *("- a\n  more\n- b\n  more", "1. a\n   more", "- a\n more", "1. a\n  more", "-\ta\n\tmore", "- a\n      more"),
        *("- a\n- b\n\nThus c", "a\nb\n- c\n- d", "- a\n```\ncode\n```\nb", "- a\n  ```\n  - b\nc\n  ```", "1. a\n- b"),
        *("2. Mai\n\nc", "- a\n\n\n\nb", "x - a\ny", "-a\nb", "1.a\nb", "```\n- a\nb\n```", "\\- a\nb", "- - a\n  b"),
        *("2) b\nc", "(1) a\n(2) b", "+ a\nb", "- 甲\n　続き", "- a", "- a\n", "「- a」\nb", "- a\n3. b"),
    ],
)
def test_lines_that_stand_where_they_are_meant_are_not_told(raw: str) -> None:
    assert not list(told(raw))


def test_a_number_with_its_sign_is_told_alone() -> None:
    (message,) = told("- 5 °C\nb")
    assert "begins a list of one point" in message


@pytest.mark.parametrize(
    "text",
    ["- a\nb\n" * 15_000, "- a\n" + "b\n" * 50_000, "- " * 50_000 + "\nb", "1. a\n" * 20_000 + "b",
     "\n" * 100_000 + "- a\nb", "- a\n" + " " * 100_000 + "b", "- a\n`" + "\n`" * 50_000, "- `\n" * 25_000,
     "-" * 100_000 + "\nb", "- a\n|" + " " * 100_000 + "b", "- a\n|" + " --- |" * 15_000 + "b"],
)  # fmt: skip
def test_a_long_text_takes_little_time(text: str) -> None:
    start = time.process_time()
    list(told(text))
    assert time.process_time() - start < 4
