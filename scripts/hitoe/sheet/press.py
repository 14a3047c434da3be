"""Printing editions page by page: a page is laid out and proofread once, and kept until its HTML changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any

from hitoe.sheet import blanks, composing, proof
from hitoe.sheet.blanks import Worksheet
from hitoe.sheet.composing import Composed
from hitoe.sheet.fragments import Face, packed, unpacked
from hitoe.sheet.kept import Kept, Packed, pack
from hitoe.sheet.levels import Levels, level
from hitoe.sheet.pages import Page
from hitoe.sheet.printer import Printer
from hitoe.sheet.workers import side_by_side

SHARES = 4
"""Portions of an edition's pages."""
EMPTY = Page([])
Task = tuple[str, Sequence[int]]
Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """An edition: its parts are the pages, and then perhaps the key, whose pages are counted when it is laid out."""

    sheet: Composed
    pages: Sequence[Page]
    levels: Levels
    blanked: Worksheet | None = None
    """What is blanked; None in an edition without blanks."""

    @property
    def key(self) -> str | None:
        """The part that is the key."""
        return self.sheet.parts[-1] if len(self.sheet.parts) > len(self.pages) else None

    def numbered(self, total: int) -> "Copy":
        """Return the edition with its number on each page, and how many pages there are."""
        parts = [*composing.numbered(self.sheet.parts[: len(self.pages)], total), *self.sheet.parts[len(self.pages) :]]
        return replace(self, sheet=replace(self.sheet, parts=parts))

    def before(self, index: int) -> list[str]:
        """Return the pages before a page from which a block goes on there: its blanks are counted from the first."""
        if self.blanked is None:
            return []
        going = takewhile(lambda at: _goes_on(self.pages[at]), range(index, 0, -1))
        return [self.sheet.parts[at - 1] for at in going][::-1]

    def told(self, index: int) -> str:
        """Return in words how high the items of a page are, and what is blanked and hidden in its blocks."""
        parts = [part for column in self.pages[index].columns for part in column]
        heights = [self.levels[part.path(cut)] for part in parts for cut in part.cuts]
        if self.blanked is None:
            return repr(heights)
        blocks = dict.fromkeys(part.block.key for part in parts)
        hidden = [[blank.text for blank in self.blanked.strange.get(key, ())] for key in blocks]
        return repr((heights, [self.blanked.key.get(key) for key in blocks], hidden))


def _goes_on(page: Page) -> bool:
    first = next((part for column in page.columns for part in column), None)
    return first is not None and first.continued


class Press:
    """Prints editions of a sheet."""

    def __init__(self, printer: Printer, kept: Kept, content: Path, done: Callable[[], None]) -> None:
        self._printer = printer
        self._kept = kept
        self._content = content
        self._done = done

    def printed(self, copies: Mapping[str, Copy], specimen: Callable[[str, Sequence[Face]], str]) -> dict[str, bytes]:
        """Return the PDFs of editions; `specimen` returns the HTML of a page of an edition that shows some faces.

        Raises:
            PrintError: WeasyPrint complains, or something would be lost.
        """
        plain = {edition: copy.numbered(len(copy.pages)) for edition, copy in copies.items() if copy.key is None}
        keys = {edition: self._key_name(copy, copy.key) for edition, copy in copies.items() if copy.key is not None}
        names = {edition: self._names(copy) for edition, copy in plain.items()}
        self._make({**copies, **plain}, names, keys)
        keyed = {
            edition: copies[edition].numbered(len(copies[edition].pages) + len(self._kept.get(name)))
            for edition, name in keys.items()
        }
        more = {edition: self._names(copy) for edition, copy in keyed.items()}
        self._make(keyed, more, {})
        names |= {edition: [*each, keys[edition]] for edition, each in more.items()}

        def bound(edition: str) -> bytes:
            identifier = sha256()
            fragments = []
            for value in (value for name in names[edition] for value in self._kept.get(name)):
                identifier.update(repr(value).encode())
                fragments.append(unpacked(value))
            return self._printer.assembled(fragments, lambda faces: specimen(edition, faces), identifier.digest()[:16])

        return dict(zip(copies, side_by_side(bound, list(copies)), strict=True))

    def laid_out(self, copy: Copy, indexes: Sequence[int]) -> Any:
        """Return the document laid out from some pages of an edition, and proofread.

        Raises:
            PrintError: WeasyPrint complains, or something would be lost.
        """
        document = self._printer.laid_out(copy.sheet.some(indexes), self.preparation(copy, indexes))
        proof.read(document, [copy.pages[index] for index in indexes if index < len(copy.pages)])
        return document

    def preparation(self, copy: Copy, indexes: Sequence[int]) -> Callable[[Any], None]:
        """Return a function that makes all places in the tree of some pages, which follow one another, the same."""

        def prepare(root: Any) -> None:
            level(root, [copy.pages[index] for index in indexes if index < len(copy.pages)], copy.levels)
            if copy.blanked is not None:
                before = copy.before(indexes[0])
                trees = [self._printer.tree(copy.sheet.of(before))] if before else []
                blanks.blank([*trees, root], copy.blanked.key, copy.blanked.strange)

        return prepare

    def _names(self, copy: Copy) -> list[str]:
        parts = copy.sheet.parts
        return [
            copy.sheet.name(self._kept, self._content, [*copy.before(i), parts[i]], copy.told(i))
            for i in range(len(copy.pages))
        ]

    def _key_name(self, copy: Copy, key: str) -> str:
        return copy.sheet.name(self._kept, self._content, [key], str(len(copy.pages)))

    def _make(self, copies: Mapping[str, Copy], names: Names, keys: Mapping[str, str]) -> None:
        """Lay out what is not kept: of editions the pages with these names, and of others the key."""
        lacking = set(self._kept.missing([*keys.values(), *(name for each in names.values() for name in each)]))
        tasks: list[Task] = [(edition, ()) for edition, name in keys.items() if name in lacking]
        for edition, each in names.items():
            runs = _runs([index for index, name in enumerate(each) if name in lacking])
            tasks += [(edition, portion) for run in runs for portion in composing.portions(run, SHARES)]

        def work(task: Task) -> list[Packed]:
            edition, indexes = task
            return list(map(pack, self._pages(copies[edition], indexes) if indexes else [self._key(copies[edition])]))

        for (edition, indexes), values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for name, value in zip([names[edition][i] for i in indexes] or [keys[edition]], values, strict=True):
                self._kept.put(name, value)

    def _pages(self, copy: Copy, indexes: Sequence[int]) -> list[list[Any]]:
        """Return the fragments of pages, each in a list."""
        document = self.laid_out(copy, indexes)
        return [[packed(self._printer.fragment(document, page))] for page in document.pages]

    def _key(self, copy: Copy) -> list[Any]:
        """Return the fragments of the key's pages: laid out after as many empty pages as stand before it."""
        count = len(copy.pages)

        def prepare(root: Any) -> None:
            body = root.find("body")
            for _ in copy.pages:
                body.insert(0, root.makeelement("section", {"class": "page"}))

        document = self._printer.laid_out(copy.sheet.some([count]), prepare)
        proof.read(document, [EMPTY] * count)
        return [packed(self._printer.fragment(document, page)) for page in document.pages[count:]]


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    """Return rising numbers in runs of such as follow one another."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
