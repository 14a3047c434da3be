"""Notations of HTML, Anki and other Markdown that are shown as they are written, and what to write instead."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from hitoe.messages import joined, say
from hitoe.text import Plain, TextError, block_lines, formula_marks
from hitoe.text.literal import SPAN, mask, masked, shortened
from hitoe.text.marks import MEDIA, PARTED, SCRIPT, is_script, media_kind
from hitoe.text.parse import may_be_marked, parse

QUICK = re.compile(
    rf"[$<&\[~^=\\]|_[^_\n]*_|\{{\{{(?!c\d+::)|!\[|\*[A-Za-z]\*|-:? *\||{block_lines.QUICK.pattern}", re.M
)
"""What a text has that can hold a notation."""
PICTURE, SOUND, MATHS = say("`![what it shows](images/x.png)`"), say("`![what it is](audio/x.mp3)`"), "`$…$`"
TAGS = {
    "sub": "`~2~`",
    "sup": "`^2^`",
    "br": say("`\\` at the line's end in a text after `|`"),
    **dict.fromkeys(("b", "strong"), "`**words**`"),
    **dict.fromkeys(("i", "em", "cite"), "`*words*`"),
    **dict.fromkeys(("code", "kbd", "tt", "pre"), say("`` `words` ``")),
    "img": PICTURE,
    "audio": SOUND,
    "a": "`[words](https://…)`",
    **dict.fromkeys(("ul", "ol", "li"), say("lines with `- ` in a text after `|`")),
    **dict.fromkeys(("p", "div"), say("an empty line in a text after `|`")),
    **dict.fromkeys(("table", "tr", "td", "th"), say("an item of the kind `table`")),
    **dict.fromkeys(("ruby", "rt", "rp"), say("the item's `reading:`")),
    "anki-mathjax": MATHS,
    **dict.fromkeys(("u", "s", "del", "ins", "mark", "small", "big", "font", "span", "center"), ""),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "hr", "blockquote", "details", "summary", "video"), ""),
}
"""The tags of HTML that are known, and what to write instead; nothing for what has no counterpart."""
TAG = re.compile(rf"</?({'|'.join(TAGS)})(?:\s[^<>]*)?/?>")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
RULE = r"(?::?-{2,}:?|:-:?|-:)"
"""Below the head of a column in a table of other Markdown."""
INSTEAD = (
    (re.compile(r"\[sound:[^\]]*\]"), SOUND),
    (re.compile(r"[々〆㐀-鿿]{1,20}\[[ぁ-ヿ]+\]"), TAGS["ruby"]),
    (re.compile(r"\[(?:latex|\$\$?)\]", re.IGNORECASE), MATHS),
    (re.compile(r"\{\{(?!c\d+::)\s*[cC]\d+\s*:"), say("`{{c1::answer}}` in an item of the kind `cloze`")),
    (re.compile(r"(?<!\w)__(?=[^\s_])[^\n]{,300}?[^\s_]__(?!\w)"), "`**words**`"),
    (re.compile(r"(?<![\w/\\])_(?=[^\W_])[^_\n]*\w_(?![\w/])"), "`*words*`"),
    (re.compile(r"(?<![=!<>])==(?=[^\s=])[^=\n]*[^\s=]==(?!=)"), "`**words**`"),
    (re.compile(r"~~(?=[^\s~])[^~\n]*[^\s~]~~"), ""),
    (re.compile(r"([~^])\{\{c\d+::(?:(?!\}\}).)+\}\}\1"), say("`{{c1::~2~}}`, with the signs within the blank")),
    (re.compile(r"!\[\[[^\]\n]*\]\]"), PICTURE),
    (re.compile(r"!\[[^\[\]\n]{501,}\]\("), say("at most 500 characters between `![` and `]`")),
    (re.compile(rf"^ *+(?:\| *+)?(?:{RULE} *+\| *+)+(?:{RULE} *+)?$", re.M), TAGS["table"]),
)
ENVIRONMENT = re.compile(r"(?<!\\)\\begin\{[A-Za-z]+\*?\}")
VARIABLE = re.compile(r"(?<![\w*.])[A-Za-z0-9]\*[A-Za-z]\*(?![\w*])")
"""What looks like an emphasised letter behind a number or a letter: `2*x*`."""
PATH = re.compile(r"(?<![\w\\])(?:[A-Za-z]:(?=\\)|(?=\\\\[A-Za-z0-9]))[^\s、。「」（）]+")
ESCAPE = re.compile(r"\\([!-~])")
NEEDLESS = ".?/;'\""
"""Signs that are never marks: a backslash before them is one of a regular expression or a shell; but see `1\\.`."""
BULLET, MINUS = re.compile(r"^ *[-*] ", re.M), re.compile(r"^ *([-*] +[0-9]+)", re.M)
"""What begins a point of a list, and one that could be a number with its sign."""
JOINED = re.compile(r"(?<=[^\s\\])\\ (?=\S)")
JOINED_LINES = say(
    "'\\ ' is shown as written: if a line is to end there, begin the text with `|`, else YAML joins its lines"
)


def told(raw: str, *, math: bool = False) -> Iterator[str]:
    """Yield a sentence for each notation in a text as its author wrote it, outside of code and of escaped signs.

    `math`: the text has formulas, and what looks like one and is none is told.
    """
    if not QUICK.search(raw):
        return
    if "$" in raw or "\\" in raw:
        yield from (_formula(found, math) for found in formula_marks.doubts(raw, math=math))
    written, raw = raw, formula_marks.masked(raw) if math else raw
    shown = masked(raw)
    yield from _lines(written, shown)
    if "\n" in written:
        yield from (_sentence(*found) for found in block_lines.signs(written, math=math))
    if "\\" not in raw and not QUICK.search(shown):
        return
    for hit in [hit for hit in MEDIA.finditer(shown) if not media_kind(hit["file"])]:
        yield _sentence(hit[0], say("{picture} or {sound}, with a file of content/", picture=PICTURE, sound=SOUND))
    shown = MEDIA.sub(mask, shown)
    for hit in TAG.finditer(shown):
        if not hit[0].startswith("</"):
            yield _sentence(hit[0], TAGS[hit[1]])
    for hit in ENTITY.finditer(shown):
        if hit[0].startswith("&#") or hit[0][1:] in html5:
            yield _sentence(hit[0], say("the sign itself, '{hit}'", hit=unescape(hit[0])))
    for pattern, instead in INSTEAD:
        for hit in pattern.finditer(shown):
            yield _sentence(hit[0], instead)
    for hit in ENVIRONMENT.finditer(SPAN.sub(mask, raw)):
        yield _sentence(hit[0], MATHS)
    if JOINED.search(SPAN.sub(mask, raw)):
        yield JOINED_LINES
    for hit in VARIABLE.finditer(shown):
        message = say("'{hit}' could be meant as emphasis, and is shown as written", hit=hit[0])
        yield joined(": ", (message, say("put \\ before each * if that is right, else a space before the first")))
    yield from _backslashes(SPAN.sub(mask, raw))
    yield from _scripts(shown)


def _lines(raw: str, shown: str) -> Iterator[str]:
    """Yield a sentence for what is garbled in lines of a text of several lines."""
    if "\n" not in raw.strip("\n"):
        return
    if len(BULLET.findall(shown)) == 1 and (minus := MINUS.search(shown)):
        message = say("'{sign}' begins a list of one point, whose sign is printed as a bullet", sign=minus[1])
        yield joined(": ", (message, say("put \\ before it if it is a sign, else take it away")))
    else:
        yield from block_lines.told(raw)


def _scripts(shown: str) -> Iterator[str]:
    """Yield a sentence for each `~…~` or `^…^` that is no subscript or superscript where it stands."""
    for hit in SCRIPT.finditer(shown):
        left, right = shown[: hit.start()][-1:], shown[hit.end() : hit.end() + 1]
        if not PARTED.search(hit[2]) and not is_script(hit, left, right):
            mark = say("a subscript") if hit[1] == "~" else say("a superscript")
            message = say("'{hit}' could be meant as {mark}, and is shown as written", hit=hit[0], mark=mark)
            remedy = say("put \\ before each {sign} if that is right, else words or spaces around it", sign=hit[1])
            yield joined(": ", (message, remedy))


def is_marked(words: str, *, math: bool = False) -> bool:
    """Return whether words that are shown as they are written, as the hint of a cloze, hold a mark."""
    if not may_be_marked(words, math=math):
        return False
    try:
        return any(not isinstance(node, Plain) for node in parse(words, math=math).inline or ())
    except TextError:
        return True


def _backslashes(raw: str) -> Iterator[str]:
    """Yield a sentence for each Windows path that loses a backslash, and for the first escape that only a regex has."""
    for path in PATH.finditer(raw):
        after = "".join(hit[1] for hit in ESCAPE.finditer(path[0]))
        if re.search(r"[^\w\\]", after, re.ASCII) or ("\\" in after and re.search(r"\w", after)):
            yield say("'{path}' is shown without some of its backslashes: put it into `…`", path=path[0])
            return
    for hit in ESCAPE.finditer(raw):
        if hit[1] in NEEDLESS and not raw[: hit.start()][-1:].isdigit():
            yield say(
                "'{hit}' is shown as '{shown}': put it into `…` if the backslash is meant, else take it away",
                hit=hit[0],
                shown=hit[1],
            )
            return


def _formula(found: str, math: bool) -> str:
    short = shortened(found)
    if math:
        return say(
            "'{short}' is no formula and is shown as written: put \\ before each $, or \\(…\\) around a formula",
            short=short,
        )
    kept = found.startswith("$") or formula_marks.is_tex(found[2:-2])
    shown = say("as written") if kept else say("without its backslashes")
    return say(
        "'{short}' is shown {shown}: if it is a formula, write `math: true` into deck.yaml, else put it into `…`",
        short=short,
        shown=shown,
    )


def _sentence(found: str, instead: str) -> str:
    short = shortened(found)
    if not instead:
        return say("'{short}' is shown as written: delete it, or put it into `…` if it is meant so", short=short)
    return say(
        "'{short}' is shown as written: write {instead}, or put it into `…` if it is meant so",
        short=short,
        instead=instead,
    )
