"""Echoes: what is blanked must not be read elsewhere on the page.

In its own block there stands the number of its blank instead, in other blocks a sign without a number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hitoe.sheet.telling import pattern

STRANGE = "□□"
"""What stands in place of a word that is blanked in another block."""
SVG = "{http://www.w3.org/2000/svg}"
INLINE = frozenset({"span", "code", "strong", "a", SVG + "tspan"})
EMPTY = frozenset({"blank", "segment", "cell-blank", "mark"})
"""Classes of what has nothing but the number of a blank."""
TITLE, TOPIC, UNASKED = "title", "topic", "unasked"
TASKS = frozenset({"calc", "code-title"})
UNTOUCHED = EMPTY | {TITLE}
"""Classes of what is left as it is: headings, which name their block, and blanks."""
SEAM, HOLE = "\ufdd0", "\ufdd1"
"""In what is read, where within running text an element begins or ends, and what a blank's number stands between.

They are no characters.
"""


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


class Seen(NamedTuple):
    """What can be read in a block: its title and topic, which are never hidden, and the rest with its seams and holes.

    `tasks` is the part of the rest whose numbers are never hidden: what is to be calculated or written with them.
    """

    title: str
    free: str
    tasks: str = ""
    topic: str = ""


NOTHING = Told()


def hide(parts: Sequence[Any], key: Mapping[str, Sequence[Blank]], told: Mapping[str, Told]) -> None:
    """Put numbers in place of the words that echo blanks of their block, and signs in place of strange ones."""
    for name, block in _blocks(parts):
        own = told.get(name, NOTHING)
        marks: dict[str, str] = {}
        for blank in sorted(key.get(name, ()), key=lambda blank: -len(blank.text)):
            if blank.text in own.echoed:
                marks.setdefault(pattern(blank.text).pattern, blank.mark)
        for words in own.strange:
            marks.setdefault(pattern(words).pattern, STRANGE)
        if marks:
            _hide(block, re.compile("|".join(f"({each})" for each in marks)), list(marks.values()))


def seen(parts: Sequence[Any]) -> dict[str, Seen]:
    """Return what can be read in each block."""
    read: dict[str, tuple[list[str], ...]] = {}
    for name, block in _blocks(parts):
        _read(block, *read.setdefault(name, ([], [], [], [])))
    return {name: Seen(*map("".join, texts)) for name, texts in read.items()}


def _blocks(parts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the key of each block, and what stands of it in one column."""
    for block in (element for part in parts for element in part.iter("section")):
        path = next((inner.get("data-path") for inner in block.iter() if inner.get("data-role") == "item"), None)
        if block.get("class") == "block" and path:
            yield path.partition(".")[0], block


def _read(element: Any, title: list[str], free: list[str], tasks: list[str], topic: list[str]) -> None:
    """Add the characters of an element, with a mark where something else begins than running text."""
    classes = element.get("class", "").split()
    edge = SEAM if element.tag in INLINE else "|"
    free.append(edge)
    begun = len(free)
    if TITLE in classes:
        for child in element:
            (topic if child.get("class") == TOPIC else title).extend((*child.itertext(), "|" * (child.tag == "span")))
            title.append(child.tail or "")
        title.append("|")
    elif EMPTY.intersection(classes):
        free.extend((HOLE, *element.itertext(), HOLE))
    elif element.tag not in (SVG + "style", SVG + "title"):
        free.append(element.text or "")
        for child in element:
            _read(child, title, free, tasks, topic)
            free.append(child.tail or "")
    free.append(edge)
    if TASKS.intersection(classes):
        tasks.extend(free[begun:])


def _hide(element: Any, echo: re.Pattern[str], marks: Sequence[str]) -> None:
    if UNTOUCHED & set(element.get("class", "").split()) or element.tag in (SVG + "style", SVG + "title"):
        return
    for child in list(element):
        _hide(child, echo, marks)
    if element.tag.startswith(SVG):
        element.text = echo.sub(lambda hit: _mark(hit, marks), element.text or "")
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


def _mark(hit: re.Match[str], marks: Sequence[str]) -> str:
    """Return the number of the words that were found: each has a group of its own."""
    return marks[(hit.lastindex or 0) - 1]
