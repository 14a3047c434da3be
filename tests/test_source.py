"""Every value and every mistake of a YAML file is told at its line and column, in words an author knows."""

from pathlib import Path

import pytest
from hitoe.schema import Topic, decode
from hitoe.source import Document, read
from hitoe.source.nodes import MappingNode, Node, ScalarNode
from hypothesis import given, settings
from hypothesis import strategies as st
from support.notes import item, problems
from support.projects import EXAMPLE


def mistakes(text: str) -> list[str]:
    """Return what is said of a text as `line:column: message`."""
    return [str(problem).removeprefix("f:") for problem in read("f", text.encode())[1]]


def document(text: str) -> Document:
    found, told = read("f", text.encode())
    assert told == []
    assert found is not None
    return found


BEGINS = "a text that begins with '{}' means something else in YAML: quote the text"
NO_COLON = "a key without ':': add it, or quote the text of the lines above"
INDENTATION = "the indentation does not fit the lines above: begin in the same column as the neighbours"
TAB = "a tab stands here: use spaces, or quote the text"
CLOSED = "the text goes on after its closing quote: put the whole text in quotes"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((f"a: {sign}x\n", "1:4: " + BEGINS.format(sign)) for sign in ("@", "`", "%", "**", "}", "]", ",")),
        ("a: |x\n", "1:4: " + BEGINS.format("|")),
        *((f"a: !{tag}\n", "1:4: " + BEGINS.format("!")) for tag in ("%", "b%zz", "<b", "b!c!d")),
        ("a: {{x}}\n", "1:4: " + BEGINS.format("{{")),
        ("a: {{c1::x}}は\n", "1:4: " + BEGINS.format("{{")),
        ("a: [x](https://x)\n", "1:4: " + BEGINS.format("[")),
        ("a: {b: @x}\n", "1:8: " + BEGINS.format("@")),
        ("a: [x, `y`]\n", "1:8: " + BEGINS.format("`")),
        ("a: {b: - c}\n", "1:8: " + BEGINS.format("-")),
        ("a: b: c\n", "1:5: ': ' inside the text: quote the text"),
        ("a: - b\n", "1:4: '- ' inside the text: quote the text"),
        ("a: ? b\n", "1:4: '? ' inside the text: quote the text"),
        ("a: 'b' c\n", "1:4: " + CLOSED),
        ('a: "say "hi""\n', '1:4: a " inside the text ends it: write \\" for it, or quote the text with \''),
        ("a: 'It's'\n", "1:4: a ' inside the text ends it: write '' for it, or quote the text with \""),
        ("a: {b: 'It's', c: d}\n", "1:11: a ' inside the text ends it: write '' for it, or quote the text with \""),
        ("a: 'b\n", '1:4: the quote that opens here is never closed: close it, or quote the whole text with "'),
        ("a: 'b\nc: 'd'\n", "1:4: the quote that opens here is closed only in line 2: close it in its own line"),
        ("a: {b: c\nd: e\n", "1:4: '{' is never closed: add '}', or quote the text"),
        ("a: [b,\n", "1:4: '[' is never closed: add ']', or quote the text"),
        ("a: {b: c d: e}\n", "1:11: not expected inside {…} or […]: a ',' is missing, or a text needs quotes"),
        ("a: {b: kms:*}\n", "1:8: 'kms:*' holds ':' or '?' inside {…} or […]: quote the text"),
        ("a: [b?]\n", "1:5: 'b?' holds ':' or '?' inside {…} or […]: quote the text"),
        ("a: b #c\n", "1:6: ' #' cuts the text here: quote the text, or put two spaces before a comment"),
        ('a: "b\\q"\n', "1:6: a lone '\\' in double quotes: write '\\\\', or use single quotes"),
        ("a:\n\tb: c\n", "2:1: a tab indents this line: use spaces"),
        ("a: b\tc\n", "1:5: " + TAB),
        ("a: b\t# c\n", "1:5: " + TAB),
        ("a:\n  b: c\n   d: e\n", "3:5: " + INDENTATION),
        ("a:\n   b: c\n  d: e\n", "3:3: " + INDENTATION),
        ("a: {b: c}\n d: {e: f}\n", "2:2: " + INDENTATION),
        ('a:\n  b: "c"\n   d: "e"\n', "3:4: " + INDENTATION),
        ("a\n  b: c\n", "1:1: " + NO_COLON),
        ("a:\n  b\n  d: e\n", "2:3: " + NO_COLON),
        ("a:\n  b:c\n  d: e\n", "2:4: a space is missing after 'b:': add one"),
        ("a:\n  b: c\n  d:e\n", "3:4: a space is missing after 'd:': add one"),
        ("a：\n  b: c\n", "1:2: a full-width colon follows 'a': write ': '"),
        ("a:\n  b: c\n  d：e\nf: g\n", "3:4: a full-width colon follows 'd': write ': '"),
        ("a:\n  b:　c\n  d: e\n", "2:5: a full-width space (U+3000) stands beside the colon of 'b': use a plain space"),
        ("a:\n　　b: c\n  d: e\n", "2:1: a full-width space (U+3000) indents this line: use plain spaces"),
        ("a: b\nc\nd: e\n", "2:1: a key without ':': add it, or quote the text of the lines above"),
        ("a: b\n---\nc: d\n", "2:1: '---' begins a second document: one file holds one, so delete this line"),
        ("%YAML 9.9\n---\na: b\n", "1:1: '%' begins a YAML directive, which notes do not use: delete the line"),
        ("%YAML 1.2\n---\na: b\n", "1:1: '%' begins a YAML directive, which notes do not use: delete the line"),
        ("a: &b c\n", "1:4: '&' begins a YAML anchor, which notes do not use: quote the text"),
        ("a: !b c\n", "1:4: '!' begins a YAML tag, which notes do not use: quote the text"),
        ("[a]: b\n", "1:1: a key must be text: quote the text if it begins with { or ["),
        ("a: b\nc: d\na: e\n", "3:1: key 'a' stands twice, first in line 1: rename or delete one"),
        ("a: b\x07\n", "1:5: a control character (U+0007) stands in the text: delete it"),
        ("a: b\nc: d\x07\n", "2:5: a control character (U+0007) stands in the text: delete it"),
        ("a: {b: c,\n  d:e}\n", "2:4: a space is missing after 'd:': add one"),
        (f"a:\n  {'[' * 60}{']' * 60}\n", "2:52: nested more than 50 levels deep: write it flatter"),
        ("a: b\u2028c\n", "1:5: a control character (U+2028) stands in the text: delete it"),
        ('a: "\\0"\n', "1:4: a control character (U+0000) stands in the text: write it without the escape"),
        ('a: "\\ud83d"\n', "1:4: a control character (U+D83D) stands in the text: write it without the escape"),
        ('a: "\\U00110000"\n', "1:5: no character has this number: write the character"),
        ("", "1:1: the file is empty: write the notes or delete the file"),
        ("# a\n", "1:1: the file holds only comments: write the notes or delete the file"),
    ],
)
def test_a_mistake_is_told_once_in_an_authors_words(text: str, told: str) -> None:
    assert mistakes(text) == [told]


def test_each_conflict_that_git_left_is_told_once_and_nothing_that_follows_from_it() -> None:
    sides = "<<<<<<< HEAD\na: b\n||||||| base\na: a\n=======\na: c\n>>>>>>> other\n"
    document, problems = read("x.yaml", f"{sides}k: 'l\n{sides}m'\n".encode())
    assert document is None
    assert [(problem.at.line, problem.at.column) for problem in problems] == [(1, 1), (9, 1)]
    assert all("git could not merge" in problem.message for problem in problems)
    (left,) = read("x.yaml", b"a: b\r\n>>>>>>> other\r\n")[1]
    assert (left.at.line, left.at.column) == (2, 1)
    assert read("x.yaml", b"a: |\n  <<<<<<< HEAD\n")[1] == []


def test_what_stands_at_a_place_that_a_document_lacks_is_nothing() -> None:
    notes = document("a:\n  b: [c, {d: e}]\n")
    assert notes.value_at(("a", "b", 1, "d")) == "e"
    assert [notes.value_at(loc) for loc in (("b",), ("a", "b", 2), ("a", "b", "c"), ("a", "b", 0, 0))] == [None] * 4


def test_the_lines_of_a_text_but_its_first_continue_it() -> None:
    notes = document("a: b\n  c:x\n  d\ne: |\n  f:x\ng: 'h\n  i：j'\nk: l\n  m：n")
    assert sorted((str(at), line) for at, line in notes.continued()) == [
        ("f:2:3", "  c:x"),
        ("f:3:3", "  d"),
        ("f:9:3", "  m：n"),
    ]
    assert [str(notes.continued_with(key)) for key in "cm"] == ["f:2:3", "f:9:3"]
    assert [notes.continued_with(key) for key in "aefigk"] == [None] * 6


def test_of_a_key_that_stands_twice_the_first_one_is_meant() -> None:
    notes = read("f", b"a: b\na: c\n")[0]
    assert notes
    assert notes.value == {"a": "b"}
    assert str(notes.at(("a",))) == "f:1:4"


def test_an_alias_of_a_text_is_told_beside_its_anchor() -> None:
    assert mistakes("a: &b c\nd: *b\ne: *b\n") == [
        "1:4: '&' begins a YAML anchor, which notes do not use: quote the text",
        "2:4: '*' begins a YAML alias, which notes do not use: quote the text",
        "3:4: '*' begins a YAML alias, which notes do not use: quote the text",
    ]


def test_a_key_that_no_file_can_hold_is_told_in_letters_that_can_be_printed() -> None:
    escape = "a control character (U+D83D) stands in the text: write it without the escape"
    assert mistakes('"\\ud83d": a\n"\\ud83d": b\n') == [
        f"1:1: {escape}",
        f"2:1: {escape}",
        "2:1: key '\ufffd' stands twice, first in line 1: rename or delete one",
    ]


def test_an_alias_is_refused_and_never_followed() -> None:
    assert mistakes("a: &b [*b]\n") == [
        "1:4: '&' begins a YAML anchor, which notes do not use: quote the text",
        "1:8: '*' begins a YAML alias, which notes do not use: quote the text",
    ]


def test_each_line_is_told_though_an_earlier_one_is_not_yaml() -> None:
    assert mistakes("a: `b`\nc: d: e\nf:\n\tg: h\ni: j #k\n") == [
        "1:4: " + BEGINS.format("`"),
        "2:5: ': ' inside the text: quote the text",
        "4:1: a tab indents this line: use spaces",
        "5:6: ' #' cuts the text here: quote the text, or put two spaces before a comment",
    ]


def test_a_line_is_told_once_whatever_its_correction_leads_to() -> None:
    assert mistakes("a: - b\n - c\n") == ["1:4: '- ' inside the text: quote the text", "2:2: " + INDENTATION]


@pytest.mark.parametrize("file", ["a: b\r\nc: d\r\n", "a: b\rc: d\r", "\ufeffa: b\nc: d\n", "a: b\nc: d"])
def test_line_ends_of_any_system_and_a_byte_order_mark_are_fine(file: str) -> None:
    assert document(file).value == {"a": "b", "c": "d"}


def test_scalars_keep_their_spelling() -> None:
    words = ["yes", "1.10", "012", "12:30", "2024-01-01", "~", "null", "0x1f", "1e3", "true", "=", "<<"]
    assert document("".join(f"k{i}: {word}\n" for i, word in enumerate(words))).value == {
        f"k{i}": word for i, word in enumerate(words)
    }


@pytest.mark.parametrize("text", ["a: |\n  x\ty\n", 'a: "x\ty"\n', "#\tx\na: b\n", "a: b  # c\n", "a: 'b #c'\n"])
def test_tabs_and_hashes_are_fine_where_they_do_no_harm(text: str) -> None:
    assert mistakes(text) == []


def test_the_place_of_what_is_missing_is_its_parents() -> None:
    notes = document("a:\n  b: [c, {d: e}]\n")
    assert str(notes.at(("a", "b", 1, "d"))) == "f:2:14"
    assert str(notes.at(("a", "b", 1, "d"), key=True)) == "f:2:11"
    assert str(notes.at(("a", "b", 1, "none"))) == "f:2:10"
    assert str(notes.at(("none",))) == "f:1:1"


@pytest.mark.parametrize("text", ["![a](b)", "![a]\\x28b)", "![a]\\\n  (b)", "![a]\\\r\n  (b)", "![a]\\\r  (b)"])
def test_letters_that_escapes_write_or_join_may_be_in_a_document(text: str) -> None:
    notes = document(f'a: "{text}"\n')
    assert notes.value == {"a": "![a](b)"}
    assert notes.may_hold(b"](")
    assert not document("a: 'b\\n\n  c'\n").may_hold(b"](")


def test_columns_count_characters_not_bytes() -> None:
    assert mistakes("a: {日本: 😀, 語: @x}\n") == ["1:15: " + BEGINS.format("@")]


def test_what_follows_from_a_corrected_line_is_not_told(tmp_path: Path) -> None:
    text = item("table: 表\ncolumns: {x: 列}\nrows:\n  r: {x: a b: c}")
    assert problems(tmp_path, {"t.yaml": text}) == [
        "content/t.yaml:11:21: not expected inside {…} or […]: a ',' is missing, or a text needs quotes"
    ]


MARK = "「壊れた値」"
FILES = {path: path.read_text("utf-8") for path in sorted((EXAMPLE / "content" / "topics").glob("*.yaml"))}


def scalars(node: Node) -> list[ScalarNode]:
    """Return all values of a document that are scalars; keys are none."""
    if isinstance(node, ScalarNode):
        return [node]
    children = [child for _, child in node.value] if isinstance(node, MappingNode) else node.value
    return [scalar for child in children for scalar in scalars(child)]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("a: あ\nb: い".encode("shift-jis"), "1:4: not UTF-8: save the file as UTF-8"),
        (b"a: x\nb: \xe3\x81\x82\xe3\x81", "2:5: not UTF-8: save the file as UTF-8"),
        ("a: b".encode("utf-32"), "1:1: the file is UTF-16 or UTF-32: save it as UTF-8"),
        ("a: b".encode("utf-16"), "1:1: the file is UTF-16 or UTF-32: save it as UTF-8"),
    ],
)
def test_a_file_that_is_not_utf_8_is_told_where_it_is_not(raw: bytes, told: str) -> None:
    assert [str(problem) for problem in read("f", raw)[1]] == [f"f:{told}"]


@pytest.mark.parametrize(("count", "goes_on"), [(4, True), (5, False)])
def test_reading_goes_on_after_a_line_with_four_mistakes_of_which_the_first_is_told(count: int, goes_on: bool) -> None:
    said = "a text that begins with '@' means something else in YAML: quote the text"
    assert mistakes(f"a: [{', '.join(['@x'] * count)}]\nb: @y\n") == [f"1:5: {said}", *[f"2:4: {said}"] * goes_on]


def test_lists_get_keys_by_which_what_is_in_them_is_checked_and_found() -> None:
    text = "a:\n  - b: [x, y]\n  - b: [z, w]\n    c: [v]\nd: [u]\n"
    keyed = document(text).keyed([("a", 1, "b"), ("d",)])
    second = {"b": {"member-0": "z", "member-1": "w"}, "c": ["v"]}
    assert keyed.value == {"a": [{"b": ["x", "y"]}, second], "d": {"member-0": "u"}}
    assert str(keyed.at(("a", 1, "b", "member-1"))) == "f:3:12"


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, int, int]:
    """Return a topic of tests/example in which one scalar became a broken cloze, and that scalar's place."""
    text = FILES[draw(st.sampled_from(list(FILES)))]
    values = [node for node in scalars(document(text).root) if node.style in (None, "'", '"')]
    node = draw(st.sampled_from(values))
    lines = text.split("\n")
    line = lines[node.line]
    lines[node.line] = line[: node.column] + f"'{MARK}{{{{c0::x}}}}'" + line[node.end_column :]
    return "\n".join(lines), node.line + 1, node.column + 1


@settings(max_examples=150, derandomize=True)
@given(spoilt())
def test_a_broken_value_is_told_exactly_where_it_stands(case: tuple[str, int, int]) -> None:
    text, line, column = case
    notes = document(text)
    told = decode.decode(Topic, notes)[1]
    # Words for show, tags and paths for instance, take any text: there the schema has nothing to say.
    assert [(problem.at.line, problem.at.column) for problem in told] in ([], [(line, column)])
    if not told:
        (found,) = (node for node in scalars(notes.root) if MARK in node.value)
        assert (found.line + 1, found.column + 1) == (line, column)
