"""Blanks: on a worksheet a number and a line to write on stand for each answer, which is told at the end.

An answer is what the templates mark with the class `answer`, and all lines of a code item. A blank in running text is
as long as the next multiple of four letters, one that fills a cell of a table is the cell; so neither tells anything.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from hitoe.sheet import echoes
from hitoe.sheet.echoes import NOTHING, UNASKED, Blank, Told
from hitoe.sheet.reading import INLINE, SVG
from hitoe.typography import fonts
from hitoe.typography.line_breaking import GLUE, unglued

MARKS = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
"""The numbers from 1 to 50 in circles; what comes after them is in brackets."""
QUANTUM, WHOLE = 4, 16
"""Of what a blank is a multiple, in em, and as how long pieces it may be broken; and up to which length it is not."""
WRITTEN = 1.1
"""How much wider than in print an answer is written by hand."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What is blanked on a whole sheet, by block, and what becomes of the answers' words elsewhere.

    `revealed` are the answers that are not asked since the title of their block tells them.
    """

    key: Mapping[str, Sequence[Blank]]
    told: Mapping[str, Told]
    revealed: Sequence[Blank]


def mark(number: int) -> str:
    """Return a number as it stands in a blank."""
    return MARKS[number - 1] if number <= len(MARKS) else f"({number})"


def blank(
    parts: Sequence[Any],
    told: Mapping[str, Told],
    key: Mapping[str, Sequence[Blank]] | None = None,
) -> Mapping[str, Sequence[Blank]]:
    """Take the answers out of the parts of a sheet, and their words out of what else stands there, and return them.

    `told` says which of them stay and what is hidden, by block; `key` is what is blanked in whole blocks, where the
    parts are not all of them.
    """
    found: dict[str, list[Blank]] = {}
    for item in (element for part in parts for element in part.iter()):
        if item.get("data-role") == "item":
            path = item.get("data-path")
            block = path.partition(".")[0]
            given = told.get(block, NOTHING).given
            # Of code there may be but a part.
            coded = None if key is None else {each.path for each in key.get(block, ()) if each.code}
            _blank_item(item, path, found.setdefault(block, []), given, coded)
            for figure in item.iter(SVG + "svg"):
                # What there is to see may be what is to be learned.
                figure.find(SVG + "title").text = figure.get("aria-label")
    echoes.hide(parts, found if key is None else key, told)
    return found


def _blank_item(item: Any, path: str, blanks: list[Blank], given: Sequence[str], coded: Collection[str] | None) -> None:
    """Blank the answers of an item, or of a part of it; code that was begun in another column has its number there."""
    parents = {child: parent for parent in item.iter() for child in parent}
    for element in list(_answers(item)):
        lines = list(element.iter("span")) if element.tag == "pre" else []
        if lines and any(other.path == path for other in blanks):
            _empty(lines)
            continue
        words = "\n".join(map(_words, lines)) if lines else _words(element)
        if words in given if coded is None or not lines else path not in coded:
            _leave(element, parents)
            continue
        number = mark(len(blanks) + 1)
        blanks.append(Blank(number, words, bool(lines), path))
        if lines:
            _empty(lines)
            lines[0].text = number
        elif element.tag.startswith(SVG):
            _number(element, number)
        elif _fills_cell(element, parents.get(element)):
            _empty([element])
            element.set("class", "cell-blank")
            element.text = number
        else:
            _empty([element])
            _line(element, number, words, table=item.find(".//table") is not None)


def _leave(answer: Any, parents: Mapping[Any, Any]) -> None:
    """Leave an answer as it is; in a figure its boxes are no longer drawn."""
    answer.set("class", UNASKED)
    text = parents[answer]
    if text.tag != SVG + "text":
        return
    before = list(parents[text])[: list(parents[text]).index(text)]
    for shape in takewhile(lambda shape: shape.tag != SVG + "text", reversed(before)):
        if shape.get("data-answer") == answer.get("data-answer"):
            shape.set("class", UNASKED)


def _answers(element: Any) -> Iterator[Any]:
    classes = element.get("class", "").split()
    if "answer" in classes and element.tag == "div":
        for part in element:
            yield from part if part.tag in ("ul", "ol") else (part,)
    elif "answer" in classes:
        yield element
    elif "code" in classes:
        yield from element.iter("pre")
    else:
        for child in element:
            yield from _answers(child)


def _fills_cell(element: Any, parent: Any) -> bool:
    return parent is not None and parent.tag == "td" and len(parent) == 1 and not (parent.text or element.tail)


def _number(answer: Any, number: str) -> None:
    """Leave of an answer in a figure its number, where the room for it begins; the box around it was drawn already."""
    first, *others = answer
    for other in others:
        answer.remove(other)
    _empty([first])
    first.text = number
    first.set("x", answer.get("data-left"))
    answer.set("class", "mark")


def _empty(elements: Sequence[Any]) -> None:
    for element in elements:
        element.text = None
        for child in list(element):
            element.remove(child)


def _line(element: Any, number: str, words: str, *, table: bool) -> None:
    """Make an element a line to write on: of pieces between which it may be broken if it is long, or in a cell."""
    if element.tag in INLINE:
        element.set("class", "blank")
        # WeasyPrint lets words that are glued to a box stand out of the line.
        element.tail = (element.tail or "").removeprefix(GLUE)
    length = QUANTUM * -int(-_em(words) // QUANTUM)
    whole = not table and length <= WHOLE
    for index in range(1 if whole else length // QUANTUM):
        segment = element.makeelement("span", {"class": f"segment whole-{length}" if whole else "segment"})
        segment.text = None if index else number
        element.append(segment)


def _em(words: str) -> float:
    advances = fonts.advances()
    return 1.0 + WRITTEN * sum(advances.get(sign, 1.0) for sign in words)


def _words(element: Any) -> str:
    return unglued("".join(element.itertext())).strip("\n")
