"""Blanks in blocks of code: in these all is literal but `{{c1::…}}`, and in a blank all is the answer, also `::`."""

import re
from collections.abc import Iterator

from hitoe.text import CLOZE_START, Block, ClozeSpan, CodeSpan, Fence, TextError
from hitoe.text.literal import closing, cloze_number

NO_CODE = re.compile(r"[\\`]")
"""What hides braces elsewhere, but not in code."""


def read(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with the blanks in those of code; raises TextError if one is malformed."""
    return tuple(_fence(block) if isinstance(block, Fence) else block for block in blocks)


def _fence(fence: Fence) -> Fence:
    pieces = list(_pieces(fence.text))
    if not pieces:
        return fence
    children = (ClozeSpan(number, (CodeSpan(code),), None) if number else CodeSpan(code) for number, code in pieces)
    return Fence("".join(code for _, code in pieces), fence.language, tuple(children))


def _pieces(code: str) -> Iterator[tuple[int | None, str]]:
    """Yield the code between blanks with None, and answers with the numbers of their blanks; nothing without blanks."""
    braces, start = NO_CODE.sub("\0", code), 0
    while opening := CLOZE_START.search(code, start):
        end = closing(braces, opening.end(), len(code))
        if end < 0:
            raise TextError("the cloze {start}… is never closed: add }}}}", start=code[opening.start() :][:12])
        answer = code[opening.end() : end]
        if not answer.strip():
            raise TextError("the cloze {opening}…}}}} has nothing inside: write the answer", opening=opening[0])
        if CLOZE_START.search(answer):
            raise TextError(
                "a cloze inside the cloze {opening}…}}}}: in a block of code put them side by side",
                opening=opening[0],
            )
        if opening.start() > start:
            yield None, code[start : opening.start()]
        yield cloze_number(opening[1]), answer
        start = end + 2
    if start and code[start:]:
        yield None, code[start:]
