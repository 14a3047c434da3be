"""Makes nodes of what a paragraph of HTML has one after the other, where marks may overlap and spaces count little."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hitoe.importing.anki_signs import Closing, Opening
from hitoe.messages import joined, say
from hitoe.text import Break, ClozeSpan, CodeSpan, Emphasis, Inline, Link, Plain, Strong, Sub, Sup
from hitoe.text.marks import LETTER

STRONG, EMPHASIS, BELOW, ABOVE, CODE, LINK = "strong", "em", "sub", "sup", "code", "link "
"""Formats of words; that of a link ends with its address."""
SCRIPT = re.compile(rf"(?=.{{1,12}}\Z){LETTER}+(?:[/.,]{LETTER}+)*")
SPACES = re.compile(r"[ \t\n\r\f]+")
FRENCH = re.compile("(?<=«)\xa0|\xa0(?=[»:;!?%])")
"""No-break spaces that are typed on purpose; editors put others where two spaces were typed."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A node and the formats of the words that it is a part of."""

    node: Inline
    formats: frozenset[str] = frozenset()


Part = Leaf | Opening | Closing
Tell = Callable[[str], None]


def nodes(parts: Sequence[Part], tell: Tell) -> tuple[Inline, ...]:
    """Return the nodes of a paragraph's parts, whose clozes are complete; `tell` is called for what gets lost."""
    leaves, _ = _clozes(_folded(parts), 0, tell)
    found = list(_grouped(leaves, tell))
    _edge(found, first=True)
    _edge(found, first=False)
    return tuple(found)


def is_blank(parts: Iterable[Part]) -> bool:
    """Return whether parts show nothing."""
    return all(
        not isinstance(part, Leaf)
        or isinstance(part.node, Break)
        or (isinstance(part.node, Plain) and not part.node.text.strip())
        for part in parts
    )


def _folded(parts: Sequence[Part]) -> list[Part]:
    """Return parts with single spaces between words, and none where a line begins or ends."""
    folded: list[Part] = []
    after_space = True
    for part in parts:
        match part:
            case Leaf(Plain(text), formats):
                text = SPACES.sub(" ", text) if CODE in formats else _spaces(text)
                text = text[1:] if after_space and text.startswith(" ") else text
                if text:
                    after_space = text.endswith(" ")
                    folded.append(Leaf(Plain(text), formats))
            case Leaf(node):
                after_space = isinstance(node, Break)
                folded.append(part)
            case _:
                folded.append(part)
    before_end = True
    for i in reversed(range(len(folded))):
        match folded[i]:
            case Leaf(Plain(text), formats) if before_end:
                folded[i] = Leaf(Plain(text.rstrip(" ")), formats)
                before_end = not text.rstrip(" ")
            case Leaf(node):
                before_end = isinstance(node, Break)
    return [part for part in folded if not (isinstance(part, Leaf) and part.node == Plain(""))]


def _spaces(text: str) -> str:
    kept = FRENCH.sub("\0", text)
    return SPACES.sub(" ", kept.replace("\xa0", " ")).replace("\0", "\xa0")


def _clozes(parts: Sequence[Part], at: int, tell: Tell) -> tuple[list[Leaf], int]:
    """Return the leaves up to the end of a cloze, with clozes as single leaves, and where that end is."""
    leaves: list[Leaf] = []
    while at < len(parts):
        part = parts[at]
        at += 1
        match part:
            case Leaf():
                leaves.append(part)
            case Opening(number, hint):
                inner, at = _clozes(parts, at, tell)
                if is_blank(inner):
                    tell(say("blank: number {number} has nothing in it", number=number))
                else:  # formats of all words of the cloze are those around it
                    common = frozenset.intersection(*(leaf.formats for leaf in inner)) - {CODE, BELOW, ABOVE}
                    own = list(_grouped([replace(leaf, formats=leaf.formats - common) for leaf in inner], tell))
                    before, after = _edge(own, first=True), _edge(own, first=False)
                    blank = [ClozeSpan(number, tuple(own), hint)] if own else []
                    leaves += [Leaf(node, common) for node in (*before, *blank, *after)]
            case Closing():
                return leaves, at
    return leaves, at


def _grouped(leaves: Sequence[Leaf], tell: Tell) -> tuple[Inline, ...]:
    """Return nodes in which neighbours of one format are in one node, the longest outside."""
    found: list[Inline] = []
    at = 0
    while at < len(leaves):
        runs = {format_: _run(leaves, at, format_) for format_ in sorted(leaves[at].formats)}
        if not runs:
            found.append(leaves[at].node)
            at += 1
            continue
        format_ = max(runs, key=lambda each: (runs[each], each.startswith(LINK), each == STRONG))
        end = at + runs[format_]
        inner = [replace(leaf, formats=leaf.formats - {format_}) for leaf in leaves[at:end]]
        found += _wrapped(format_, inner, tell)
        at = end
    return merged(found)


def _run(leaves: Sequence[Leaf], at: int, format_: str) -> int:
    end = at
    while end < len(leaves) and format_ in leaves[end].formats:
        end += 1
    return end - at


def _wrapped(format_: str, leaves: Sequence[Leaf], tell: Tell) -> list[Inline]:
    """Return leaves as a node of a format; spaces and line ends at its edges stand outside of it."""
    if format_ in (CODE, BELOW, ABOVE):
        return _set_apart(format_, leaves, tell)
    inner = list(_grouped(leaves, tell))
    before, after = _edge(inner, first=True), _edge(inner, first=False)
    if not inner:
        return [*before, *after]
    children = tuple(inner)
    if format_.startswith(LINK):
        return [*before, Link(children, format_.removeprefix(LINK)), *after]
    return [*before, Strong(children) if format_ == STRONG else Emphasis(children), *after]


def _edge(nodes_: list[Inline], *, first: bool) -> list[Inline]:
    """Take spaces and line ends off the beginning or the end of nodes and return them."""
    taken: list[Inline] = []
    while nodes_:
        place = 0 if first else -1
        match nodes_[place]:
            case Break() as line_end:
                taken.append(line_end)
                nodes_.pop(place)
            case Plain(text) if not text.strip():
                taken.append(nodes_.pop(place))
            case Plain(text) if (short := text.lstrip() if first else text.rstrip()) != text:
                taken.append(Plain(text[: -len(short)] if first else text[len(short) :]))
                nodes_[place] = Plain(short)
                break
            case _:
                break
    return taken if first else taken[::-1]


def _set_apart(format_: str, leaves: Sequence[Leaf], tell: Tell) -> list[Inline]:
    """Return code, or letters below or above the line, in which there are no other marks."""
    found: list[Inline] = []
    for node in merged([leaf.node for leaf in leaves]):
        match node:
            case Plain(text) if format_ == CODE:
                found.append(CodeSpan(text))
            case Plain(text) if SCRIPT.fullmatch(text.strip()):
                found.append(Sub(text.strip()) if format_ == BELOW else Sup(text.strip()))
            case _:
                if format_ != CODE and not isinstance(node, Break):
                    tell(joined(": ", (format_, getattr(node, "text", ""))))
                found.append(node)
    return found


def merged(nodes_: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return nodes in which no characters, and no code, stand next to others."""
    found: list[Inline] = []
    for node in nodes_:
        match found[-1:], node:
            case [Plain(before)], Plain(text):
                found[-1] = Plain(before + text)
            case [CodeSpan(before)], CodeSpan(text):
                found[-1] = CodeSpan(before + text)
            case _, Plain(""):
                pass
            case _:
                found.append(node)
    return tuple(found)
