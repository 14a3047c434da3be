"""Lines of texts of several lines that are taken for a part of the point above, or begin as in other Markdown."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from hitoe.messages import say
from hitoe.text import formula_marks
from hitoe.text.literal import masked, shortened

LIST = re.compile(r"^[ \t]*(?:[-*]|[0-9]{1,9}\.)[ \t]", re.M)
"""What begins a point of a list."""
QUICK = re.compile(rf"{LIST.pattern}|^[ \t]*(?:#{{1,6}}[ \t]|>)", re.M)
"""What a text has that can hold something to tell."""
LIKE_POINT = re.compile(r"[-*+–—•・‣●○■□◆◇]|[(（]?(?:[0-9０-９]{1,3}|[A-Za-z])[)）.．、]|[①-⑳⑴-⒇]")
"""What begins a line that is meant as a point of a list, and is none."""
HEADING = re.compile(r"^[ \t]*((?:#(?=[ \t]+(?!of\b)[^\W\d_]|[ \t]+[*「『“])|#{2,6}(?=[ \t]+\S))[^\n]*)", re.M)
"""A heading; `# 1`, `# of users` and a prompt before code are none."""
QUOTE = re.compile(r"^[ \t]*(>(?:[ \t]+>)*[ \t]?(?![^\W\d_](?:[ \t]|$))(?:[^\W\d_]|[*\"'«„“「『])[^\n]*)", re.M)
"""A line of a quote; `> 38`, `> n`, `>=` and `>>>` are none."""
SENTENCE, DIGIT = re.compile(r"[.!?。！？…\"”»」』]\s*$"), re.compile(r"\d")
LESS = re.compile(r"^[ \t]*[<=≤≥≦≧＜]", re.M)
"""What begins a line of a list of limits, in which `>` is one of the signs."""
TASK = re.compile(r"(\[(?: |[xX](?=\][ \t]+(?!(?:is|means|ist|est|es)\b|[はがをのと])[^\W\d_]{2}))\])[ \t]+\S")
"""What begins a task; `[x]` before a verb is the sign of a concentration, or of the part of a number."""


def told(raw: str) -> Iterator[str]:
    """Yield a sentence for each line that joins the point of a list above it, though it is not indented as its words.

    Of lines one after the other it is the first.
    """
    if not LIST.search(raw):
        return
    lines, points = _normal(raw).split("\n"), list[int]()
    for token in _tokens(raw):
        first, behind = token.map or (0, 0)
        if token.type == "list_item_open":
            points.append(_indentation(lines[first]))
        elif token.type == "list_item_close":
            points.pop()
        elif token.type == "paragraph_open" and points:
            joined = (line for line in lines[first + 1 : behind] if _indentation(line) <= points[-1])
            yield from (_sentence(line.strip()) for line in list(joined)[:1])


def signs(raw: str, *, math: bool) -> Iterator[tuple[str, str]]:
    """Yield each heading and task, and the first line of each quote, with what to write instead."""
    if not QUICK.search(raw):
        return
    limits, depth = LESS.search(raw), 0
    for token in _tokens(raw):
        depth += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.type != "inline":
            continue
        shown = masked(formula_marks.masked(token.content) if math else token.content)
        if depth and (task := TASK.match(shown)):
            yield task[1], say("the point without it")
        first = 1 if depth else 0  # `- > 5 mg` and `- # of users` are no quote and no heading
        for hit in HEADING.finditer(shown, first):
            yield _written(token.content, hit), "`**words**`"
        quotes = (hit for hit in QUOTE.finditer(shown, first) if SENTENCE.search(hit[1]) or not DIGIT.search(hit[1]))
        if not limits and (quote := next(quotes, None)):
            yield _written(token.content, quote), say("the words in quotation marks")


def _written(content: str, hit: re.Match[str]) -> str:
    return content[hit.start(1) : hit.end(1)].rstrip()


def _normal(raw: str) -> str:
    """Return a text with the line ends of the Markdown parser."""
    return re.sub("\r\n?", "\n", raw)


def _tokens(raw: str) -> list[Token]:
    """Return the blocks of a text as the Markdown parser reads them."""
    from hitoe.text.tree import PARSER  # takes long to load

    tokens: list[Token] = []
    PARSER.block.parse(_normal(raw), PARSER, {}, tokens)
    return tokens


def _indentation(line: str) -> int:
    """Return the column of a line's first letter."""
    return len(line[: len(line) - len(line.lstrip())].expandtabs(4))


def _sentence(line: str) -> str:
    short = shortened(line)
    if LIKE_POINT.match(line):
        return say(
            "'{short}' is no point, and is shown within the one above: begin it with `- ` or `1. ` as the others, or "
            "put an empty line before it",
            short=short,
        )
    return say(
        "'{short}' is shown within the point above: put an empty line before it, or indent it if it belongs there",
        short=short,
    )
