"""Parses the author's texts. A text on one line is always inline: lists and fences need a line end in the text."""

import re

from hitoe.text import CLOZE_START, ClozeSpan, CodeSpan, Fence, Paragraph, Plain, Text, TextError

SPECIAL = re.compile(r"[`*~^\\\[\]{}\n]")
NEAR_MISS = re.compile(r"\{\{\s*[cCｃＣ]\s*[0-9０-９,，]*\s*[:：]")
CODE_MISS = re.compile(r"\{\{\s*[cC]\s*[0-9]+\s*::.{,9}")


def parse(raw: str, *, math: bool = False, code: bool = False) -> Text:
    """Return the tree of an author's text; `math`: formulas are read in it, `code`: blanks are, in blocks of code.

    Raises:
        TextError: it is empty, a cloze or a formula in it is malformed, or it is made to exhaust the parsers.
    """
    words = raw.strip()
    if not words:
        raise TextError("an empty value: write the text, or leave the key out")
    if not may_be_marked(raw, math=math):
        return Text(raw, (Paragraph((Plain(words),)),))
    try:
        return _parsed(raw, math=math, code=code)
    except (RecursionError, OverflowError, MemoryError):
        raise TextError("this text cannot be read: it is too long, or has too many parts in each other") from None


def may_be_marked(words: str, *, math: bool) -> bool:
    """Return whether words have a sign that could be a mark, or that of a formula; most have none."""
    return SPECIAL.search(words) is not None or (math and "$" in words)


def _parsed(raw: str, *, math: bool, code: bool) -> Text:
    # Loading the Markdown parser takes as long as reading a hundred notes without it.
    from hitoe.text import code_blanks, tree

    if "\n" not in raw.strip("\n"):
        return Text(raw, (Paragraph(tree.inline(raw.strip(), math)),))
    blocks = tree.blocks(raw, math)
    return Text(raw, code_blanks.read(blocks) if code else blocks)


def near_misses(text: Text) -> list[str]:
    """Return what looks like a cloze, but is literal text: `{{c:…}}`, `{{ c1::…}}`, `{{C1::…}}`, or one in code."""
    # Most texts have nothing but clozes, which it finds, too; escapes hide braces from it.
    if text.raw and "\\" not in text.raw and len(NEAR_MISS.findall(text.raw)) == len(text.clozes):
        return []
    found = []
    for node in text.walk():
        if isinstance(node, Plain) and (hit := NEAR_MISS.search(node.text)):
            found.append(node.text[hit.start() : hit.start() + 20])
        if isinstance(node, CodeSpan) and CLOZE_START.search(node.text):
            found.append(f"`{node.text}`")
        if isinstance(node, Fence):
            code = [part.text for part in node.children or (node,) if not isinstance(part, ClozeSpan)]
            found += [hit[0] for part in code for hit in CODE_MISS.finditer(part)]
    return found
