"""Texts of signs that mean something to YAML, Markdown, HTML, Anki or Unicode, and how an author writes them."""

import re
from dataclasses import dataclass

from hitoe.text import Text, TextError
from hitoe.text.parse import near_misses, parse
from hypothesis import strategies as st

SIGNS = [*"<>&\"'$:{}\\~#*_[]()|%`=-+!?/;@^,.", "::", ":::", "{{", "}}", "}}}", "**", "``", "  "]
WORDS = [
    "a",
    "B",
    "1",
    "あ",
    "漢",
    " ",
    " ",
    "AWS::S3::Bucket",
    "arn:aws:s3:::b/*",
    '{"a": {"b": [1]}}',
    "$0.20",
    "kms:*",
]
OF_ANKI = """
{{c1:: {{c1::x}} {{resolve:ssm:/a/b}} {{Question}} {{#Extra}} [sound:x.mp3] [anki:tts]x[/anki:tts] [latex]x[/latex]
[LaTeX]x[/LaTeX] [$]x[/$] [$$]x[/$$] \\(x\\) \\[x\\] <anki-mathjax>x</anki-mathjax> \\( \\) \\[ \\]
"""
OF_HTML = "&amp; &lt;b&gt; &#123; <br> <b> </div> <script> <!-- --> <?x?> ]]> {% %} {# #}"
COMBINING = ["か\u3099", "ハ\u309a", "\u0338", "e\u0301\u0323", "\u1100\u1161"]
RARE = [
    "\ufa19",
    "㌔",
    "\u3000",
    "שלום",
    "مرحبا",
    "👨\u200d👩\u200d👧",
    "🇯🇵",
    "𠮷",
    "\u200b",
    "\xa0",
    "\u2060",
    "\u00ad",
]
ALPHABET = [*SIGNS, *WORDS, *OF_ANKI.split(), *OF_HTML.split(), *COMBINING, *RARE]
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def visible(words: str) -> bool:
    return bool(re.search(r"[!-~あ漢]", words))


hostile = st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=7).map("".join)
lines = hostile.map(str.strip).filter(visible)
codes = st.lists(lines, min_size=1, max_size=3).map("\n".join) | lines.map(lambda line: f"  {line}\n\n\t{line}")


@dataclass(frozen=True)
class Written:
    """A text in Markdown, and what a reader must see of it; `bare` if it would read otherwise inside another."""

    markdown: str
    seen: str
    bare: bool = False


def escaped(words: str) -> Written:
    return Written(PUNCTUATION.sub(r"\\\1", words), words.strip())


def in_code(words: str) -> Written:
    ticks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    return Written(f"{ticks} {words} {ticks}", words)


def shown(tree: Text) -> str:
    """Return the characters of a text of one line on a card."""
    return "".join(getattr(node, "text", "") for node in tree.walk()).strip()


def as_it_is(words: str) -> Written:
    """Return a text without any escape; where its signs make a cloze, with them all."""
    try:
        tree = parse(words)
    except TextError:
        return escaped(words)
    return escaped(words) if tree.clozes or not visible(tree.plain) else Written(words, shown(tree), bare=True)


forms = st.sampled_from([escaped, in_code, as_it_is])
texts = st.builds(lambda words, form: form(words), lines, forms)
"""Markdown of one line."""


def blank(one: Written) -> Written:
    """Return the text for a cloze item, which refuses what looks like a cloze gone wrong."""
    inside = escaped(one.seen) if one.bare else one
    return Written("x", "x") if near_misses(parse(inside.markdown)) else inside


def hint_of(words: str) -> str:
    """Return a hint, in which nothing is escaped."""
    return re.sub(r"::+|[{}`]|^:|:$", "", words).strip() or "x"
