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
     "-" * 100_000 + "\nb", "- a\n|" + " " * 100_000 + "b", "- a\n|" + " --- |" * 15_000 + "b",
     "> a\n" * 25_000, "# a\n" * 25_000, "- [ ] a\n" * 12_000, ">" * 100_000 + "\nb", "> " * 50_000 + "\nb",
     "#" * 100_000 + "\n", "> " + " " * 100_000 + "\nb", "# " + " " * 100_000 + "\nb",
     "> " + "a" * 100_000 + "\nb", " " * 100_000 + ">\nb"],
)  # fmt: skip
def test_a_long_text_takes_little_time(text: str) -> None:
    start = time.process_time()
    list(told(text))
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("raw", "found", "instead"),
    [
        ("# Заголовок\nтекст", "# Заголовок", "`**words**`"),
        ("前\n\n## 1. 概要\n本文", "## 1. 概要", "`**words**`"),
        ("text\n  ### `ls` **and** more\n", "### `ls` **and** more", "`**words**`"),
        ("# **Wichtig**\n", "# **Wichtig**", "`**words**`"),
        ("a\n> quote", "> quote", "the words in quotation marks"),
        ("> 我思う、\n> ゆえに我あり\n\nデカルト", "> 我思う、", "the words in quotation marks"),
        ("> Nel mezzo del cammin\n", "> Nel mezzo del cammin", "the words in quotation marks"),
        (">«Быть или не быть»\nГамлет", ">«Быть или не быть»", "the words in quotation marks"),
        ("a\n> In 1492 sailed he.", "> In 1492 sailed he.", "the words in quotation marks"),
        ("- [ ] Milch\n- [ ] Brot", "[ ]", "the point without it"),
        ("* [x] acheté\n* [X] payé", "[x]", "the point without it"),
        ("a\n1. [ ] 牛乳\n", "[ ]", "the point without it"),
    ],
)
def test_a_heading_a_quote_and_a_task_of_other_markdown_are_told(raw: str, found: str, instead: str) -> None:
    messages = {message.replace("[X]", "[x]") for message in told(raw)}
    assert messages == {f"'{found}' is shown as written: write {instead}, or put it into `…` if it is meant so"}


def test_every_heading_is_told_also_directly_below_a_list() -> None:
    messages = list(told("# A\n- b\n## C\n"))
    assert [message.split(" is ")[0] for message in messages] == ["'## C'", "'# A'", "'## C'"]


@pytest.mark.parametrize(
    "raw",
    [
        *("a\n#1", "a\n#tag #tag", "a\n# 1", "a\n# of users: 5", "a\nC# is\n", "a #\nb # c", "a\n#", "a\n####### b"),
        *("a\n> 38 °C", "a\n>= x", "a\n>38", "a\n>", "a\n> ca. 38 °C", "a\n> pH 7", "a\n> n", "a -> b\n=> c"),
        *("a\n>>> print", "< normal: low\n> normal: high", "- > normal: high\n- # of users", "a\n> -x"),
        *("a\n> 正常上限の3倍", "a\n>> log", "```sh\n# install\n> quote\n- [ ] a\n```"),
        *("~~~\n# comment\n~~~", "a\n`# words`", "a `b\n# c` d", "\\# a\n\\> b", "[ ] a\n[x] b"),
        *("- [x] は整数の部分\n- b", "- [X] is its concentration\n- b"),
        *("- a[ ] b\n- c", "- [a] b\n- [ ]", "# words", "> words", "- [ ] words"),
    ],
)  # fmt: skip
def test_signs_that_are_meant_are_no_notation_of_other_markdown(raw: str) -> None:
    assert not list(told(raw))


def test_a_line_of_a_formula_is_no_quote() -> None:
    assert not list(told("a $b\n> cd$\n\\[\n# x\n\\]", math=True))
