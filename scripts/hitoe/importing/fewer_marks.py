"""Leaves marks out of nodes that hitoe's Markdown cannot express as they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from hitoe.importing.inline_tree import merged
from hitoe.messages import say
from hitoe.text import (
    Block,
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Emphasis,
    Fence,
    Inline,
    Link,
    Numbers,
    Paragraph,
    Plain,
    Strong,
    Sub,
    Sup,
)
from hitoe.text.rewriting import mapped

APART = say("double braces and hints: a space stands in the braces, and hints are left out")
_WORDS = (Emphasis, Sub, Sup, Strong)
_BLOCKS = (*_WORDS, CodeSpan, Link, Bullets, Numbers, Fence)
STEPS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((), ""),
    ((Emphasis,), say("italic: no mark can be put there")),
    ((ClozeSpan,), APART),
    ((Emphasis, Sub, Sup), say("subscript or superscript: no mark can be put there")),
    (_WORDS, say("bold: no mark can be put there")),
    ((*_WORDS, CodeSpan, Link), say("code or link: no mark can be put there")),
    (_BLOCKS, say("lists and blocks of code: they are paragraphs")),
    ((*_BLOCKS, ClozeSpan), say("lists, code and marks are left out; {apart}", apart=APART)),
)
"""Marks that are left out one after the other until a text is read as it is meant."""


def unlisted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks without a list that is all of the text and has one line: a text of one line has no list."""
    inner = tuple(blocks)
    while len(inner) == 1 and isinstance(inner[0], Bullets | Numbers) and len(inner[0].items) == 1:
        inner = inner[0].items[0]
    match inner:
        case [Paragraph(children)] if not any(isinstance(child, Break) for child in children):
            return inner
    return tuple(blocks)


def without(block: Any, dropped: tuple[type, ...]) -> Any:
    """Return a block in which marks of some classes are left out and what is in them is kept."""
    if isinstance(block, Paragraph):
        return Paragraph(merged(_inlines(block.children, dropped)))
    if Fence in dropped:
        return Paragraph(merged(_inlines(_flat(block), dropped)))
    return mapped(block, lambda inner: tuple(without(each, dropped) for each in inner))


def _flat(block: Block) -> list[Inline]:
    match block:
        case Paragraph(children):
            return list(children)
        case Fence():
            return [Plain(" ".join(block.text.split()))]
        case Bullets(items) | Numbers(items):
            parts = [_flat(each) for item in items for each in item]
            return [node for part in parts for node in (Plain(" "), *part)][1:]


def _inlines(nodes: Iterable[Any], dropped: tuple[type, ...]) -> list[Any]:
    found: list[Any] = []
    for node in nodes:
        match node:
            case Sub(text) | Sup(text) | CodeSpan(text) if isinstance(node, dropped):
                found += _inlines([Plain(text)], dropped)
            case Strong() | Emphasis() | Link() if isinstance(node, dropped):
                found += _inlines(node.children, dropped)
            case Plain(text) | CodeSpan(text) if ClozeSpan in dropped:  # the last way out
                found.append(replace(node, text=re.sub(r"\{(?=\{)", "{ ", text)))
            case ClozeSpan(number, children, hint):
                kept = None if ClozeSpan in dropped else hint
                found.append(ClozeSpan(number, merged(_inlines(children, dropped)), kept))
            case Strong() | Emphasis() | Link():
                found.append(replace(node, children=merged(_inlines(node.children, dropped))))
            case _:
                found.append(node)
    return found
