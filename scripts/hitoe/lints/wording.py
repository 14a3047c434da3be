"""Texts as rules about wording read them."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from hitoe.text import Block, Bullets, CodeSpan, Fence, Inline, Numbers, Text

SPAN = "\ufffc"
"""Stands for code: a name, whose signs are no punctuation."""
ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」|『[^『』]*』")
"""Words in parentheses or quotation marks."""


def prose(text: Text) -> str:
    """Return the words of a text in compatibility form (NFKC), with one sign for each piece of code."""
    return normalize("NFKC", "".join(_prose(text.blocks))).strip()


def without_asides(text: Text) -> str:
    """Return the words of a text without those in parentheses and quotation marks."""
    return ASIDE.sub("", prose(text))


def _prose(nodes: Sequence[Inline | Block]) -> Iterator[str]:
    for node in nodes:
        match node:
            case CodeSpan() | Fence():
                yield SPAN
            case Bullets(items=items) | Numbers(items=items):
                for item in items:
                    yield from _prose(item)
            case _ if children := getattr(node, "children", None):
                yield from _prose(children)
            case _:
                yield getattr(node, "text", " ")
