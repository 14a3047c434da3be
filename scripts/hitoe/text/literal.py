"""What rules of marks have in common: what is literal in a text, where a cloze ends, reading what is enclosed."""

import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from hitoe.text import CLOZE_START, TextError

SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
LITERAL = re.compile(r"\\.|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)", re.S)
"""An escaped character, or a code span: nothing in it opens or closes anything."""
BRACES = tuple(
    re.compile(rf"{skipped.pattern}|(?P<open>\{{{{{size}}})|(?P<close>\}}{{{size}}})", re.S)
    for size, skipped in ((1, LITERAL), (2, LITERAL), (2, SPAN))
)
"""Find the braces outside of what is literal, see `closing`."""
HIGHEST_CLOZE = 500
"""Anki makes no card for a higher number (rslib/src/cloze.rs)."""
LONGEST = 40
"""Characters of a text that a message repeats."""


def cloze_number(digits: str) -> int:
    """Return the number of a cloze; raises TextError if Anki makes no card for it."""
    number = digits.lstrip("0") or "0"
    if len(number) > len(str(HIGHEST_CLOZE)) or not 1 <= int(number) <= HIGHEST_CLOZE:
        raise TextError(
            "a cloze with number {number}: count from 1 (to {highest})",
            number=number,
            highest=HIGHEST_CLOZE,
        )
    return int(number)


def clozes(source: str, braces: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of code or TeX, in which all is literal but clozes: a cloze's number, 0 for no cloze, and a text.

    `braces` is the same text, in which what hides braces may be replaced.

    Raises:
        TextError: a cloze is not closed, is in another one, has nothing in it, or has a number that cannot be.
    """
    start = 0
    while opening := CLOZE_START.search(source, start):
        end = closing(braces, opening.end(), len(source))
        if end < 0:
            raise TextError("the cloze {start}… is never closed: add }}}}", start=source[opening.start() :][:12])
        answer = source[opening.end() : end]
        if not answer.strip():
            raise TextError("the cloze {opening}…}}}} has nothing inside: write the answer", opening=opening[0])
        if CLOZE_START.search(answer):
            raise TextError("a cloze inside the cloze {opening}…}}}}: put them side by side", opening=opening[0])
        if opening.start() > start:
            yield 0, source[start : opening.start()]
        yield cloze_number(opening[1]), answer
        start = end + 2
    if source[start:]:
        yield 0, source[start:]


def masked(text: str) -> str:
    """Return a text in which what is literal is replaced by as many zero characters."""
    return LITERAL.sub(mask, text)


def mask(match: re.Match[str]) -> str:
    """Return as many zero characters as a match has."""
    return "\0" * len(match[0])


def shortened(text: str) -> str:
    """Return a text as messages repeat it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def closing(source: str, start: int, stop: int) -> int:
    """Return the index of the `}}` that closes what began before `start`, braces and code counted; else -1.

    Single braces count first, so that JSON is whole; where they do not pair, only double ones do. Last, a
    backslash before the end counts as a character, as in a path.
    """
    for braces in BRACES:
        depth = 0
        for hit in braces.finditer(source, start, stop):
            if hit["open"]:
                depth += 1
            elif hit["close"] and depth:
                depth -= 1
            elif source.startswith("}}", hit.start(), stop):
                return hit.start()
    return -1


def nested(state: StateInline, start: int, end: int) -> None:
    """Read what a mark encloses, as if nothing stood around it."""
    outer, state.pos, state.posMax = state.posMax, start, end
    before, state.env["start"] = state.env.get("start", 0), start
    state.md.inline.tokenize(state)
    state.posMax, state.env["start"] = outer, before
