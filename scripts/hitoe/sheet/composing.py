"""A sheet as HTML taken apart: what is common to all pages, and the pages, each of which is laid out on its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from hitoe.sheet.kept import Kept
from hitoe.sheet.printer import Printer

FEW, MANY = 1, 24
"""Pieces that are laid out together: each lay-out has its price, and each page has to wait for its lay-out."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of a sheet, and the HTML without them; a path leads to the element in which they belong."""

    shell: str
    place: str
    parts: Sequence[Any]

    def fill(self, root: Any, indexes: Iterable[int]) -> None:
        """Put parts into the tree of the shell."""
        root.find(self.place).extend([self.parts[index] for index in indexes])

    def whole(self, printer: Printer) -> str:
        """Return the HTML with all parts."""
        root = printer.tree(self.shell)
        self.fill(root, range(len(self.parts)))
        return _text(root)


def composed(printer: Printer, html: str, place: str) -> Composed:
    """Take the elements within that at `place` out of an HTML text."""
    root = printer.tree(html)
    within = root.find(place)
    parts = list(within)
    for part in parts:
        within.remove(part)
        part.tail = None
    return Composed(_text(root), place, parts)


def name(kept: Kept, content: Path, sheet: Composed, index: int, *more: str) -> str:
    """Return the name of what is made of a part, and `more`: of its HTML, its pictures, and what is around it."""
    part = sheet.parts[index]
    pictures = [(content / unquote(image.get("src"))).read_bytes() for image in part.iter("img")]
    return kept.name(sheet.shell, _text(part), *more, *pictures)


def portions(indexes: Sequence[int], shares: int) -> list[Sequence[int]]:
    """Return indexes in portions, a few for each of the workers."""
    size = max(FEW, min(MANY, -(-len(indexes) // shares)))
    return [indexes[at : at + size] for at in range(0, len(indexes), size)]


def _text(element: Any) -> str:
    return ElementTree.tostring(element, "unicode", "html")
