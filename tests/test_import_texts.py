"""HTML of other programs becomes hitoe's marks, and every text is read back as it was meant."""

import re
import time
from collections.abc import Mapping

import pytest
from hitoe.importing.anki_signs import without_readings
from hitoe.importing.fewer_marks import APART, without
from hitoe.importing.html_marks import FieldContext, blocks
from hitoe.importing.marks_writer import Writer
from hitoe.importing.topics import Keys, key_of
from hitoe.importing.yaml_writer import InBraces, Value, document
from hitoe.source import read
from hitoe.text import Bullets, Fence, Paragraph, Plain, notations
from hitoe.text.parse import parse
from hypothesis import example, given
from hypothesis import strategies as st

EMPTY_BLANK = "blank in code: the cloze {{c1::…}} has nothing inside: write the answer"
COUNTS_ON = "numbers of a list: it goes on counting where the list before it ended"
FILES = {"a.png": "images/a.png", "b c.png": "images/b c.png", "x.mp3": "audio/x.mp3"}


def converted(html: str, *, math: bool = True, cloze: bool = False) -> tuple[str, list[str]]:
    """Return the text that some HTML becomes, and what is told of it."""
    told: list[str] = []
    read_blocks, _ = blocks(html, FieldContext(math, cloze, FILES.get, told.append))
    return Writer(math, cloze).write(read_blocks, told.append), told


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>a</b> <strong>b</strong>", "**a** **b**"),
        ("x <i>Homo sapiens</i>, y", "x *Homo sapiens*, y"),
        ("<b><i>a</i></b>", "***a***"),
        ('<span style="font-weight:600">a</span>', "**a**"),
        ('<b style="font-weight:normal">a</b>', "a"),
        ("H<sub>2</sub>O x<sup>2</sup>", "H~2~O x^2^"),
        ("<code>f(*a)</code>", "`f(*a)`"),
        ("<code>a `b`</code>", "`` a `b` ``"),
        ("a<code> x </code>b", "a`  x  `b"),
        ('<a href="https://e.org/a_(b)">w</a>', "[w](https://e.org/a_%28b%29)"),
        ('<a href="https://e.org/a">a<a href="https://e.org/b">b</a>c', "[a](https://e.org/a)[b](https://e.org/b)c"),
        ("<b>a<b>b</b>c</b>d", "**abc**d"),
        ("<strong>a<b>b</b>c</b>d</strong>", "**abcd**"),
        ("a</script>b", "ab"),
        ("at AT&T", "at AT&T"),
        ('<img src="a.png" style="font-weight:bold">b', "![](images/a.png)b"),
        ('<img src="none.png" alt="a cat">', "a cat"),
        ("<pre>[sound:x.mp3]</pre>", "```\n[sound:x.mp3]\n```\n"),
        ('<span style="font-weight:600">a <span style="font-style:italic">b</span> c</span> d', "**a *b* c** d"),
        ("a<br>b", "a\nb\n"),
        ("<div>a</div><div>b</div>", "a\nb\n"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb\n"),
        ("<p>a</p>\n<p>b</p>", "a\n\nb\n"),
        ("<ul><li>a<li>b<ul><li>c</li></ul></ul>", "- a\n- b\n  - c\n"),
        ('a<ol start="3"><li>b</li><li>c</li></ol>', "a\n\n3. b\n4. c\n"),
        ("<ul><li>a</li></ul>", "a"),
        ("<pre><code>def f():\n\treturn 1</code></pre>", "```\ndef f():\n    return 1\n```\n"),
        ('<img src="a.png" alt="a [b]">', "![a b](images/a.png)"),
        ("[sound:x.mp3]", "![](audio/x.mp3)"),
        (r"\(x &lt; 2\)", r"\(x < 2\)"),
        (r"<anki-mathjax>x^2</anki-mathjax>", r"\(x^2\)"),
        (r'<anki-mathjax block="true">x<br>+1</anki-mathjax>', r"\[x +1\]"),
        ("a&nbsp; &nbsp;b&nbsp;c", "a b c"),
        ("«&nbsp;mot&nbsp;»", "«\xa0mot\xa0»"),
        ("<!-- no -->a<style>b</style>", "a"),
        ("<!--[if gte mso 9]><xml>Word</xml><![endif]-->a<![if !supportLists]>b<![endif]>", "ab"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b\n"),
        ("<ul>a<li>b</li></ul>", "- a\n- b\n"),
        ("a<li>b", "a\nb\n"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n- b\n"),
        ("<ul><li>a<br>b</li></ul>", "- a\n  b\n"),
        ("<i>a<br> b</i> ", "*a*\n*b*\n"),
        ("<ul><li><p>a</p><p>b</p><pre>c</pre></li><li>d</li></ul>", "- a\n\n  b\n\n  ```\n  c\n  ```\n- d\n"),
        ("<h2>a</h2>b", "**a**\n\nb\n"),
        ("<ul><li>a<li>b", "- a\n- b\n"),
        ("<ul><li>a<li>c<ul><ul><li>b</ul></ul></ul>", "- a\n- c\n  - - b\n"),
        ("<ol><li>a<ol><li>b", "1. a\n   1. b\n"),
    ],
)
def test_html_becomes_marks(html: str, text: str) -> None:
    assert converted(html)[0] == text


def of_word(*paragraphs: tuple[int, str, str]) -> str:
    """Return paragraphs as Word writes them into HTML, each with its level, its bullet and its words."""
    return "".join(
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol;mso-bidi-font-family:Symbol'>"
        f"<span style='mso-list:Ignore'>{bullet}<span style='font:7.0pt Times'>&nbsp;&nbsp; </span></span>"
        f"</span><![endif]>{words}<o:p></o:p></p>\n"
        for level, bullet, words in paragraphs
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (of_word((1, "·", "a"), (1, "·", "<b>b</b> c")), "- a\n- **b** c\n"),
        (of_word((1, "·", "a"), (2, "o", "b"), (3, "§", "c"), (1, "·", "d")), "- a\n  - b\n    - c\n- d\n"),
        (of_word((1, "3.", "a"), (1, "4.", "b"), (2, "a)", "c"), (2, "(b)", "d")), "3. a\n4. b\n   1. c\n   2. d\n"),
        (of_word((2, "·", "a"), (1, "·", "b")), "- a\n- b\n"),
        (of_word((1, "·", "a"), (1, "·", "b")) + "<p class=MsoNormal>c</p>", "- a\n- b\n\nc\n"),
        (of_word((1, "·", "a"), (1, "·", "b")) + "c", "- a\n- b\n\nc\n"),
        (of_word((1, "·", "a"), (1, "1.", "b")) + "<ul><li>c</ul>", "- a\n\n1. b\n\n- c\n"),
        ("<div>x" + of_word((1, "·", "a"), (1, "·", "b")) + "</div><pre>c</pre>", "x\n- a\n- b\n\n```\nc\n```\n"),
        ("<p style='mso-list:l0 level1 lfo1'>a</p><p style='mso-list:l0 level2 lfo1'>b</p>", "- a\n  - b\n"),
        ("<p style='mso-list:none'>a</p>", "a"),
    ],
)
def test_paragraphs_that_are_lists_in_word_are_lists(html: str, text: str) -> None:
    assert converted(html)[0] == text


def test_a_list_of_word_in_a_blank_stays_lines() -> None:
    html = "{{c1::" + of_word((1, "·", "a"), (1, "·", "b")) + "}} c"
    assert converted(html, cloze=True)[0].split() == ["{{c1::·", "a", "·", "b}}", "c"]


@pytest.mark.parametrize(
    "words",
    ["*a* **b**", "`c`", "$x$ $5 $6", "[a](https://x.y)", "<b>", "&amp;", r"C:\*.txt", r"\(x", "~a~ x^2^", "__x__",
     "==x==", "{{c1::x}}", "![a](images/a.png)", "[sound:x.mp3", "1~2個、3~4個", "x_1 a*b kms:*"],
)  # fmt: skip
def test_signs_that_are_no_marks_stay_signs(words: str) -> None:
    html = words.replace("&", "&amp;").replace("<", "&lt;")
    text, told = converted(html)
    assert parse(text, math=True).plain == words
    assert told == []
    assert list(notations.told(text, math=True)) == []


def test_lines_that_begin_like_a_list_stay_lines() -> None:
    assert converted("1. a<br>2) b<br>- c<br>+ d")[0] == "1\\. a\n2\\) b\n\\- c\n\\+ d\n"


def test_lines_that_begin_like_a_heading_or_a_quote_stay_lines_of_which_nothing_is_told() -> None:
    text, told = converted("# A<br>&gt; words<ul><li>[ ] b</li></ul>")
    assert (text, told) == ("\\# A\n\\> words\n- [ \\] b\n", [])
    assert list(notations.told(text)) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a {{c1::b}} {{c2::c::hint}}", "a {{c1::b}} {{c2::c::hint}}"),
        ("{{c1::a {{c2::b}} c}}", "{{c1::a {{c2::b}} c}}"),
        ("{{c1::a<div>b</div>}}c", "{{c1::a\nb}}\nc\n"),
        (r"\(a + {{c1::b}}\)", r"\(a + {{c1::b}}\)"),
        (r"{{c1::\(a\)}}", r"{{c1::\(a\)}}"),
        ("{{c1::x&#58;:y}}", "{{c1::x\\::y}}"),
        ("{{c1::a::<b>b</b> &amp; c}}", "{{c1::a::b & c}}"),
        ("<pre>x = {{c1::1}}</pre>", "```\nx = {{c1::1}}\n```\n"),
        ("<b>The {{c1::x}} is</b>", "**The {{c1::x}} is**"),
        ("<code>a {{c1::b}} c</code>", "`a `{{c1::`b`}}` c`"),
    ],
)
def test_clozes_become_clozes(html: str, text: str) -> None:
    assert converted(html, cloze=True) == (text, [])


def test_the_words_of_a_note_without_clozes_that_look_like_one_stay_words() -> None:
    assert parse(converted("{{c1::a}}")[0]).plain == "{{c1::a}}"


@pytest.mark.parametrize(
    ("html", "text", "what"),
    [
        ("<u>a</u>", "a", "underlined"),
        ('<span style="color:red">a</span>', "a", "colour"),
        ("a<i>b</i>c", "abc", "italic: no mark can be put there"),
        ("a<i>b<code>c</code></i><code>d</code>e", "ab`cd`e", "italic: no mark can be put there"),
        ("a<sub>最大</sub>", "a最大", "sub: 最大"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a | b\nc\n", "table: its rows are lines"),
        ('<a href="file:///x">a</a>', "a", "link: file:///x"),
        ("[latex]$x$[/latex]", r"\[x\]", "LaTeX: x: it was a picture, and is a formula now"),
        ("[anki:tts lang=ja_JP]a[/anki:tts]", "a", "speech: `tts lang=ja_JP`"),
        ("{{c1::<ul><li>a</li><li>b</li></ul>}}", "{{c1::a\nb}}\n", "list in a blank: its items are lines"),
        ("{{c1::a::b::c}}", "{{c1::a::b:c}}", "hint: '::' is ':' in b::c"),
        ("{{C1::a}} {{c1::b}}", "{ {C1::a}} {{c1::b}}", APART),
        ("{{c1::a}} <b>b</b> {{c2::b", "{{c1::a}} **b** { {c2::b", APART),
        ("{{c1::a}} {{c2::b::c", "{{c1::a}} { {c2::b::c", APART),
        ("{{c0::a}} {{c1::b}}", "{ {c0::a}} {{c1::b}}", APART),
        ("{{c1::a}} <code>{{c2::</code>", "{{c1::a}} `{ {c2::`", APART),
        ("{{{c1::a {{c1::b}}", "{ { {c1::a {{c1::b}}", APART),
        ("<script>x</script>a", "a", "markup: script"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n2. b\n", COUNTS_ON),
        ("<pre>{{c1::}}</pre>{{c1::a}}", "```\n{ {c1::}}\n```\n\n{{c1::a}}\n", EMPTY_BLANK),
        ("{{c1::}} {{c2::a}}", "{{c2::a}}", "blank: number 1 has nothing in it"),
    ],
)
def test_what_has_no_counterpart_is_told(html: str, text: str, what: str) -> None:
    assert converted(html, cloze="{{" in html) == (text, [what])


def test_a_list_that_cannot_be_written_is_a_paragraph_of_its_words() -> None:
    items = tuple((Paragraph((Plain(word),)),) for word in "ab")
    assert without(Bullets(items), (Bullets, Fence)) == Paragraph((Plain("a b"),))


def test_a_formula_that_cannot_be_printed_everywhere_is_shown_as_written_and_told() -> None:
    text, (told,) = converted(r"\(\ce{H2O}\)")
    assert parse(text, math=True).plain == r"\(\ce{H2O}\)"
    assert told.startswith(r"formula: \ce{H2O}: ")


def test_ruby_becomes_a_reading() -> None:
    html = "これは<ruby>漢<rt>かん</rt>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>です<ruby>x</ruby><ruby>仮<rt>か</ruby>"
    told: list[str] = []
    found, readings = blocks(html, FieldContext(False, False, FILES.get, told.append))
    assert readings == ["漢[かん]", "字[じ]", "仮[か]"]
    assert Writer().write(found, told.append) == "これは漢字ですx仮"


@pytest.mark.parametrize(
    ("html", "text", "readings", "told"),
    [
        ("<ruby>漢<rp>(<rt>かん<rp>)</ruby>です", "漢です", ["漢[かん]"], []),
        ("<ruby>漢<rt>かん<rp>)<rb>字<rp>(<rt>じ</ruby>", "漢字", ["漢[かん]", "字[じ]"], []),
        ("<ruby>漢<rb>字<rt>かん<rt>じ</ruby>です", "漢字です", ["漢字[かん]"], ["reading: じ"]),
        ("<ruby>漢<rt>かん", "漢", ["漢[かん]"], []),
        ("<rt>x</rt>y", "xy", [], []),
        ("<ruby>漢<rt>かん</ruby>です<rt>x", "漢ですx", ["漢[かん]"], []),
        ("<head><title>x</title><body>y", "y", [], ["markup: title"]),
    ],
)
def test_after_elements_without_a_closing_tag_nothing_is_lost(
    html: str, text: str, readings: list[str], told: list[str]
) -> None:
    heard: list[str] = []
    found, words = blocks(html, FieldContext(False, False, FILES.get, heard.append))
    assert (Writer().write(found, heard.append), words, heard) == (text, readings, told)


@pytest.mark.parametrize(
    ("html", "text", "told"),
    [
        ("<pre>a<div>b</div><div>c</div>d</pre>", "```\na\nb\nc\nd\n```\n", []),
        ("<pre>a<pre>b</pre>c</pre>", "```\na\nb\n```\n\nc\n", []),
        ("<pre><ol><li>a</li><li>b</li></ol></pre>", "```\na\nb\n```\n", []),
        ("<pre><table><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr></table></pre>",
         "```\n1 | a\n2 | b\n```\n", ["table: its rows are lines"]),
        ('<pre>a<img src="a.png" alt="x">b</pre>c', "```\nab\n```\n\n![x](images/a.png)\n\nc\n", []),
        ('<pre><img src="a.png"></pre>', "![](images/a.png)", []),
        ("<pre>10<sup>6</sup> <b>a</b></pre>", "```\n106 a\n```\n", ["markup: sup"]),
        ('<pre>&nbsp; <span style="color: red">if</span>\n x </pre>', "```\n  if\n x\n```\n", []),
        ('<pre>a<video src="x"></video></pre>', "```\na\n```\n", ["video"]),
    ],
)  # fmt: skip
def test_of_elements_in_code_lines_and_pictures_stay_and_what_gets_lost_is_told(
    html: str, text: str, told: list[str]
) -> None:
    assert converted(html) == (text, told)


def test_without_math_a_formula_is_shown_as_written_and_told() -> None:
    text, (told,) = converted(r"\(x^2\)", math=False)
    assert parse(text).plain == r"\(x^2\)"
    assert "math: true" in told


MARKED = st.recursive(
    st.text("ab *_`~^$[](){}<>&\\:!-1.日本、「」\n", max_size=8).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["b", "i", "code", "sub", "sup", "div", "p", "ul><li", "span", "pre"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].partition('>')[0]}>"
        ),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(MARKED, st.booleans())
@example("<i>a</i><i>b</i>", False)
@example("<b>*</b>*", True)
@example("<ul><li><ul><li>[</ul></ul>", False)
def test_no_character_is_lost_or_added(html: str, math: bool) -> None:
    """All characters but spaces and formulas arrive, whatever marks are around them."""
    if re.search(r"\\[(\[]", html):
        return
    text, _ = converted(html, math=math)
    meant = letters(re.sub(r"<[^>]*>", "", html).replace("&lt;", "<").replace("&amp;", "&"))
    shown = parse(text, math=math) if text else None
    found = "" if not shown else "".join(getattr(node, "text", "") for node in shown.walk())
    assert letters(found) == meant


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
LINES = st.lists(TEXTS | st.sampled_from(["", "- a", "  b", "# c", "a: b", "a #b"]), max_size=4).map("\n".join)


@given(st.dictionaries(st.sampled_from(["fact", "is", "extra"]), LINES, min_size=1), st.lists(TEXTS, min_size=1))
@example({"fact": "a:"}, ["a, b", "{x}", "# y"])
@example({"fact": " a\nb"}, ["'"])
@example({"fact": "say \"a: b\" \\ and 'c'"}, ['"', "a: b"])
@example({"fact": "a\n\n  b\n"}, ["-", "?", "!x", "&y", "*z", "%", "@", "`", "|", ">"])
def test_yaml_is_read_back_as_it_was(texts: Mapping[str, str], tags: list[str]) -> None:
    items: dict[str, Value] = {key: {**texts, "tags": tags} for key in ("a", "file", "label")}
    written: dict[str, Value] = {"items": items, "image": InBraces({"file": tags[0], "alt": "x, y"})}
    found, problems = read("a.yaml", document(written).encode())
    assert problems == []
    assert found is not None
    assert found.value == written


def test_keys_are_short_readable_and_unique() -> None:
    assert key_of("What is the <b>capital</b> of France?", "note") == "what-is-the-b-capital-b-of"
    assert key_of("日本の首都は?", "note") == "日本の首都は"
    assert key_of("?!", "note") == "note"
    keys = Keys(["b", "a-3"])
    assert [keys.free(key) for key in ("a", "a", "a", "a-2", "a", "b", "c", "a-2")] == [
        *("a", "a-2", "a-4", "a-2-2", "a-5", "b-2", "c", "a-2-3"),
    ]


def test_thousands_of_notes_without_words_have_keys_in_time_that_grows_with_them() -> None:
    start, keys = time.process_time(), Keys()
    assert [keys.free("note") for _ in range(20_000)][-1] == "note-20000"
    assert time.process_time() - start < 2


@pytest.mark.parametrize("part", [r"\(", "[$]", "[latex]", "[sound:", "<!--", "<a ", '<img src="', "<![", "[a", "a[b"])
def test_a_field_of_thousands_of_openings_is_read_in_time_that_grows_with_it(part: str) -> None:
    start = time.process_time()
    converted(part * 10_000)
    without_readings(part * 10_000, print)
    assert time.process_time() - start < 3


def test_elements_that_are_never_closed_take_no_longer_than_others() -> None:
    """Each run of characters has the formats of all elements around it."""
    start = time.process_time()
    for element in ("td", "b", 'a href="https://e.org/"'):
        converted(f"<{element}>a" * 10_000)
    assert time.process_time() - start < 4
