"""What is read from left to right among words that are written from right to left, where it is of several nodes.

WeasyPrint orders the letters of one node, but puts one node after another from right to left: of `H~2~O` the 2 stood
to the left of the H, and the O to the left of both.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from unicodedata import bidirectional

from markupsafe import Markup

from hitoe.text import Block, ClozeSpan, CodeSpan, Emphasis, Formula, Inline, Link, Plain, Strong, Sub, Sup, Text
from hitoe.text.ruby import Ruby

LATIN, NUMBER, OTHER, END = "latin", "number", "other", "end"
KINDS = {"L": LATIN, "EN": NUMBER, "AN": NUMBER, "R": END, "AL": END}
WITHIN_NUMBERS = ".,:/"

Node = Inline | Block


def isolated(words: str) -> Markup:
    """Return words that have their own direction: English ones, or a number with its unit, among words in Hebrew."""
    return Markup("\u2068{}\u2069").format(words)


class _Stretch(NamedTuple):
    """A node, or some characters of one, with the place of the node, and the kind of its letters."""

    place: int
    node: Node
    kind: str


def runs(nodes: Iterable[Node]) -> Iterator[tuple[bool, tuple[Node, ...]]]:
    """Yield nodes in their order, and whether they are to be read from left to right; texts are divided for that."""
    parts = [part for place, node in enumerate(nodes) for part in _parts(place, node)]
    for leftmost_first, run in groupby(zip(_marked(parts), parts, strict=True), key=itemgetter(0)):
        yield bool(leftmost_first), tuple(_joined(part.node for _, part in run))


def _marked(parts: list[_Stretch]) -> list[int]:
    """Return for each part the number of the run of several nodes from left to right that it is in, or 0."""
    marks, begin, end, latin = [0] * len(parts), 0, 0, False
    for at, part in enumerate([*parts, _Stretch(0, Plain(""), END)]):
        joins = part.kind in (LATIN, NUMBER) and (latin or at == end)
        if joins or (part.kind == OTHER and latin):
            latin = latin or part.kind == LATIN
            end = at + 1 if joins else end
            continue
        if len({each.place for each in parts[begin:end]}) > 1:
            marks[begin:end] = [at] * (end - begin)
        begin, latin = at, part.kind == LATIN
        end = at + 1 if part.kind in (LATIN, NUMBER) else at
    return marks


def _parts(place: int, node: Node) -> Iterator[_Stretch]:
    match node:
        case Plain(text) if type(node) is Plain:
            kinds = [KINDS.get(bidirectional(sign), OTHER) for sign in text]
            for at in range(1, len(text) - 1):
                if text[at] in WITHIN_NUMBERS and kinds[at - 1] == kinds[at + 1] == NUMBER:
                    kinds[at] = NUMBER
            for kind, signs in groupby(zip(kinds, text, strict=True), key=itemgetter(0)):
                yield _Stretch(place, Plain("".join(sign for _, sign in signs)), kind)
        case Formula():
            yield _Stretch(place, node, LATIN)
        case CodeSpan() | Sub() | Sup() | Ruby() | Strong() | Emphasis() | Link() | ClozeSpan():
            found = {KINDS.get(bidirectional(sign), OTHER) for sign in Text.of_nodes((node,)).plain}
            kind = next(kind for kind in (END, LATIN, NUMBER, OTHER) if kind in found or kind == OTHER)
            yield _Stretch(place, node, kind if kind == END or not isinstance(node, CodeSpan | Sub | Sup) else LATIN)
        case _:
            yield _Stretch(place, node, END)


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes, with the parts of a text joined again."""
    for plain, some in groupby(nodes, key=lambda node: type(node) is Plain):
        if plain:
            yield Plain("".join(node.text for node in some if isinstance(node, Plain)))
        else:
            yield from some
