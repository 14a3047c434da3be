"""The author's Markdown as a tree: parsed once, rendered for the card, the sheet and the log.

This package alone knows markdown-it.
"""

from hitoe.text.marks import TextError
from hitoe.text.nodes import (
    Block,
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Fence,
    Inline,
    Link,
    Numbers,
    Paragraph,
    Plain,
    Strong,
    Text,
)
from hitoe.text.parse import near_misses, parse

__all__ = [
    "Block",
    "Break",
    "Bullets",
    "ClozeSpan",
    "CodeSpan",
    "Fence",
    "Inline",
    "Link",
    "Numbers",
    "Paragraph",
    "Plain",
    "Strong",
    "Text",
    "TextError",
    "near_misses",
    "parse",
]
