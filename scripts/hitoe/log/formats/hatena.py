"""Markdown for Hatena Blog, which adds a syntax of its own to Markdown.

Hatena Blog reads that syntax without regard to Markdown's backslashes: `id:name`, `((footnote))`, `[keyword:…]`,
`@Name`, `$formula$`. Text that it would take for such syntax is put into code spans, where it shows all characters.
"""

import re
from collections.abc import Iterator

from hitoe.text import CodeSpan, Inline, Paragraph, Plain, Text
from hitoe.text.rewriting import rewritten
from hitoe.typography.scripts import ALPHABETS

PHRASE = r"\(\(.*?\)\)+|\[\[.*?\]\]+|\[[^\[\]]*:[^\[\]]*\]"
"""Footnotes, keywords and Hatena's own brackets; they may contain spaces and characters of any script."""
WORD = rf"[!-'*-~{ALPHABETS}\u0300-\u036f]+|\(\(+|\)\)+"
"""A run of ASCII signs and letters; a single parenthesis is no part of it, since it often encloses a word."""
CANDIDATE = re.compile(f"{PHRASE}|{WORD}")
HATENA_SYNTAX = re.compile(
    r"^(?:\(\(|\)\)|\[\[)"
    r"|(?:id|asin|isbn|jan|ean|mailto|tel|tex):[A-Za-z0-9/]|:(?:embed|title|cite|plain)\b"
    r"|@[A-Za-z]|\[\]|\[\[|\[[^\[\]]*:|~~|\^|.[*_]|[*_]."
)
"""What Hatena Blog would read as a link, a footnote, a picture, emphasis or a superscript."""
TRAILING = ",.;!?\"'"
"""Punctuation after a word, which is left out of the code span."""


def protected(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return nodes that show the same characters, with Hatena's own syntax in code spans."""
    plain = "".join(node.text for node in Text("", (Paragraph(nodes),)).walk() if isinstance(node, Plain))
    formulas = plain.count("$") > 1  # a single $ is an amount of money
    return rewritten(nodes, lambda node: _split(node.text, formulas) if isinstance(node, Plain) else None)


def _split(text: str, formulas: bool) -> Iterator[Inline]:
    """Yield plain text and code spans; with `formulas`, words with a $ are code too."""
    done = 0
    for found in CANDIDATE.finditer(text):
        word = found[0].rstrip(TRAILING)
        if HATENA_SYNTAX.search(word) or (formulas and "$" in word):
            if found.start() > done:
                yield Plain(text[done : found.start()])
            yield CodeSpan(word)
            done = found.start() + len(word)
    if done < len(text):
        yield Plain(text[done:])
