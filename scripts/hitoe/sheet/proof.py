"""Proofreading: is all that was composed on its page, once, whole, and inside its column?

WeasyPrint cuts what is too high for a page, or pushes it to the next one, without a word.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from hitoe.problems import PrintError
from hitoe.sheet.measuring import boxes, with_role
from hitoe.typography import fonts
from hitoe.typography.line_breaking import BREAK, unglued

FIGURE = "{http://www.w3.org/2000/svg}svg"
PLAY = 0.5
"""How far a box may stand out, in CSS pixels: rounding."""


def read(document: Any, pages: Sequence[Sequence[str]]) -> None:
    """Compare a laid-out document with the paths of what was composed, page by page.

    Raises:
        PrintError: something is missing, twice, cut, or stands out.
    """
    faults = list(_faults(document, pages))
    if faults:
        raise PrintError("the sheet was laid out wrong, which is a mistake of hitoe: " + "; ".join(faults[:5]))


def _faults(document: Any, pages: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(document.pages) != len(pages):
        yield f"{len(document.pages)} pages instead of {len(pages)}"
        return
    for number, (laid_out, wanted) in enumerate(zip(document.pages, pages, strict=True), 1):
        root = laid_out._page_box
        found = list(with_role(root, "item", "told"))
        if [box.element.get("data-path") for box in found] != wanted:
            yield f"page {number} has other items than composed"
        yield from (f"page {number}: {fault}" for box in found if (fault := _incomplete(box)))
        yield from (f"page {number}: {fault}" for fault in _standing_out(root))


def _incomplete(part: Any) -> str | None:
    """Compare the letters of an item, or of a passage of the key, with those in its box."""
    element = part.element
    wanted = _letters("".join(_told(element)))
    texts = (box for box in boxes(part) if _is_text(box) and "::" not in box.element_tag)
    printed = _letters("".join(box.text for box in texts))
    return None if wanted == printed else f"text of {element.get('data-path')} is lost: {wanted} became {printed}"


def _told(element: Any) -> Iterator[str]:
    """Yield the texts that are laid out as lines: those in figures have their places already."""
    if element.tag != FIGURE:
        yield element.text or ""
        for child in element:
            yield from _told(child)
            yield child.tail or ""


def _letters(text: str) -> str:
    return re.sub(r"\s", "", unglued(text))


def too_wide(root: Any) -> Iterator[str]:
    """Yield the paths of the items on a page in which something stands out on the right."""
    for column in with_role(root, "column"):
        for item in with_role(column, "item"):
            if any(_beyond(item, column)):
                yield item.element.get("data-path")


def _standing_out(root: Any) -> Iterator[str]:
    """Look for text outside its column or its cell."""
    for column in with_role(root, "column"):
        bottom = root.content_box_y() + root.height
        yield from (f"'{name}' stands out on the right" for name in _beyond(column, column))
        for box in boxes(column):
            if (name := _name(box)) and box.position_y + box.height > bottom + PLAY:
                yield f"'{name}' stands out below"


def _beyond(part: Any, column: Any) -> Iterator[str]:
    """Yield what in a part of a column stands out on the right, of the column or of a cell."""
    for cell in [part, *(box for box in boxes(part) if type(box).__name__ == "TableCellBox")]:
        edge = column if cell is part else cell
        right = edge.position_x + edge.margin_width() + PLAY
        for box in boxes(cell):
            if (name := _name(box)) and box.position_x + box.width - _white(box) > right:
                yield name


def _name(box: Any) -> str:
    """Return what may stand out: a text, or the title of a figure."""
    if _is_text(box):
        return str(box.text).strip()
    return str(box.element.get("aria-label")) if box.element is not None and box.element.tag == FIGURE else ""


def _white(box: Any) -> float:
    """Return how wide the space is with which a text ends, if it does: one before a break is not taken off the line."""
    if not (_is_text(box) and box.text.rstrip(BREAK).endswith(" ")):
        return 0.0
    return float(fonts.space(code="SheetMono" in box.style["font_family"]) * box.style["font_size"])


def _is_text(box: Any) -> bool:
    return type(box).__name__ == "TextBox"
