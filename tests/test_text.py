"""Markdown as notes need it: five kinds of markup, and every other sign as the author wrote it."""

import string
from contextlib import suppress
from time import process_time

import pytest
from hitoe.text import (
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Fence,
    Inline,
    Link,
    Numbers,
    Paragraph,
    Plain,
    Strong,
    Text,
    TextError,
)
from hitoe.text.parse import near_misses, parse
from hypothesis import given, settings
from hypothesis import strategies as st


def inline(text: str) -> tuple[Inline, ...]:
    nodes = parse(text).inline
    assert nodes is not None
    return nodes


def cloze(number: int, text: str, hint: str | None = None) -> ClozeSpan:
    return ClozeSpan(number, (Plain(text),), hint)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("**太字**だけ", (Strong((Plain("太字"),)), Plain("だけ"))),
        ("これは**「鍵括弧」**です", (Plain("これは"), Strong((Plain("「鍵括弧」"),)), Plain("です"))),
        ("**`code`**と", (Strong((CodeSpan("code"),)), Plain("と"))),
        ("`a**b**` と", (CodeSpan("a**b**"), Plain(" と"))),
        ("`` a`b ``", (CodeSpan("a`b"),)),
        ("[手引き](https://a.example/b?c=d)", (Link((Plain("手引き"),), "https://a.example/b?c=d"),)),
        (r"\*\*2\*\*", (Plain("**2**"),)),
        (r"\{{c1::a}}", (Plain("{{c1::a}}"),)),
        ("{{c1::答え}}", (cloze(1, "答え"),)),
        ("{{c1::答え::何?}}", (cloze(1, "答え", "何?"),)),
        ("{{c12::a}}と{{c1::b}}", (cloze(12, "a"), Plain("と"), cloze(1, "b"))),
        ("{{c1::**太**}}", (ClozeSpan(1, (Strong((Plain("太"),)),), None),)),
        ("**{{c1::太}}**", (Strong((cloze(1, "太"),)),)),
        ("{{c1::外{{c2::内::中}}::前}}", (ClozeSpan(1, (Plain("外"), cloze(2, "内", "中")), "前"),)),
        ("{{c1::AWS::S3::Bucket}}", (cloze(1, "AWS::S3::Bucket"),)),
        ("{{c1::std::vector<std::string>}}", (cloze(1, "std::vector<std::string>"),)),
        ("{{c1::AWS::S3::Bucket::型}}", (cloze(1, "AWS::S3::Bucket", "型"),)),
        ("{{c1::`AWS::Region`}}", (ClozeSpan(1, (CodeSpan("AWS::Region"),), None),)),
        ("{{c1::`}}`}}", (ClozeSpan(1, (CodeSpan("}}"),), None),)),
        ("{{c1::arn:aws:s3:::b/*}}", (cloze(1, "arn:aws:s3:::b/*"),)),
        ("{{c1::{{resolve:ssm:/a/b}}}}", (cloze(1, "{{resolve:ssm:/a/b}}"),)),
        ('{{c1::{"a": {"b": 1}}}}', (cloze(1, '{"a": {"b": 1}}'),)),
        ("{{c1::{a}}}と{{c2::b}}", (cloze(1, "{a}"), Plain("と"), cloze(2, "b"))),
        ("{{c1::{}}と{{c2::x}}", (cloze(1, "{"), Plain("と"), cloze(2, "x"))),
        ("{{c1::a}b}}", (cloze(1, "a}b"),)),
        (r"{{c1::{C:\}}", (cloze(1, "{C:\\"),)),
    ],
)
def test_markup_is_understood(text: str, nodes: tuple[Inline, ...]) -> None:
    assert inline(text) == nodes


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("**a** と **b**", (Strong((Plain("a"),)), Plain(" と "), Strong((Plain("b"),)))),
        ("**a** と ****", (Strong((Plain("a"),)), Plain(" と ****"))),
        ("a****b", (Plain("a****b"),)),
        ("**a **b", (Plain("**a **b"),)),
        ("a **b **", (Plain("a **b **"),)),
    ],
)
def test_strong_words_begin_and_end_at_visible_signs_also_beside_other_markup(
    text: str, nodes: tuple[Inline, ...]
) -> None:
    link = Link((Plain("x"),), "https://a.example")
    assert inline(text) == nodes
    assert inline(f"{text}[x](https://a.example)") == (*nodes, link)
    assert inline(f"[x](https://a.example){text}") == (link, *nodes)


@pytest.mark.parametrize(
    "text",
    [
        *("kms:*", "_a_ と _b_", "a ** b", "**a", "** a **", "<LocalPath> & $0.20", "&amp;&lt;", "<b>x</b>", "a`b"),
        *(
            "AWS::S3::Bucket",
            "arn:aws:s3:::bucket/*",
            "{{resolve:ssm:/a/b}}",
            "@DynamoDBVersionAttribute",
            "::: }} {{ \\",
        ),
        *(
            '{"Effect": "Allow", "Action": ["s3:*"], "Resource": "*"}',
            "# 見出し",
            "- 項目",
            "1. 項目",
            "> 引用",
            "~~a~~",
        ),
        *("args[0](必須)", "f[0]()", "[a](b.html)", "[x]", "![絵](x.pdf)", "https://example.com/a_b_c", "C:\\Users\\x"),
        *(
            "か\u3099き\u309a",
            "שלום (a) \u202eabc\u202c",
            "👩‍👩‍👧‍👦🇯🇵",
            "a\u200bb",
            "𠮷野家",
            "|a|b|",
            "$\\frac{1}{2}$",
            "\\(x\\)",
            "[sound:a.mp3]",
        ),
        *("{{c1:a}}", "{{c::a}}", "{{ c1::a}}", "{{C1::a}}", "---", "```", "~", "~~~", "a  b", "%s %(a)s {0} ${a}"),
    ],
)
def test_what_is_no_markup_comes_through(text: str) -> None:
    expected = "(x)" if text == "\\(x\\)" else text  # a backslash before a sign takes the sign as it stands
    assert parse(text).plain == expected


@given(st.text(st.characters(exclude_characters="`*~^\\[]{}\n\r\x00", exclude_categories=["Cs"]), min_size=1))
def test_a_text_without_special_signs_is_plain(text: str) -> None:
    if not text.strip():
        with pytest.raises(TextError, match="an empty value"):
            parse(text)
        return
    assert parse(text).blocks == (Paragraph((Plain(text.strip()),)),)
    assert parse(text).plain == text.strip()


@given(st.text(st.sampled_from(string.ascii_letters + "あ漢 <>&$:#'\"|_.,@%"), min_size=1).filter(str.strip))
def test_an_answer_in_a_cloze_is_the_text_outside_of_one(text: str) -> None:
    answer = text.replace("::", ":").strip()
    if not answer.strip(":"):
        return
    found = inline(f"{{{{c1:: {answer} }}}}")
    assert found == (cloze(1, f" {answer} "),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty value: write the text, or leave the key out"),
        ("{{c1::a", "the cloze {{c1::a… is never closed: add }}"),
        ("{{c1::a {{c2::b}}", "the cloze {{c1::a {{c2… is never closed: add }}"),
        ("{{c0::a}}", "a cloze with number 0: count from 1 (to 500)"),
        ("{{c501::a}}", "a cloze with number 501: count from 1 (to 500)"),
        ("{{c1::}}", "the cloze {{c1::…}} has nothing inside: write the answer"),
        ("{{c1::a::h {{c2::b}} d}}", "a cloze in the hint 'h {{c2::b}} d': put the hint last, right before }}"),
        ("{{c2:: ::hint}}", "the cloze {{c2::…}} has nothing inside: write the answer"),
        *(
            (
                f"{{{{c1::{name}}}}}",
                f"'{name}' could be a name or an answer with a hint: put a name in `…`, a space before a hint",
            )
            for name in ("std::vector", "Vec::new()", "fs::Path<int>")
        ),
        ("{{c1::A::B}}", "'A::B' could be a name or an answer with a hint: put a name in `…`, a space before a hint"),
    ],
)
def test_a_malformed_text_is_refused(text: str, message: str) -> None:
    with pytest.raises(TextError) as error:
        parse(text)
    assert str(error.value) == message


@pytest.mark.parametrize("text", ["{{c:a}}", "{{c1:a}}", "{{ c1::a}}", "{{C1::a}}", "{{c１::a}}", "`{{c1::a}}`"])
def test_what_was_meant_as_a_cloze_is_noticed(text: str) -> None:
    assert near_misses(parse(f"これは {text} です"))


def test_what_was_meant_as_a_cloze_is_told_by_its_beginning() -> None:
    assert near_misses(parse("これは {{c1:abcdefghijklmnopqrs}} です")) == ["{{c1:abcdefghijklmno"]
    assert near_misses(parse("これは `{{c1::abcdefghijklmnopqrs}}` です")) == ["`{{c1::abcdefghijklmnopqrs}}`"]
    assert near_misses(parse("```\n{{c1::a}} = {{ c2::b}}\n```\n", code=True)) == ["{{ c2::b}}"]


@pytest.mark.parametrize("text", ["{{resolve:ssm:a}}", "{{c1::a}}", "{ c: 1 }", "`{{resolve:a::b}}`"])
def test_what_was_not_meant_as_a_cloze_is_let_be(text: str) -> None:
    assert near_misses(parse(f"これは {text} です")) == []


def test_a_block_of_code_may_begin_and_end_with_a_blank() -> None:
    (fence,) = parse("```\n{{c1::a}} = {{c2::b}}\n```\n", code=True).blocks
    blanks = (ClozeSpan(1, (CodeSpan("a"),), None), CodeSpan(" = "), ClozeSpan(2, (CodeSpan("b"),), None))
    assert fence == Fence("a = b", "", blanks)
    (fence,) = parse("```\nx = {{c1::a}}\ny\n```\n", code=True).blocks
    assert fence == Fence("x = a\ny", "", (CodeSpan("x = "), ClozeSpan(1, (CodeSpan("a"),), None), CodeSpan("\ny")))


def test_blocks_need_a_line_end() -> None:
    assert parse("- a").inline == (Plain("- a"),)
    assert parse("前置き\n\n- a\n- b\n  1. c\n\n```python\nx = 1\n```\n").blocks == (
        Paragraph((Plain("前置き"),)),
        Bullets(
            (
                (Paragraph((Plain("a"),)),),
                (Paragraph((Plain("b"),)), Numbers(((Paragraph((Plain("c"),)),),), 1)),
            )
        ),
        Fence("x = 1", "python"),
    )


def test_a_line_end_is_a_space_only_between_words_that_need_one() -> None:
    assert parse("日本\n語").inline == (Plain("日本"), Break(False), Plain("語"))
    assert parse("two\nwords").inline == (Plain("two"), Break(True), Plain("words"))
    assert parse("日本\n語\nAWS").plain == "日本語 AWS"


@pytest.mark.parametrize(
    ("text", "space"),
    [("A日\n本B", False), ("日A\n本", True), ("日\nB本", True), ("**日**\n本", True), ("`日`\n本", True)],
)
def test_only_between_two_wide_characters_a_line_end_is_no_space(text: str, space: bool) -> None:
    assert [node.space for node in parse(text).walk() if isinstance(node, Break)] == [space]


def test_signs_that_stand_for_themselves_are_one_with_the_words_around_them() -> None:
    strong = Strong((Plain("a"),))
    assert inline(r"**a** と **a** と \*c\* も") == (strong, Plain(" と "), strong, Plain(" と *c* も"))


SIGNS = st.sampled_from(
    (
        *("**", "*", "`", "``", "\\", "[", "](https://a)", "]", "(", ")", "{{c1::", "{{c2::", "}}", "{", "}", "::"),
        *(
            "あ",
            "a",
            " ",
            "\n",
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "\n```\n",
            "\t",
            "　",
            "<b>",
            "&amp;",
            "\u202e",
            "😀",
        ),
    )
)


@settings(max_examples=500)
@given(st.one_of(st.lists(SIGNS, max_size=30).map("".join), st.text()))
def test_any_text_is_a_tree_or_a_sentence_to_the_author(text: str) -> None:
    with suppress(TextError):
        tree = parse(text)
        assert isinstance(tree.plain, str)
        assert list(tree.walk()) or not tree.blocks


MANY = 10_000


@pytest.mark.parametrize(
    "text",
    [
        *("{{c1::" * MANY + "x" + "}}" * MANY, "{{c1::" * MANY, "{{c1::a" * MANY + "}}"),
        *("[" * MANY + "x" + "]" * MANY, "[" * MANY + "x" + "](https://a)" * MANY, "**a " * MANY, "**" * MANY),
        *("`" * MANY, "` `` " * MANY, "\\" * MANY, "- " * MANY + "a\nb", "1. " * MANY + "a\nb"),
        "".join("  " * level + "- a\n" for level in range(500)),
    ],
    ids=lambda text: f"{text[:8]!r}…",
)
def test_nesting_without_end_exhausts_nothing(text: str) -> None:
    began = process_time()
    with suppress(TextError):
        assert list(parse(text).walk())
    assert process_time() - began < 8


def test_texts_of_other_nodes_have_other_hashes() -> None:
    # With one hash for all of them a cache would compare each new text with all that it holds.
    texts = [Text.of_nodes((Plain(f"{number}"),)) for number in range(100)]
    assert len({hash(text) for text in texts}) == 100
    assert hash(Text.of("a")) == hash(Text.of("a"))
