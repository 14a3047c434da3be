"""Reading: what can be read of blocks whose answers are blanked."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

SVG = "{http://www.w3.org/2000/svg}"
INLINE = frozenset({"span", "code", "strong", "a", SVG + "tspan"})
EMPTY = frozenset({"blank", "segment", "cell-blank", "mark"})
"""Classes of what has nothing but the number of a blank."""
TITLE, TOPIC = "title", "topic"
TASKS = frozenset({"calc", "code-title"})
SILENT = frozenset({SVG + "style", SVG + "title"})
"""Elements whose words are not printed."""
SEAM, HOLE = "\ufdd0", "\ufdd1"
"""In what is read, where within running text an element begins or ends, and what a blank's number stands between.

They are no characters.
"""
HOLES = re.compile(f"{HOLE}[^{HOLE}]*{HOLE}")


class Piece(NamedTuple):
    """What can be read in an item, with its seams and holes.

    `tasks` is the part of that whose numbers are never hidden: what is to be calculated or written with them.
    """

    path: str
    text: str
    tasks: str = ""


class Seen(NamedTuple):
    """What can be read in a block: its title and topic, which are never hidden, and its items, with sources."""

    title: str
    topic: str
    pieces: Sequence[Piece]


def seen(parts: Sequence[Any]) -> dict[str, Seen]:
    """Return what can be read in each block; the parts hold whole blocks, of which all answers are blanked."""
    return {name: _Reader().read(block) for name, block in blocks(parts)}


def blocks(parts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the key of each block, and what stands of it in one column."""
    for block in (element for part in parts for element in part.iter("section")):
        path = next((inner.get("data-path") for inner in block.iter() if inner.get("data-role") == "item"), None)
        if block.get("class") == "block" and path:
            yield path.partition(".")[0], block


class _Reader:
    """Reads a block."""

    def __init__(self) -> None:
        self._title: list[str] = []
        self._topic: list[str] = []
        self._text: list[str] = []
        self._tasks: list[str] = []

    def read(self, block: Any) -> Seen:
        items: list[tuple[str, list[str], list[str]]] = []
        for element in block:
            if element.get("data-role") == "item":
                self._text, self._tasks = [], []
                items.append((element.get("data-path"), self._text, self._tasks))
            self._read(element)
        pieces = [Piece(path, "".join(text), "".join(tasks)) for path, text, tasks in items]
        return Seen("".join(self._title), "".join(self._topic), pieces)

    def _read(self, element: Any) -> None:
        """Note the characters of an element, with a mark where something else begins than running text."""
        classes = element.get("class", "").split()
        begun, edge = len(self._text), SEAM if element.tag in INLINE else "|"
        self._text.append(edge)
        if TITLE in classes:
            self._read_title(element)
        elif EMPTY.intersection(classes) or element.tag == "pre":
            self._text.extend((HOLE, *element.itertext(), HOLE))
        elif element.tag not in SILENT:
            self._text.append(element.text or "")
            for child in element:
                self._read(child)
                self._text.append(child.tail or "")
        self._text.append(edge)
        if TASKS.intersection(classes):
            self._tasks.extend(self._text[begun:])

    def _read_title(self, element: Any) -> None:
        for child in element:
            texts = self._topic if child.get("class") == TOPIC else self._title
            texts.extend((*child.itertext(), "|" * (child.tag == "span")))
            self._title.append(child.tail or "")
        self._title.append("|")
