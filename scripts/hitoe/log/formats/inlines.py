"""Inline nodes as Markdown source: escapes, code spans, links, and bold text next to any script.

CommonMark reads `**` as the start or end of bold text only next to spaces or punctuation. Japanese text is written
without spaces: in は**「語」**を the asterisks are shown. The character next to them is therefore written as a
character reference (は as `&#12399;`): that ends with `;`, which is punctuation, and shows the same character.
"""

import re
import string
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from unicodedata import category

from hitoe.text import Break, ClozeSpan, CodeSpan, Inline, Link, Plain, Strong

SIGN = re.compile(r"[\\*_\[\]]|[`<]|&(?=[#A-Za-z])|~(?=~)|(?<=~)~")
"""Characters that have a meaning of their own in a paragraph."""
REFERENCES = {"`": "&#96;", "<": "&lt;", "&": "&amp;"}
"""Characters that are written as references, since not every parser reads a backslash before them."""
UNSAFE_IN_URL = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' "<>\\^`{|}()[]'})

Leaf = Plain | CodeSpan | Link
"""A node without bold nodes in it, but for the text of a link."""


def written(nodes: tuple[Inline, ...], *, cell: bool = False, link: bool = False) -> str:
    """Return nodes on one line, escaped so that they can be in a `cell` of a table or the text of a `link`."""
    chunks: list[tuple[str, bool]] = []
    for bold, run in groupby(_leaves(nodes, link), key=itemgetter(1)):
        text = _joined((leaf for leaf, _ in run), cell)
        chunks += _trimmed(text) if bold else [(text, False)]
    return _assembled(chunks)


def destination(url: str) -> str:
    """Return an address, percent-encoded so that it can be enclosed in brackets of any kind."""
    return url.translate(UNSAFE_IN_URL)


def _leaves(nodes: tuple[Inline, ...], link: bool, bold: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Yield leaves, and whether each is bold."""
    for node in nodes:
        match node:
            case Strong(children) | ClozeSpan(children=children):
                yield from _leaves(children, link, True)
            case Break(space=True):
                yield Plain(" "), bold
            case CodeSpan(text) if link and "]" in text:
                yield Plain(text), bold  # `]` cannot be escaped in code
            case Plain() | CodeSpan() | Link():
                yield node, bold


def _joined(leaves: Iterable[Leaf], cell: bool) -> str:
    """Return the source of leaves. Adjacent code spans become one: their backticks would form one run."""
    source = ""
    for kind, run in groupby(leaves, key=type):
        if kind is Link:
            source = re.sub("!$", r"\\!", source)  # ![…](…) would be an image
            source += "".join(_link(leaf, cell) for leaf in run if isinstance(leaf, Link))
        else:
            text = "".join(leaf.text for leaf in run if not isinstance(leaf, Link))
            source += _code(text, cell) if kind is CodeSpan else _characters(text, cell)
    return source


def _characters(text: str, cell: bool) -> str:
    """Return plain characters, escaped."""
    escaped = SIGN.sub(lambda sign: REFERENCES.get(sign[0]) or f"\\{sign[0]}", text)
    return escaped.replace("|", "\\|") if cell else escaped


def _code(text: str, cell: bool) -> str:
    """Return a code span, enclosed in runs of backticks that are longer or shorter than every run in it."""
    if cell and "\\|" in text:
        return _characters(text, cell)  # parsers differ on `\|` in a code span in a cell
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(length for length in range(1, len(text) + 2) if length not in runs)
    pad = " " if "`" in (text[:1], text[-1:]) or (text.strip() and text[0] == text[-1] == " ") else ""
    return fence + pad + (text.replace("|", "\\|") if cell else text) + pad + fence


def _link(node: Link, cell: bool) -> str:
    """Return a link. Ampersands that look like the start of a character reference (`?a&lt;=b`) are escaped."""
    address = re.sub("&(?=[#A-Za-z0-9]+;)", "&amp;", destination(node.url))
    return f"[{written(node.children, cell=cell, link=True)}]({address})"


def _trimmed(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a bold text and whether each is bold. Spaces at its ends are not: `** x **` is not bold."""
    core = text.strip()
    start = text.index(core)
    yield text[:start], False
    yield core, True
    yield text[start + len(core) :], False


def _assembled(chunks: list[tuple[str, bool]]) -> str:
    """Return the chunks on one line, the bold ones in asterisks that a CommonMark parser reads as bold."""
    source, rest = "", [(text, strong) for text, strong in chunks if text]
    for place, (text, strong) in enumerate(rest):
        if not strong:
            source += text
            continue
        if _maybe_punctuation(text[0]) and source and not _ends_word(source[-1]):
            source = source[:-1] + _reference(source[-1])
        source += f"**{text}**"
        after = rest[place + 1][0] if place + 1 < len(rest) else ""
        if after and _maybe_punctuation(text[-1]) and not _ends_word(after[0]):
            rest[place + 1] = _reference(after[0]) + after[1:], False
    return source


def _maybe_punctuation(character: str) -> bool:
    """Whether some parser treats a character as punctuation: symbols are only since CommonMark 0.31."""
    return category(character)[0] in "PS"


def _ends_word(character: str) -> bool:
    """Whether every parser treats a character as punctuation or a space."""
    return character in string.punctuation or category(character)[0] in "PZ" or character == "\t"


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
