"""Texts that hold nothing but words, `code`, **strong** and plain clozes, read ten times faster than by the parser.

What is read here is read as the parser reads it (tests/test_quick.py says so); all else is left to the parser.
"""

import re
from collections.abc import Iterator

from hitoe.text.marks import HIGHEST_CLOZE, NAMESPACE
from hitoe.text.nodes import ClozeSpan, CodeSpan, Inline, Plain, Strong

WORDS = r"[^`*\\\[\]{}\n]"
NO_COLON = WORDS.replace("[^", "[^:")
CODE = r"(?<!`)`[^`\s](?:[^`\n]*[^`\s])?`(?!`)"
# No possessive groups: before Python 3.11.5 they fail where they should match (gh-101955).
PIECE = re.compile(
    rf"(?P<plain>{WORDS}+)|(?P<code>{CODE})|\*\*(?P<strong>(?!\s)(?:{WORDS}|{CODE})+(?<!\s))\*\*(?!\*)"
    rf"|\{{\{{c(?P<number>[1-9][0-9]{{0,2}})::(?P<answer>(?:{NO_COLON}|{CODE})+)(?:::(?P<hint>{NO_COLON}+))?\}}\}}(?!\}})"
)


def inline(text: str) -> tuple[Inline, ...] | None:
    """Return the nodes of a text of one line; None when only the parser can read it."""
    nodes = []
    end = 0
    for piece in PIECE.finditer(text):
        node = _node(piece) if piece.start() == end else None
        if node is None:
            return None
        nodes.append(node)
        end = piece.end()
    return tuple(nodes) if end == len(text) else None


def _node(piece: re.Match[str]) -> Inline | None:
    match piece.lastgroup:
        case "plain":
            return Plain(piece[0])
        case "code":
            return CodeSpan(piece[0][1:-1])
        case "strong":
            return Strong(tuple(_children(piece["strong"])))
    number, answer, hint = int(piece["number"]), piece["answer"], piece["hint"]
    if number > HIGHEST_CLOZE or not answer.strip() or NAMESPACE.fullmatch(f"{answer}::{hint}".strip()):
        return None
    return ClozeSpan(number, tuple(_children(answer)), (hint.strip() or None) if hint else None)


def _children(text: str) -> Iterator[Inline]:
    for piece in PIECE.finditer(text):
        yield Plain(piece[0]) if piece.lastgroup == "plain" else CodeSpan(piece[0][1:-1])
