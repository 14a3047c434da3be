"""What a blog's own syntax would take for something else, put into code spans, where all is literal."""

import re
from collections.abc import Callable, Iterator

from hitoe.text import ClozeSpan, CodeSpan, Inline, Link, Plain, Strong

Nodes = tuple[Inline, ...]
Dialect = Callable[[Nodes], Nodes]
"""Returns nodes that show the same characters, safe from what the dialect has beyond CommonMark."""

PHRASE = r"\(\(.*?\)\)+|\[\[.*?\]\]+|\[[^\[\]]*:[^\[\]]*\]"
"""Footnotes, keywords and the blog's brackets; these may hold spaces and any script."""
WORD = r"[!-'*-~]+|\(\(+|\)\)+"
"""A run of ASCII signs; single parentheses stand around words."""
FOUND = re.compile(f"{PHRASE}|{WORD}")
SUSPECT = re.compile(
    r"^(?:\(\(|\)\)|\[\[)"
    r"|(?:id|asin|isbn|jan|ean|mailto|tel|tex):[A-Za-z0-9/]|:(?:embed|title|cite|plain)\b"
    r"|@[A-Za-z]|\[\]|\[\[|\[[^\[\]]*:|~~|\^|.[*_]|[*_]."
)
"""What starts a link, a footnote, a picture, emphasis or a raised word somewhere."""
TRAILING = ",.;!?\"'"


def COMMONMARK(nodes: Nodes) -> Nodes:  # noqa: N802 - a dialect is a constant that happens to be a function
    """Leave all as it is: the writer knows CommonMark."""
    return nodes


def HATENA(nodes: Nodes) -> Nodes:  # noqa: N802
    """Put `id:name`, `((…))`, `[…:…]`, `kms:*`, `@Name` and their like into code spans.

    Backslashes do not help there: Hatena Blog reads its own syntax apart from Markdown's escapes.
    """
    tex = sum(text.count("$") for text in _plain(nodes)) > 1  # $…$ is a formula, a lone $ is money
    return _shielded(nodes, tex)


def _plain(nodes: Nodes) -> Iterator[str]:
    for node in nodes:
        match node:
            case Plain(text):
                yield text
            case Strong(children=children) | Link(children=children) | ClozeSpan(children=children):
                yield from _plain(children)
            case _:
                pass


def _shielded(nodes: Nodes, tex: bool) -> Nodes:
    shielded: list[Inline] = []
    for node in nodes:
        match node:
            case Plain(text):
                shielded += _pieces(text, tex)
            case Strong(children):
                shielded.append(Strong(_shielded(children, tex)))
            case Link(children, url):
                shielded.append(Link(_shielded(children, tex), url))
            case ClozeSpan(number, children, hint):
                shielded.append(ClozeSpan(number, _shielded(children, tex), hint))
            case _:
                shielded.append(node)
    return tuple(shielded)


def _pieces(text: str, tex: bool) -> Iterator[Inline]:
    done = 0
    for found in FOUND.finditer(text):
        word = found[0].rstrip(TRAILING)
        if SUSPECT.search(word) or (tex and "$" in word):
            if found.start() > done:
                yield Plain(text[done : found.start()])
            yield CodeSpan(word)
            done = found.start() + len(word)
    if done < len(text):
        yield Plain(text[done:])
