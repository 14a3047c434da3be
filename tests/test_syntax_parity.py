"""The C parser, where it is there, and the pure parser give the same values and tell the same mistakes."""

import re

import pytest
from hitoe.source import ambiguous, read, signs, syntax
from hitoe.source.nodes import MappingNode, Node, ScalarNode, composed
from hitoe.source.syntax_errors import ErrorSearch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import ScalarEvent
from support.projects import EXAMPLE

TEXTS = [path.read_text("utf-8") for path in sorted(EXAMPLE.rglob("*.yaml"))]
PIECES = [
    "\n".join(lines[start : start + count])
    for lines in (text.split("\n") for text in TEXTS)
    for start in range(len(lines))
    for count in (1, 3, 8)
]
SIGNS = [
    *"{}[]:,#-?!&*|>'\"%@`\\\t \n~=<",
    *(
        ": ",
        " #",
        "- ",
        "? ",
        "---",
        "...",
        "{{",
        "}}",
        "::",
        "\n\n",
        "\n  ",
        "\r\n",
        "\r",
        "<<: ",
        "*a",
        "&a",
        "!!str",
    ),
    *("|2", ">-", "\\x", "\\u", "\\U", "%YAML 1.1\n", "- - ", '"\\ud800"', '"\\U00110000"', '"\\x1f"', '"\\\n'),
    *("：", "；", "，", "｛", "｝", "“", "https://", "?"),
    *("\ufeff", "\x85", "\u2028", "\xa0", "\u3000", "\x00", "\x7f", "\uffff", "\U0001f600", "あ", "が"),
]
HAND_PICKED = [
    *("a: [https://b.c/d?e=f:g]\n", "a: {u: https://b.c/d, t: e}\n", "a: [https://b.c/d,e]\n", "a: {b:\xa0c, d: e?}\n"),
    *(
        "a: ｛b: c, d: e｝\n",
        "a: {b: c， d: e}\n",
        "a: “b: c”\n",
        "a: 'It's'\n",
        "a: {b: 'It's', c: d}\n",
        "a: ｝b: c\n",
    ),
    'a: "\\Uffffffff"\n',
    *("a: \tb\n", "a:\n\tb: 1\n", "a: b\n  \tc\n", "a:\t|\n  x\n", "- \ta: b\n", "a: [b,\n\tc]\n", "a: b\t# c\n"),
    *("a: {b: kms:*}\n", "a: {c: arn:aws:s3:::x}\n", "a: {c: what?}\n", "a: [a?b, c]\n", "a: {x:y}\n", 'a: {"x":y}\n'),
    *(
        "a: **b** c\n",
        "a: {b: **x**, c: `y`}\n",
        "a: {{x}}\n",
        "a: {{c1::x}}は\n",
        "a: [b](http://x)\n",
        "a: {b: - c}\n",
    ),
    *("a: &x b\nc: *x\n", "a: &x [*x]\n", "a: ! b\n", "a: !t b\n", "%YAML 1.1\n---\na: yes\n", "%FOO\n---\na: b\n"),
    *(
        "a: b\n...\n",
        "a: b\n...\nfoo\n",
        "---\na: b\n---\nc: d\n",
        "--- a: b\n",
        "? a\n: b\n",
        "[a]: b\n",
        "?\n",
        ": b\n",
    ),
    *(
        "a:\n  b: |\n \n # c\n",
        "a: |\n  x\n # c\n",
        "a:\n  b: >\n # c\nd: e\n",
        "a: |\n  # c\n",
        "|2#",
        ">#",
        "?\xa0 #&",
    ),
    *("a: {a: b,\n", "a: [a, b\nc: d\n", "a: {,}\n", "a: 'x\nb: y\nc: 'z'\n", 'a: "x\\q"\n', 'a: "\\xzz"\n', "a: }\n"),
    *(
        'a: "\\ud800"\n',
        'a: "\\U00110000"\n',
        "a: x\x85y\n",
        "a: x\u2028y\n",
        "a: x\x07y\n",
        "a: b\rc: d\r",
        "a: b: c\n",
    ),
    *(
        "a: |\n  x\n y\n",
        "a: - b\n - c\n",
        "a: x #y\n",
        "a: b #\n",
        "a: {b: c #d\n}\n",
        "a\n",
        "a: b\nc\n",
        "a: b\na: c\n",
    ),
]
HAND_PICKED += [
    "a: |-\n  &nbsp; #x\n  *y\n  \tz\nb: 'q #z'\nc: 1\n",
    "a: |\n  {{c1::x}}\n # c\nb: |2+\n\n    <b>!x\n\nc: &d e\n",
    "a: |\n  &x\n\t*y\n",
    'a: "x #y" #z\nb: "\t&x"\n',
    "a: |\n  x #y\nb: c #d\n",
    "a: |\n  {{x}}\nb: {{x}}\n",
    "- |\n - &x\n- |\n  # c\n",
    '{"a":&b c, d: "x #y"}\n',
    "    a: |\n  \n      x\n",
    "  a: |-\n  \n    &x {{y}}\n",
]
DEEP = {
    "lists in brackets": "a: " + "[" * 10_000 + "]" * 10_000,
    "mappings in braces": "a: " + "{a: " * 10_000 + "x" + "}" * 10_000,
    "lists": "a:\n " + "- " * 10_000 + "x\n",
    "keys of keys": "? " * 10_000 + "a",
    "indented mappings": "".join(" " * level + "a:\n" for level in range(300)),
    "brackets that stay open": "a: " + "[" * 10_000,
}


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return a piece of tests/example in which signs were put, taken away or moved."""
    text = draw(st.sampled_from(PIECES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        text = text[:start] + draw(st.sampled_from([*SIGNS, ""])) + text[end:]
    return text


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, list[str]]]:
    """Return value and mistakes as each parser has them."""
    if syntax.CParser is None:
        pytest.skip("ruamel.yaml.clib is not installed")
    verdicts: list[tuple[object, list[str]]] = []
    for parser in (syntax.CParser, None):
        with monkeypatch.context() as context:
            context.setattr(syntax, "CParser", parser)
            document, problems = read("f.yaml", text.encode("utf-8", "replace"))
            verdicts.append((document and document.value, [str(problem) for problem in problems]))
    return verdicts


def test_the_search_for_errors_finds_the_one_that_reading_finds() -> None:
    for text in (text for text in HAND_PICKED if "\\U" not in text and not signs.INVISIBLE.search(text)):
        error = None
        try:
            composed(YAML(typ="base", pure=True).parse(text))
        except MarkedYAMLError as raised:
            error = raised
        assert str(ErrorSearch().error(text)) == str(error), text


@pytest.mark.parametrize("text", [*TEXTS, *HAND_PICKED])
def test_both_parsers_agree(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_c, pure = both(text, monkeypatch)
    assert by_c == pure


@settings(max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=damaged())
def test_both_parsers_agree_on_damaged_notes(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_c, pure = both(text, monkeypatch)
    assert by_c == pure


@settings(max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=damaged())
@example(text="a:\n  b:\n    c: x: y\n    d: 1\n  e: 2\nf: g: h\n")
def test_errors_after_a_correction_are_those_of_the_whole_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [str(problem) for problem in read("f.yaml", text.encode("utf-8", "replace"))[1]]
    with monkeypatch.context() as context:
        context.setattr(ErrorSearch, "unread", lambda _self, text, _line: text)
        assert found == [str(problem) for problem in read("f.yaml", text.encode("utf-8", "replace"))[1]]


def of_nodes(node: Node) -> object:
    """Return what the nodes of a document hold, of a key that stands twice the first."""
    if isinstance(node, ScalarNode):
        return node.value
    if not isinstance(node, MappingNode):
        return [of_nodes(child) for child in node.value]
    pairs = [(key.value, of_nodes(child)) for key, child in node.value if isinstance(key, ScalarNode)]
    return dict(reversed(pairs))


@settings(max_examples=150, derandomize=True)
@given(text=damaged())
@example(text="a: 1\na: 2\nb: {c: [d], c: e}\n[f]: g\n")
def test_nodes_have_the_places_of_what_the_value_has(text: str) -> None:
    document, _ = read("f.yaml", text.encode("utf-8", "replace"))
    assert document is None or of_nodes(document.root) == document.value


@pytest.mark.slow
@settings(max_examples=20_000, suppress_health_check=list(HealthCheck))
@given(text=damaged())
def test_both_parsers_agree_on_many_damaged_notes(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_c, pure = both(text, monkeypatch)
    assert by_c == pure


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_nesting_without_end_is_a_mistake_for_both(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (value, told), pure = both(text, monkeypatch)
    assert (value, told) == pure
    assert value is None
    assert [message.partition(": ")[2] for message in told] == ["nested more than 50 levels deep: write it flatter"]


@pytest.mark.parametrize("levels", [45, 49])
def test_notes_may_be_nested_deeper_than_any_author_needs(levels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    (value, told), pure = both("a: " + "[" * levels + "x" + "]" * levels, monkeypatch)
    assert (value, told) == pure
    assert told == []


HELD = [
    ("a: |-\n  one #x\n\n  &two\n", "a: |-\nx\n"),
    ('b: [\'q #z\', "" , "r"]\n', 'b: [\'x\', "" , "x"]\n'),
    *((same, same) for same in ("c: 'd\n  e #f'\n", "g: |\n  \n  {{x}}\n", "h: |\n", "i: >\n  j #k\n", "l: m #n")),
]
"""Parts of a text, and what is left of each: all of folded blocks, long quotes, and blocks that begin with spaces."""


def test_what_literal_blocks_and_quotes_of_one_line_hold_is_not_looked_into() -> None:
    text, left = ("".join(parts) for parts in zip(*HELD, strict=True))
    noted: list[ScalarEvent] = []
    events = list(ambiguous.noting(YAML(typ="base", pure=True).parse(text), noted))
    assert len(noted) < len(events)
    assert ambiguous.without_contents(noted, text) == left


@pytest.mark.skipif(syntax.CParser is None, reason="the C parser is not installed")
def test_html_in_quotes_and_comments_in_blocks_of_code_need_no_slow_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(syntax, "_pure_events")
    parsed, mistakes = syntax.parse(b"a: '&lt; {{c1::b}}'\nc: |\n  d  # e\n  *f\n")
    assert parsed
    assert (parsed.value, mistakes) == ({"a": "&lt; {{c1::b}}", "c": "d  # e\n*f\n"}, [])


READABLE = re.compile(r"""[^ \n] #|[|>][-+0-9]*\s*#|\t|^%|(?:^|[,\[{]|[-?:]\s|["'}\]]:)\s*(?:[&*!]|\{\{)""", re.M)
"""What the C parser may read otherwise than the author meant; slow, but simpler than the code's own pattern."""


@given(st.lists(st.sampled_from([*SIGNS, "a", "あ", "\u3000", "\n"]), max_size=9).map("".join))
def test_nothing_ambiguous_is_missed(text: str) -> None:
    assert ambiguous.found(text) or not READABLE.search(text)
