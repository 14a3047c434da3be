"""Blanks in blocks of code: in these all is literal but `{{c1::…}}`, and in a blank all is the answer, also `::`."""

import re

from hitoe.text import Block, ClozeSpan, CodeSpan, Fence
from hitoe.text.literal import clozes

NO_CODE = re.compile(r"[\\`]")
"""What hides braces elsewhere, but not in code."""


def read(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with the blanks in those of code; raises TextError if one is malformed."""
    return tuple(_fence(block) if isinstance(block, Fence) else block for block in blocks)


def _fence(fence: Fence) -> Fence:
    pieces = list(clozes(fence.text, NO_CODE.sub("\0", fence.text)))
    if not any(number for number, _ in pieces):
        return fence
    children = (ClozeSpan(number, (CodeSpan(code),), None) if number else CodeSpan(code) for number, code in pieces)
    return Fence("".join(code for _, code in pieces), fence.language, tuple(children))
