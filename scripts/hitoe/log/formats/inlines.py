"""Inline nodes as Markdown source: escapes, code spans, links, and bold or italic text next to any script.

CommonMark reads `**` as the start or end of bold text only next to spaces or punctuation. Japanese text is written
without spaces: in は**「語」**を the asterisks are shown. The character next to them is therefore written as a
character reference (は as `&#12399;`): that ends with `;`, which is punctuation, and shows the same character.
Italic words within or beside bold ones are written in HTML, as are line ends, subscripts and superscripts.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from unicodedata import category

from hitoe.text import (
    NOTE,
    Break,
    ClozeSpan,
    CodeSpan,
    Emphasis,
    Formula,
    Inline,
    Link,
    PictureSpan,
    Plain,
    SoundSpan,
    Strong,
    Sub,
    Sup,
    Tex,
)

SIGN = re.compile(r"[\\*_\[\]]|[`<]|&(?=[#A-Za-z])|~(?=~)|(?<=~)~")
"""Characters that have a meaning of their own in a paragraph."""
REFERENCES = {"`": "&#96;", "<": "&lt;", "&": "&amp;"}
"""Characters that are written as references, since not every parser reads a backslash before them."""
UNSAFE_IN_URL = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' "<>\\^`{|}()[]'})

BOLD, ITALIC, PLAIN = "**", "*", ""
"""What encloses words."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Markdown or HTML that is written as it is."""

    text: str


Leaf = Plain | CodeSpan | Link | Raw
"""A node without bold or italic nodes in it, except in the text of a link."""
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a dialect writes a formula, in a cell of a table if it is told so, and where a picture or a sound is."""

    formula: Callable[[Formula, bool], str]
    address: Address


def written(nodes: tuple[Inline, ...], dialect: Dialect, *, cell: bool = False, link: bool = False) -> str:
    """Return nodes on one line, escaped so that they can be in a `cell` of a table or the text of a `link`."""
    chunks: list[tuple[str, str]] = []
    for bold, run in groupby(_leaves(nodes, link, cell, dialect), key=itemgetter(1)):
        for italic, leaves in groupby(run, key=itemgetter(2)):
            text = _joined((leaf for leaf, _, _ in leaves), cell, dialect)
            if not (bold or italic):
                chunks.append((text, PLAIN))
            elif bold and chunks and chunks[-1][1] == BOLD:
                chunks[-1] = chunks[-1][0] + (_italic(text) if italic else text), BOLD
            else:
                chunks.append((_italic(text) if bold and italic else text, BOLD if bold else ITALIC))
    return _assembled(_apart([piece for text, mark in chunks for piece in _trimmed(text, mark) if piece[0]]))


def destination(url: str) -> str:
    """Return an address, percent-encoded so that it can be enclosed in brackets of any kind."""
    return url.translate(UNSAFE_IN_URL)


def _leaves(
    nodes: tuple[Inline, ...], link: bool, cell: bool, dialect: Dialect, bold: bool = False, italic: bool = False
) -> Iterator[tuple[Leaf, bool, bool]]:
    """Yield leaves, and whether each is bold, and italic."""
    for node in nodes:
        leaf: Leaf
        match node:
            case Strong(children) | ClozeSpan(children=children):
                yield from _leaves(children, link, cell, dialect, True, italic)
                continue
            case Emphasis(children):
                yield from _leaves(children, link, cell, dialect, bold, True)
                continue
            case Break():
                leaf = _html("br")
            case Sub(text) | Sup(text):
                leaf = _html(type(node).__name__.lower(), text)
            case PictureSpan(file, alt):
                leaf = Raw(f"![{_characters(alt, True)}]({destination(dialect.address(file))})")
            case Formula():
                leaf = Raw(dialect.formula(node, cell))
            case SoundSpan(file, alt) if link:
                leaf = Plain(f"{NOTE} {alt}".strip())
            case SoundSpan(file, alt):
                leaf = Link((Plain(f"{NOTE} {alt}".strip()),), dialect.address(file))
            case CodeSpan(text) if link and "]" in text:
                leaf = Plain(text)  # `]` cannot be escaped in code
            case Plain() | CodeSpan() | Link():
                leaf = node
            case Tex(text):
                raise AssertionError(f"{text} outside of a formula")
        yield leaf, bold, italic


def _html(tag: str, text: str = "") -> Raw:
    return Raw(f"<{tag}>{text}</{tag}>" if text else f"<{tag}>")


def _italic(text: str) -> str:
    return _html("em", text).text


def _joined(leaves: Iterable[Leaf], cell: bool, dialect: Dialect) -> str:
    """Return the source of leaves. Adjacent code spans become one: their backticks would form one run."""
    source = ""
    for kind, run in groupby(leaves, key=type):
        if kind is Link:
            source = re.sub("!$", r"\\!", source)  # ![…](…) would be an image
            source += "".join(_link(leaf, cell, dialect) for leaf in run if isinstance(leaf, Link))
        elif kind is Raw:
            source += "".join(leaf.text for leaf in run if isinstance(leaf, Raw))
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


def _link(node: Link, cell: bool, dialect: Dialect) -> str:
    """Return a link. Ampersands that look like the start of a character reference (`?a&lt;=b`) are escaped."""
    address = re.sub("&(?=[#A-Za-z0-9]+;)", "&amp;", destination(node.url))
    return f"[{written(node.children, dialect, cell=cell, link=True)}]({address})"


def _trimmed(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text and what encloses each. Spaces at its ends are outside: `** x **` is not bold."""
    core = text.strip() if mark else text
    start = text.index(core)
    yield text[:start], PLAIN
    yield core, mark
    yield text[start + len(core) :], PLAIN


def _apart(chunks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the chunks, italic ones beside bold ones in HTML: no parser can tell `*a***b**` apart."""
    found = list(chunks)
    for place, (text, mark) in enumerate(chunks):
        beside = {chunks[other][1] for other in (place - 1, place + 1) if 0 <= other < len(chunks)}
        if mark == ITALIC and beside & {BOLD, ITALIC}:
            found[place] = _italic(text), PLAIN
    return found


def _assembled(rest: list[tuple[str, str]]) -> str:
    """Return the chunks on one line, in asterisks that a CommonMark parser reads as bold and italic."""
    source = ""
    for place, (text, mark) in enumerate(rest):
        if not mark:
            source += text
            continue
        if _maybe_punctuation(text[0]) and source and not _ends_word(source[-1]):
            source = source[:-1] + _reference(source[-1])
        source += f"{mark}{text}{mark}"
        after = rest[place + 1][0] if place + 1 < len(rest) else ""
        if after and _maybe_punctuation(text[-1]) and not _ends_word(after[0]):
            rest[place + 1] = _reference(after[0]) + after[1:], PLAIN
    return source


def _maybe_punctuation(character: str) -> bool:
    """Whether some parser treats a character as punctuation: symbols are only since CommonMark 0.31."""
    return category(character)[0] in "PS"


def _ends_word(character: str) -> bool:
    """Whether every parser treats a character as punctuation or a space."""
    return character in string.punctuation or category(character)[0] in "PZ" or character == "\t"


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
