from hitoe.deck.cards import templates
from hitoe.text import Paragraph, Text, quick
from hitoe.text.marks import TextError
from hitoe.text.parse import inline
from hypothesis import given
from hypothesis import strategies as st

SIGNS = [
    "`",
    "``",
    "*",
    "**",
    "{{c1::",
    "{{c2::",
    "{{c0::",
    "{{c501::",
    "::",
    ":",
    "}}",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "\\",
]
WORDS = [
    "a",
    "あ",
    " ",
    "\u3000",
    "A::B",
    "AWS::S3::Bucket",
    "**太字**",
    "`code`",
    "`a b`",
    "{{c1::答え::ヒント}}",
    "。",
    "<b>",
    "&",
]
LINES = st.lists(st.sampled_from(SIGNS + WORDS), min_size=1, max_size=9).map("".join)


def slow(line: str) -> object:
    try:
        return inline(line)
    except TextError:
        return "refused"


@given(LINES)
def test_a_text_read_without_the_parser_is_read_as_the_parser_reads_it(line: str) -> None:
    found = quick.inline(line.strip())
    if line.strip() and found is not None:
        assert found == slow(line.strip())


def test_words_code_strong_and_clozes_need_no_parser() -> None:
    for line in ("`a` と**`b` か**c", "{{c1::`AWS::S3::Bucket`}} を {{c2::24 時間::長さ}}", "kms の鍵: $0.20"):
        assert quick.inline(line) == inline(line)


PRINT = templates("ja")


@given(
    st.lists(st.sampled_from(SIGNS + WORDS + ["[語](https://example.com/?a&b)"]), min_size=1, max_size=8).map("".join)
)
def test_a_line_is_printed_as_its_template_prints_it(text: str) -> None:
    try:
        nodes = inline(text.strip())
    except TextError:
        return
    assert PRINT.prose(Text(text, (Paragraph(nodes),))) == PRINT.call("text.html.j2", "inline", nodes)
