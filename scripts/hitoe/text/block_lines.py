"""Lines of texts of several lines that Markdown takes for a part of what stands above them."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from hitoe.messages import say

LONGEST = 40
QUICK = re.compile(r"^[ \t]*(?:[-*]|[0-9]{1,9}\.)[ \t]", re.M)
"""What begins a point of a list."""
LIKE_POINT = re.compile(r"[-*+–—•・‣●○■□◆◇]|[(（]?(?:[0-9０-９]{1,3}|[A-Za-z])[)）.．、]|[①-⑳⑴-⒇]")
"""What begins a line that is meant as a point of a list, and is none."""


def told(raw: str) -> Iterator[str]:
    """Yield a sentence for each line that joins the point of a list above it, though it is not indented as its words.

    Of lines one after the other it is the first.
    """
    if not QUICK.search(raw):
        return
    from hitoe.text.tree import PARSER  # takes long to load

    lines = re.split("\r\n?|\n", raw)
    points: list[int] = []
    tokens: list[Token] = []
    PARSER.block.parse("\n".join(lines), PARSER, {}, tokens)
    for token in tokens:
        first, behind = token.map or (0, 0)
        if token.type == "list_item_open":
            points.append(_indentation(lines[first]))
        elif token.type == "list_item_close":
            points.pop()
        elif token.type == "paragraph_open" and points:
            joined = (line for line in lines[first + 1 : behind] if _indentation(line) <= points[-1])
            yield from (_sentence(line.strip()) for line in list(joined)[:1])


def _indentation(line: str) -> int:
    """Return the column of a line's first letter."""
    return len(line[: len(line) - len(line.lstrip())].expandtabs(4))


def _sentence(line: str) -> str:
    short = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
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
