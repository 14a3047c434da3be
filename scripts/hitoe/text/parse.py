"""Parses the author's texts. A text on one line is always inline: lists and fences need a line end in the text."""

import re

from hitoe.text import CLOZE_START, CodeSpan, Paragraph, Plain, Text, TextError

SPECIAL = re.compile(r"[`*~^\\\[\]{}\n]")
NEAR_MISS = re.compile(r"\{\{\s*[cCｃＣ]\s*[0-9０-９,，]*\s*[:：]")


def parse(raw: str, *, math: bool = False) -> Text:
    """Return the tree of an author's text, in which formulas are read if `math`.

    Raises:
        TextError: it is empty, or a cloze or a formula in it is malformed.
    """
    words = raw.strip()
    if not words:
        raise TextError("an empty value: write the text, or leave the key out")
    if not SPECIAL.search(raw) and not (math and "$" in raw):
        return Text(raw, (Paragraph((Plain(words),)),))
    from hitoe.text import tree  # loading the Markdown parser takes as long as reading a hundred notes without it

    one_line = "\n" not in raw.strip("\n")
    return Text(raw, (Paragraph(tree.inline(words, math)),) if one_line else tree.blocks(raw, math))


def near_misses(text: Text) -> list[str]:
    """Return what looks like a cloze, but is literal text: `{{c:…}}`, `{{ c1::…}}`, `{{C1::…}}`, or one in code."""
    found = []
    for node in text.walk():
        if isinstance(node, Plain) and (hit := NEAR_MISS.search(node.text)):
            found.append(node.text[hit.start() : hit.start() + 20])
        if isinstance(node, CodeSpan) and CLOZE_START.search(node.text):
            found.append(f"`{node.text}`")
    return found
