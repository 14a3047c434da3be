"""Echoes: what is blanked must not be read elsewhere on the page.

In its own block there stands the number of its blank instead, in other blocks a sign without a number.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hitoe.sheet import reading, telling
from hitoe.sheet.reading import EMPTY, SILENT, SVG, TITLE

STRANGE = "□□"
"""What stands in place of a word that is blanked in another block."""
UNASKED = "unasked"
"""The class of answers that stay."""
UNTOUCHED = EMPTY | {TITLE, UNASKED}
"""Classes of what is left as it is: headings, which name their block, answers that are not asked, and blanks."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An answer that was blanked: its number as printed, its words, whether these are code, and the item's path."""

    mark: str
    text: str
    code: bool
    path: str


class Told(NamedTuple):
    """What becomes of the words of a block that are answers, of it or of others on its page.

    `given` are its answers that are not asked, for they can be read on the page anyway; `echoed` those that are, and
    `strange` the answers of other blocks, which are hidden where they stand in it.
    """

    given: Sequence[str] = ()
    echoed: Sequence[str] = ()
    strange: Sequence[str] = ()


NOTHING = Told()


def hide(parts: Sequence[Any], key: Mapping[str, Sequence[Blank]], told: Mapping[str, Told]) -> None:
    """Put numbers in place of the words that echo blanks of their block, and signs in place of strange ones."""
    for name, block in reading.blocks(parts):
        own = told.get(name, NOTHING)
        answers = [(blank.text, blank.mark) for blank in key.get(name, ()) if blank.text in own.echoed]
        answers += [(words, STRANGE) for words in own.strange]
        marks: dict[str, str] = {}
        for words, mark in sorted(answers, key=lambda each: -len(each[0])):
            marks.setdefault(telling.pattern(words).pattern, mark)
        if marks:
            _hide(block, re.compile("|".join(f"({each})" for each in marks)), list(marks.values()))


def _hide(element: Any, echo: re.Pattern[str], marks: Sequence[str]) -> None:
    if UNTOUCHED & set(element.get("class", "").split()) or element.tag in SILENT:
        return
    for child in list(element):
        _hide(child, echo, marks)
    if element.tag.startswith(SVG):
        element.text = echo.sub(lambda hit: _framed(_mark(hit, marks)), element.text or "")
        return
    children = list(element)
    for child in children:
        if child.tail and echo.search(child.tail):
            before, spans = _split(element, child.tail, echo, marks)
            child.tail = before
            at = list(element).index(child) + 1
            element[at:at] = spans
    if element.text and echo.search(element.text):
        element.text, spans = _split(element, element.text, echo, marks)
        element[0:0] = spans


def _split(parent: Any, text: str, echo: re.Pattern[str], marks: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the text before the first echo, and elements that hold numbers, each with the text after it."""
    spans: list[Any] = []
    before, end = "", 0
    for hit in echo.finditer(text):
        if spans:
            spans[-1].tail = text[end : hit.start()]
        else:
            before = text[: hit.start()]
        mark = _mark(hit, marks)
        span = parent.makeelement("span", {"class": "strange" if mark == STRANGE else "echo"})
        span.text = mark
        spans.append(span)
        end = hit.end()
    spans[-1].tail = text[end:]
    return before, spans


def _framed(mark: str) -> str:
    """Return a number as it stands in a figure, where there are no frames but boxes."""
    return mark if mark == STRANGE else f"[{mark}]"


def _mark(hit: re.Match[str], marks: Sequence[str]) -> str:
    """Return the number of the words that were found: each has a group of its own."""
    return marks[(hit.lastindex or 0) - 1]
