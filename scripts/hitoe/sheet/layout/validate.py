"""Is all of the source on the pages, once, whole, and inside its column? WeasyPrint loses things without a word.

It cuts what is too high for a page or pushes it to the next one, and templates may leave something out. So the letters
of the source's texts are looked for in the boxes of which WeasyPrint draws the PDF. Boxes have these letters as they
are; text that is read back from a PDF has not: characters share glyphs, and a hyphen at a line's end may be dropped.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from unicodedata import normalize

from hitoe.messages import joined, say
from hitoe.problems import PrintError
from hitoe.sheet.layout import boxes
from hitoe.sheet.layout.source_texts import without_space
from hitoe.typography import fonts
from hitoe.typography.line_breaking import BREAK, SOFT_HYPHEN, unglued
from hitoe.typography.printed_signs import Signs

SVG_TEXT = "{http://www.w3.org/2000/svg}text"
PLAY, BELOW = 0.5, 2.0
"""How far a box may stand out, in CSS pixels: rounding; below also by what a text is higher than its line."""
HYPHEN = SOFT_HYPHEN + "-"
"""How the text of a box ends in which WeasyPrint has divided a word: page.css says which sign it adds."""
SHOWN = 5
"""Faults that a message has at most."""
BEGIN, END = "\x02", "\x03"
"""Stand around the words of a cell in what is read, BEGIN with the cell's number."""
CELL = re.compile(f"{BEGIN}(\\d+)([^{END}]*){END}")
JOINERS = re.compile("[\u200c\u200d]")
"""Characters that nobody sees, and that are left out where they join nothing, as at the end of a node."""
RIGHT, LEFT = say("stands out on the right"), say("stands out on the left")


class Expected(NamedTuple):
    """What the pages must show.

    `pages` has for each page the paths of the items and the number of strips of each that stand there; None where
    WeasyPrint divides the pages. `texts` has for each item the letters of its texts in reading order, and `labels`
    those of the labels of its figure in any order. An answer counts as printed where the number of its blank stands.
    `signs` knows what becomes of characters on paper.
    """

    pages: Sequence[Sequence[tuple[str, int]]] | None
    texts: Mapping[str, Sequence[str]]
    labels: Mapping[str, Sequence[str]]
    signs: Signs = Signs()


class Edges(NamedTuple):
    """Where a column or a cell ends on the left and on the right, in CSS pixels."""

    left: float
    right: float


class Outside(NamedTuple):
    """Something that stands out: the path of its item, what is said of it, and its words if it does where lines end.

    Of titles and sources it is the key of their entry.
    """

    path: str
    fault: str
    words: str = ""


class Read(NamedTuple):
    """What stands in the columns of a page.

    `items` has the path of each item and the number of its strips; `printed` and `drawn` have letters with the path of
    their item, of texts and of figures; `outside` has what stands out.
    """

    items: list[tuple[str, int]]
    printed: list[tuple[str, str]]
    drawn: list[tuple[str, str]]
    outside: list[Outside]


def read(page: Any) -> Read:
    """Return what stands on a page of a WeasyPrint document."""
    found = _Reader(boxes.root(page)).found
    # Large sheets have many words: those of an item are one text, which takes a tenth of the memory.
    printed = [(path, "\n".join(text for _, text in own)) for path, own in groupby(found.printed, itemgetter(0))]
    return found._replace(printed=printed)


def check(pages: Sequence[Read], expected: Expected) -> None:
    """Compare what stands on pages with what must stand there.

    Raises:
        PrintError: something is missing, twice, cut, or stands out.
    """
    if faults := list(_faults(pages, expected)):
        shown = joined("; ", faults[:SHOWN])
        raise PrintError("the sheet was laid out wrong, which is a mistake of hitoe: {shown}", shown=shown)


def too_wide(pages: Iterable[Read]) -> dict[str, str]:
    """Return the longest words that stand out where lines end, by the paths of the items on pages in which some do."""
    found: dict[str, str] = {}
    for out in (out for page in pages for out in page.outside if out.words):
        found[out.path] = max(found.get(out.path, ""), out.words, key=len)
    return found


def _faults(pages: Sequence[Read], expected: Expected) -> Iterator[str]:
    wanted = expected.pages
    if wanted is not None and len(pages) != len(wanted):
        yield say("{count} pages instead of {wanted}", count=len(pages), wanted=len(wanted))
        return
    printed: dict[str, str] = defaultdict(str)
    drawn: dict[str, str] = defaultdict(str)
    for number, page in enumerate(pages, 1):
        items = [(path, max(1, strips)) for path, strips in page.items]
        if wanted is not None and items != list(wanted[number - 1]):
            yield say("page {number} has other items than were put there", number=number)
        yield from (say("page {number}: {fault}", number=number, fault=out.fault) for out in page.outside)
        for path, text in page.printed:
            printed[path] += f"{text}\n"
        for path, text in page.drawn:
            drawn[path] += text
    for path, texts in expected.texts.items():
        yield from _lost(path, texts, printed[path], expected.signs)
    for path, labels in expected.labels.items():
        figure = _comparable(expected.signs.drawn(drawn[path]))
        missing = (label for label in labels if _comparable(expected.signs.drawn(label)) not in figure)
        yield from (
            say("'{label}' is missing in the figure of {path}", label=without_space(label), path=path)
            for label in missing
        )


def _lost(path: str, texts: Sequence[str], printed: str, signs: Signs) -> Iterator[str]:
    """Yield a fault if texts are not printed in their order."""
    printed = _comparable(signs.printed(_whole_cells(printed)))
    at = 0
    for text in texts:
        wanted = _comparable(signs.printed(text))
        found = printed.find(wanted, at)
        if found < 0:
            yield say("'{text}' is missing in {path}", text=without_space(text), path=path)
            return
        at = found + len(wanted)


def _whole_cells(printed: str) -> str:
    """Return what is printed with the words of each cell together: of one that is cut each page has some."""
    words: dict[str, str] = defaultdict(str)
    for number, some in CELL.findall(printed):
        words[number] += some
    return CELL.sub(lambda cell: words.pop(cell[1], ""), printed)


def _comparable(text: str) -> str:
    """Return letters as they can be compared: a letter with marks may be one character or several, joined or not."""
    return JOINERS.sub("", without_space(normalize("NFD", unglued(text))))


class _Reader:
    """Goes once through the boxes of a page, and notes what stands in its columns."""

    def __init__(self, root: Any) -> None:
        self.found = Read([], [], [], [])
        self._bottom = root.content_box_y() + root.height + BELOW
        self._seen: set[int] = set()
        self._right_to_left = False
        self._entry = ""
        self._read(root, "", ())

    def _read(self, box: Any, path: str, edges: tuple[Edges, ...]) -> None:
        """Read a box in an item; its text must not pass the edges of its column and its cell where lines end."""
        role = boxes.role(box)
        # An element's lines belong to the same element as the box around them.
        if role and id(box.element) not in self._seen:
            self._seen.add(id(box.element))
            edges = self._begin(box, role, path, edges)
        if role == "item":  # also where it goes on in another column
            path = box.element.get("data-path")
            if edges and boxes.is_block(box):  # the answers of a worksheet are in columns that WeasyPrint makes
                edges = (*edges, _edges(box))
        if edges and boxes.is_cell(box):
            edges = (*edges, _edges(box))
        if boxes.is_text(box):
            if path and not boxes.is_generated(box):
                text = unglued(box.text.removesuffix(HYPHEN))
                self.found.printed.append((path, boxes.answer(box.element, text)))
            self._measure(path, box.text.strip(), box, edges, _white(box))
        elif tex := boxes.formula(box):
            if path:
                self.found.printed.append((path, tex))
            self._measure(path, tex, box, edges, 0.0)
        elif boxes.is_figure(box):
            letters = (without_space("".join(boxes.words(text))) for text in box.element.iter(SVG_TEXT))
            self.found.drawn.extend((path, each) for each in letters)
            self._measure(path, box.element.get("aria-label"), box, edges, 0.0)
        around = ((path, f"{BEGIN}{id(box.element)}"), (path, END)) if path and boxes.is_cell(box) else ()
        self.found.printed.extend(around[:1])
        for child in getattr(box, "children", ()):
            self._read(child, path, edges)
        self.found.printed.extend(around[1:])

    def _begin(self, box: Any, role: str, path: str, edges: tuple[Edges, ...]) -> tuple[Edges, ...]:
        """Note that something begins; return the edges of what is in it."""
        if role in ("column", "bar"):  # a title, whose entry is that of the next item
            self._entry = ""
        if role == "column":
            self._right_to_left = box.style["direction"] == "rtl"
            return (_edges(box),)
        if role == "item":
            path = box.element.get("data-path")
            self._entry = path.partition(".")[0]
            self.found.items.append((path, 0))
            self.found.outside[:] = [out._replace(path=out.path or self._entry) for out in self.found.outside]
        if role == "blank":
            self._measure(path, role, box, edges, 0.0)
        if role == "strip":
            self.found.items[-1] = (self.found.items[-1][0], self.found.items[-1][1] + 1)
        return edges

    def _measure(self, path: str, name: str, box: Any, edges: tuple[Edges, ...], white: float) -> None:
        """Note whether a text or a figure stands out of its column or cell."""
        if not name or not edges:
            return
        path = path or self._entry
        if self._right_to_left:
            if box.position_x + white < max(edge.left for edge in edges):
                self.found.outside.append(Outside(path, f"'{name}' {LEFT}", name))
        elif box.position_x + box.width - white > min(edge.right for edge in edges):
            self.found.outside.append(Outside(path, f"'{name}' {RIGHT}", name))
        if box.content_box_y() + box.height > self._bottom:
            self.found.outside.append(Outside(path, say("'{name}' stands out below", name=name)))


def _edges(box: Any) -> Edges:
    return Edges(float(box.position_x - PLAY), float(box.position_x + box.margin_width() + PLAY))


def _white(box: Any) -> float:
    """Return the width of the space with which a text ends, if it does: before a break it is not taken off the line."""
    if not box.text.rstrip(BREAK).endswith(" "):
        return 0.0
    names = fonts.CODE if "SheetMono" in box.style["font_family"] else fonts.PROSE
    return float(fonts.advances(names)[" "] * box.style["font_size"])
