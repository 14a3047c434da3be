"""Inline nodes as Markdown source: escapes, code spans, links, and bold text next to any script.

CommonMark reads `**` as the start or end of bold text only next to spaces or punctuation. Japanese text is written
without spaces: in は**「語」**を the asterisks are shown. The character next to them is therefore written as a
character reference (は as `&#12399;`): that ends with `;`, which is punctuation, and shows the same character.
"""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

from hitoe.text import Break, ClozeSpan, CodeSpan, Inline, Link, Plain, Strong

SIGN = re.compile(r"[\\*_\[\]]|[`<]|&(?=[#A-Za-z])|~(?=~)|(?<=~)~")
"""Characters that have a meaning of their own in a paragraph."""
REFERENCES = {"`": "&#96;", "<": "&lt;", "&": "&amp;"}
"""Characters that are written as references, since not every parser reads a backslash before them."""
UNSAFE_IN_URL = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' "<>\\^`{|}()[]'})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A node without bold nodes in it, and whether it is bold itself."""

    node: Plain | CodeSpan | Link
    bold: bool


def written(nodes: tuple[Inline, ...], *, bold: bool = False, cell: bool = False) -> str:
    """Return nodes on one line, all of them bold if `bold`. In a `cell` of a table, vertical bars are escaped too."""
    return _line(_leaves(nodes, bold), cell)


def characters(text: str, cell: bool = False) -> str:
    """Return plain characters, escaped."""
    escaped = SIGN.sub(lambda sign: REFERENCES.get(sign[0]) or f"\\{sign[0]}", text)
    return escaped.replace("|", "\\|") if cell else escaped


def code(text: str, cell: bool = False) -> str:
    """Return a code span, enclosed in runs of backticks that are longer or shorter than every run in it."""
    if cell and "\\|" in text:
        return characters(text, cell)  # parsers differ on `\|` in a code span in a cell
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(length for length in range(1, len(text) + 2) if length not in runs)
    pad = " " if "`" in (text[:1], text[-1:]) or (text.strip() and text[0] == text[-1] == " ") else ""
    return fence + pad + (text.replace("|", "\\|") if cell else text) + pad + fence


def link(node: Link, cell: bool = False) -> str:
    """Return a link. Ampersands that look like the start of a character reference (`?a&lt;=b`) are escaped."""
    address = re.sub("&(?=[#A-Za-z0-9]+;)", "&amp;", destination(node.url))
    return f"[{_line(map(_in_link, _leaves(node.children)), cell)}]({address})"


def destination(url: str) -> str:
    """Return an address, percent-encoded so that it can be enclosed in brackets of any kind."""
    return url.translate(UNSAFE_IN_URL)


def _line(leaves: Iterable[Leaf], cell: bool) -> str:
    chunks: list[tuple[str, bool]] = []
    for bold, run in groupby(leaves, key=lambda leaf: leaf.bold):
        text = _joined([leaf.node for leaf in run], cell)
        chunks += _trimmed(text) if bold else [(text, False)]
    return _assembled(chunks)


def _in_link(leaf: Leaf) -> Leaf:
    """Return a leaf for a link text, where `]` must be escaped: code that contains one becomes plain text."""
    return Leaf(Plain(leaf.node.text), leaf.bold) if isinstance(leaf.node, CodeSpan) and "]" in leaf.node.text else leaf


def _leaves(nodes: tuple[Inline, ...], bold: bool = False) -> Iterator[Leaf]:
    for node in nodes:
        match node:
            case Strong(children) | ClozeSpan(children=children):
                yield from _leaves(children, True)
            case Break(space=True):
                yield Leaf(Plain(" "), bold)
            case Break():
                pass
            case Plain() | CodeSpan() | Link():
                yield Leaf(node, bold)


def _joined(nodes: list[Plain | CodeSpan | Link], cell: bool) -> str:
    """Return the source of nodes. Adjacent code spans become one: their backticks would form one run."""
    source = ""
    for node in _merged(nodes):
        match node:
            case Plain(text):
                source += characters(text, cell)
            case CodeSpan(text):
                source += code(text, cell)
            case Link():
                source = re.sub("!$", r"\\!", source) + link(node, cell)  # ![…](…) would be an image
    return source


def _merged(nodes: list[Plain | CodeSpan | Link]) -> Iterator[Plain | CodeSpan | Link]:
    for kind, run in groupby(nodes, key=type):
        if kind is Plain:
            yield Plain("".join(node.text for node in run if isinstance(node, Plain)))
        elif kind is CodeSpan:
            yield CodeSpan("".join(node.text for node in run if isinstance(node, CodeSpan)))
        else:
            yield from run


def _trimmed(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a bold text and whether each is bold. Spaces at its ends are not: `** x **` is not bold."""
    core = text.strip()
    if not core:
        yield text, False
        return
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
