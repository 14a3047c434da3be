"""Texts as rules about wording read them."""

import re
from unicodedata import normalize

from hitoe.kinds.card_words import words
from hitoe.text import CodeSpan, Fence, Text

SPAN = "\ufffc"
"""Replaces code: a name, whose signs are no punctuation."""
ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」|『[^『』]*』")
"""Words in parentheses or quotation marks."""


def prose(text: Text) -> str:
    """Return the words of a text in compatibility form (NFKC), with one sign for each piece of code."""
    return normalize(
        "NFKC", "".join(words(text.blocks, lambda node: SPAN if isinstance(node, CodeSpan | Fence) else None))
    ).strip()


def without_asides(text: Text) -> str:
    """Return the words of a text without those in parentheses and quotation marks."""
    return ASIDE.sub("", prose(text))
