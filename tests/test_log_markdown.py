"""Texts as Markdown: a reader of CommonMark shows the characters that the author wrote, as bold as they were."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from hitoe.log.formats import hatena, markdown
from hitoe.log.formats.markdown import MarkdownWriter
from hitoe.text import (
    Block,
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Emphasis,
    Fence,
    Inline,
    Link,
    Numbers,
    Paragraph,
    PictureSpan,
    Plain,
    Strong,
    Sub,
    Sup,
    Text,
)
from hitoe.text.parse import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
COMMONMARK, HATENA = MarkdownWriter(), MarkdownWriter(protect=hatena.protected)
WRITERS = [COMMONMARK, HATENA]
UNMEANT = {"html_block", "s_open"}
STYLES = {"strong": "bold", "em": "italic", "sub": "low", "sup": "high"}
HOSTILE = [
    *"*_`\\<>&|[]()!#-+=~$:^.1'\"a語「」。 \u3000",
    "**", "``", "&amp;", "&#42;", "\\|", "((", "))", "[[", "1. ", "2) ", "- ", "+ ", "# ", "> ", "~~", "---", "***",
    "```", "<b>", "</p>", "<!--", "-->", "<https://a.b>", "id:name", "kms:*", "@Version", "[]", "[x](y)", "![x](y)",
    "[a]: b", ":embed", "{{c1::x}}", "$0.20", "AWS::S3::Bucket", "snake_case_", "http://e.example/_a_", "|---|",
    "は", "を", "😀",
]  # fmt: skip
ANY_TEXT = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=7).map("".join)
LEAF: st.SearchStrategy[Inline] = st.builds(Plain, ANY_TEXT) | st.builds(CodeSpan, ANY_TEXT.filter(str.strip))
SMALL = st.sampled_from(["2", "2-", "n+1", "(aq)"])
MARK: st.SearchStrategy[Inline] = (
    st.builds(Sub, SMALL)
    | st.builds(Sup, SMALL)
    | st.just(Break(True))
    | st.builds(PictureSpan, st.just("a b.png"), ANY_TEXT)
)


def _grown(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    children = st.lists(inner, min_size=1, max_size=3).map(tuple)
    strong = st.builds(Strong, children) | st.builds(ClozeSpan, st.just(1), children, st.none())
    return strong | st.builds(Emphasis, children)


LINK: st.SearchStrategy[Inline] = st.builds(
    Link,
    st.lists(LEAF | st.builds(Strong, st.tuples(LEAF)), min_size=1, max_size=2).map(tuple),
    st.sampled_from(["https://a.example/x_(y)?a=1&lt;=2", "https://a.example/]<>|*_"]),
)
INLINE = (
    st.lists(st.recursive(LEAF | LINK | MARK, _grown, max_leaves=4), min_size=1, max_size=5)
    .map(tuple)
    .filter(
        lambda nodes: text(*nodes).plain  # no text of an author is a line end alone
    )
)


def text(*nodes: Inline) -> Text:
    return Text("", (Paragraph(nodes),))


def read(source: str) -> list[Token]:
    """Return the inline tokens that a reader makes of Markdown, and see that no other HTML is among them than ours."""
    tokens = READER.parse(source)
    inline = [child for token in tokens for child in token.children or []]
    assert not {token.type for token in (*tokens, *inline)} & UNMEANT
    return inline


def shown(inline: Iterable[Token]) -> list[tuple[str, frozenset[str]]]:
    """Return the characters that a reader shows, each with its styles, of which spaces have none."""
    styles: list[str] = []
    found = []
    for token in inline:
        html = re.fullmatch("<(/?)(em|sub|sup)>", token.content) if token.type == "html_inline" else None
        assert html or token.type != "html_inline" or token.content == "<br>", token.content
        if token.type in ("strong_open", "em_open") or (html and not html[1]):
            styles.append(STYLES[html[2] if html else token.tag])
        if token.type in ("strong_close", "em_close") or (html and html[1]):
            styles.remove(STYLES[html[2] if html else token.tag])
        if token.type == "image":
            alt = "".join(child.content for child in token.children or ())
            found += styled(f"{token.attrs['src']} {alt}", "picture")
        if token.content == "<br>":
            found += [("\n", frozenset({"break"}))]
        if token.type in ("text", "code_inline"):
            found += styled(token.content, *styles)
    return _stripped(found)


def styled(characters: str, *styles: str) -> list[tuple[str, frozenset[str]]]:
    return [(each, frozenset() if each.isspace() else frozenset(styles)) for each in characters]


def meant(nodes: tuple[Inline, ...], *styles: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the characters of nodes, each with its styles."""
    for node in nodes:
        match node:
            case Plain(characters) | CodeSpan(characters):
                yield from styled(characters, *styles)
            case Sub(characters) | Sup(characters):
                yield from styled(characters, *styles, "low" if isinstance(node, Sub) else "high")
            case Break():
                yield "\n", frozenset({"break"})
            case PictureSpan(file, alt):
                yield from styled(f"{file.replace(' ', '%20')} {alt}", "picture")
            case Strong(children) | ClozeSpan(children=children):
                yield from meant(children, *styles, "bold")
            case Emphasis(children):
                yield from meant(children, *styles, "italic")
            case Link(children):
                yield from meant(children, *styles)
            case _:
                raise AssertionError(node)


def _stripped(characters: list[tuple[str, frozenset[str]]]) -> list[tuple[str, frozenset[str]]]:
    line = "".join(character for character, _ in characters)
    return characters[len(line) - len(line.lstrip()) : len(line.rstrip())]


@pytest.mark.parametrize("writer", WRITERS)
@given(nodes=INLINE)
@settings(max_examples=100)
def test_a_paragraph_shows_what_was_written(writer: MarkdownWriter, nodes: tuple[Inline, ...]) -> None:
    assert shown(read(writer.paragraph(text(*nodes)))) == _stripped(list(meant(nodes)))


@pytest.mark.parametrize("writer", WRITERS)
@given(nodes=INLINE)
@settings(max_examples=40)
def test_a_bullet_a_heading_and_a_cell_show_what_was_written(writer: MarkdownWriter, nodes: tuple[Inline, ...]) -> None:
    written = text(*nodes)
    expected = "".join(character for character, _ in _stripped(list(meant(nodes))))
    for source, shown_in_all in [
        (markdown.bullets([writer.item(written, markdown.bullets(["x"]))]), f"{expected}x"),
        (f"### {writer.heading(written)}", expected),
        (writer.bold(written), expected),
        (writer.table([None, written], [[text(Plain("x")), written]]), f"{expected}x{expected}"),
    ]:
        characters = "".join(character for character, _ in shown(read(source)))
        assert "".join(characters.split()) == "".join(shown_in_all.split()), source


@given(raw=ANY_TEXT)
@settings(max_examples=100)
def test_a_line_of_the_author_reads_the_same(raw: str) -> None:
    try:
        parsed = parse(raw)
    except ValueError:
        return
    assert shown(read(HATENA.paragraph(parsed))) == _stripped(list(meant(parsed.inline or ())))


@pytest.mark.parametrize(
    ("raw", "commonmark", "hatena"),
    [
        ("kms:* を許可", r"kms:\* を許可", "`kms:*` を許可"),
        ("* の意味", r"\* の意味", r"\* の意味"),
        ("snake_case", r"snake\_case", "`snake_case`"),
        ("`kms:*` と <LocalPath>", "`kms:*` と &lt;LocalPath>", "`kms:*` と &lt;LocalPath>"),
        ("A & B と &amp;", "A & B と &amp;amp;", "A & B と &amp;amp;"),
        ("C:\\temp", r"C:\\temp", r"C:\\temp"),
        ("1. と", r"1\. と", r"1\. と"),
        ("1.10", "1.10", "1.10"),
        ("-1度", "-1度", "-1度"),
        ("- 1", r"\- 1", r"\- 1"),
        ("# 1", r"\# 1", r"\# 1"),
        ("+ 1", r"\+ 1", r"\+ 1"),
        ("> 1", r"\> 1", r"\> 1"),
        ("~~消~~", r"\~\~消\~\~", "`~~`消`~~`"),
        ("7~8", "7~8", "7~8"),
        ("die Käufer*in und ж_ж", r"die Käufer\*in und ж\_ж", "die `Käufer*in` und `ж_ж`"),
        ("id:name は", "id:name は", "`id:name` は"),
        ("注((脚注))です", "注((脚注))です", "注`((脚注))`です"),
        ("[注意: これ]", r"\[注意: これ\]", "`[注意: これ]`"),
        ("[これ]", r"\[これ\]", r"\[これ\]"),
        ("[[語]]", r"\[\[語\]\]", "`[[語]]`"),
        ("@DynamoDBVersionAttribute を", "@DynamoDBVersionAttribute を", "`@DynamoDBVersionAttribute` を"),
        ("(kms:*).", r"(kms:\*).", "(`kms:*`)."),
        ("$0.20", "$0.20", "$0.20"),
        ("$0.20 と $1", "$0.20 と $1", "`$0.20` と `$1`"),
        ("AWS::S3::Bucket", "AWS::S3::Bucket", "AWS::S3::Bucket"),
        ("「**語**」", "「**語**」", "「**語**」"),
        ("は**「語」**を", "&#12399;**「語」**&#12434;", "&#12399;**「語」**&#12434;"),
        ("**900秒(15分)**で", "**900秒(15分)**&#12391;", "**900秒(15分)**&#12391;"),
        ("[語](https://a.example/x(y))", "[語](https://a.example/x%28y%29)", "[語](https://a.example/x%28y%29)"),
        ("``a`b``", "``a`b``", "``a`b``"),
        ("*語*は", "*語*は", "*語*は"),
        ("は*「語」*を", "&#12399;*「語」*&#12434;", "&#12399;*「語」*&#12434;"),
        ("**a *b* c**", "**a <em>b</em> c**", "**a <em>b</em> c**"),
        ("H~2~OとMg^2+^", "H<sub>2</sub>OとMg<sup>2+</sup>", "H<sub>2</sub>OとMg<sup>2+</sup>"),
        ("一\n二", "一<br>二", "一<br>二"),
        ("![絵](images/a b.png)", "![絵](images/a%20b.png)", "![絵](images/a%20b.png)"),
        ("![音](a.mp3)", "[♪ 音](a.mp3)", "[♪ 音](a.mp3)"),
        ("[`]: x`](https://a.example)", r"[\]: x](https://a.example)", r"[\]: x](https://a.example)"),
    ],
)
def test_how_it_is_written(raw: str, commonmark: str, hatena: str) -> None:
    assert COMMONMARK.paragraph(parse(raw)) == commonmark
    assert HATENA.paragraph(parse(raw)) == hatena


@pytest.mark.parametrize(("raw", "source"), [("C#", "C&#35;"), ("見出し ##", "見出し &#35;&#35;"), ("#1", "#1")])
def test_number_signs_at_the_end_of_a_heading_stay(raw: str, source: str) -> None:
    assert HATENA.heading(parse(raw)) == source
    assert "".join(character for character, _ in shown(read(f"### {source}"))) == raw


def test_an_exclamation_before_a_link_makes_no_picture() -> None:
    nodes = parse("はい![語](https://a.example)")
    assert COMMONMARK.paragraph(nodes) == r"はい\![語](https://a.example)"


def test_a_bar_in_a_cell_stays_in_its_cell() -> None:
    cells = [parse("a|b"), parse("`x || y`"), parse("`\\|`")]
    table = COMMONMARK.table(cells, [cells])
    assert table.split("\n")[0] == r"| a\|b | `x \|\| y` | \\\| |"
    assert [token.content for token in READER.parse(table) if token.type == "inline"][:3] == ["a|b", "`x || y`", r"\\|"]


def test_a_fence_is_longer_than_the_backticks_in_it() -> None:
    source = markdown.fenced("```\n````x\n", "text `a`")
    assert source == "`````text\n```\n````x\n`````"
    fence = READER.parse(source)[0]
    assert (fence.content, fence.info) == ("```\n````x\n", "text")


def test_lists_nest_by_four_spaces_and_stay_tight() -> None:
    source = markdown.bullets([COMMONMARK.item(parse("a"), markdown.bullets(["b", "c"])), "d"])
    assert source == "- a\n    - b\n    - c\n- d"
    assert all(token.hidden for token in READER.parse(source) if token.type == "paragraph_open")


def test_lists_side_by_side_are_one() -> None:
    assert markdown.joined(["- a", "- b", "1. c", "- d"]) == ["- a\n- b", "1. c", "- d"]


LEAF_BLOCK: st.SearchStrategy[Block] = st.builds(
    Paragraph, st.tuples(st.builds(Plain, ANY_TEXT.filter(str.strip)))
) | st.builds(Fence, st.sampled_from(["x", "  y\n\nz", "```"]), st.just("text"))


def _lists_of(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    items = st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)
    return st.builds(Bullets, items) | st.builds(Numbers, items, st.sampled_from([1, 9, 998]))


BLOCKS = st.lists(st.recursive(LEAF_BLOCK, _lists_of, max_leaves=5), min_size=1, max_size=2).map(tuple)


def skeleton(tokens: Iterable[Token]) -> list[str]:
    kept = r"(bullet|ordered)_list_(open|close)|list_item_open|fence|inline"
    found = (token for token in tokens if re.fullmatch(kept, token.type))
    return [token.content if token.type == "fence" else token.type for token in found]


def bones(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield "inline"
            case Fence(characters):
                yield f"{characters}\n"
            case Bullets(items) | Numbers(items):
                kind = "bullet" if isinstance(block, Bullets) else "ordered"
                yield f"{kind}_list_open"
                for item in items:
                    yield "list_item_open"
                    yield from bones(item)
                yield f"{kind}_list_close"


def _lists_touch(blocks: tuple[Block, ...]) -> bool:
    """Whether two lists of a kind follow each other somewhere: Markdown has no way to say that."""
    kinds = [type(block) for block in blocks]
    items = [item for block in blocks if isinstance(block, Bullets | Numbers) for item in block.items]
    touch = any(a is b and a in (Bullets, Numbers) for a, b in pairwise(kinds))
    return touch or any(map(_lists_touch, items))


@given(blocks=BLOCKS.filter(lambda blocks: not _lists_touch(blocks)))
@settings(max_examples=80)
def test_blocks_keep_their_shape_within_a_bullet(blocks: tuple[Block, ...]) -> None:
    written = Text("", (Bullets((blocks, (Paragraph((Plain("end"),)),))),))
    source = "\n\n".join(COMMONMARK.blocks(written))
    assert skeleton(READER.parse(source)) == list(bones(written.blocks)), source
