"""Printing editions page by page: a page is laid out and proofread once, and kept until its HTML changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any

from hitoe.sheet import blanks, composing, proof
from hitoe.sheet.answers import KeyPage
from hitoe.sheet.blanks import Worksheet
from hitoe.sheet.composing import Composed
from hitoe.sheet.fragments import Face, packed, unpacked
from hitoe.sheet.kept import Kept, Packed, pack
from hitoe.sheet.levels import Levels, level
from hitoe.sheet.loosening import loosen
from hitoe.sheet.pages import Page
from hitoe.sheet.printer import Printer
from hitoe.sheet.styling import share
from hitoe.sheet.workers import side_by_side

Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """An edition: its parts are the pages, and then those of the key, which are counted by themselves."""

    sheet: Composed
    pages: Sequence[Page]
    key: Sequence[KeyPage]
    levels: Levels
    own: Levels
    loose: Collection[str]
    blanked: Worksheet | None = None
    """What is blanked; None in an edition without blanks."""

    def paths(self, index: int) -> list[str]:
        """Return the paths of what stands on a page."""
        own = len(self.pages)
        return self.pages[index].paths if index < own else self.key[index - own].paths

    def before(self, index: int) -> list[str]:
        """Return the pages before a page from which a block goes on there: its blanks are counted from the first."""
        if self.blanked is None or index >= len(self.pages):
            return []
        block = _going_on(self.pages[index])
        going = takewhile(lambda at: block and _going_on(self.pages[at]) == block, range(index, 0, -1))
        return [self.sheet.parts[at - 1] for at in going][::-1]

    def told(self, index: int) -> str:
        """Return in words how high and loose the items of a page are, and what is blanked and hidden in its blocks."""
        if index >= len(self.pages):
            return ""
        parts = [part for column in self.pages[index].columns for part in column]
        paths = [part.path(cut) for part in parts for cut in part.cuts]
        heights = [(self.levels[path], self.own[path].lead, path in self.loose) for path in paths]
        sources = [self.levels[part.block.key] for part in parts if part.ends]
        if self.blanked is None:
            return repr((heights, sources))
        blocks = dict.fromkeys(part.block.key for part in parts)
        key, words = self.blanked.key, self.blanked.told
        return repr((heights, sources, [(key.get(block), words.get(block)) for block in blocks]))


def _going_on(page: Page) -> str | None:
    """Return the block that began on a page before, if there is one."""
    first = next((part for column in page.columns for part in column), None)
    return first.block.key if first is not None and first.continued else None


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
        names = {edition: self._names(copy) for edition, copy in copies.items()}
        self._make(copies, names)

        def bound(edition: str) -> bytes:
            identifier = sha256()
            fragments = []
            for value in map(self._kept.get, names[edition]):
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
        proof.read(document, list(map(copy.paths, indexes)))
        return document

    def preparation(self, copy: Copy, indexes: Sequence[int]) -> Callable[[Any], None]:
        """Return a function that makes all places in the tree of some pages, which follow one another, the same."""

        def prepare(root: Any) -> None:
            loosen(root, copy.loose)
            level(root, [copy.pages[index] for index in indexes if index < len(copy.pages)], copy.levels, copy.own)
            if copy.blanked is not None:
                before = copy.before(indexes[0])
                trees = [self._printer.tree(copy.sheet.of(before))] if before else []
                blanks.blank([*trees, root], copy.blanked.told, copy.blanked.key)
            share(root)

        return prepare

    def _names(self, copy: Copy) -> list[str]:
        parts = copy.sheet.parts
        return [
            copy.sheet.name(self._kept, self._content, [*copy.before(i), parts[i]], copy.told(i))
            for i in range(len(parts))
        ]

    def _make(self, copies: Mapping[str, Copy], names: Names) -> None:
        """Lay out the pages of editions, by these names, that are not kept."""
        lacking = set(self._kept.missing(name for each in names.values() for name in each))
        runs = [
            (edition, run)
            for edition, each in names.items()
            for run in _runs([index for index, name in enumerate(each) if name in lacking])
        ]
        shares = composing.portions([run for _, run in runs])
        tasks = [(edition, share) for (edition, _), portions in zip(runs, shares, strict=True) for share in portions]

        def work(task: tuple[str, Sequence[int]]) -> list[Packed]:
            edition, indexes = task
            document = self.laid_out(copies[edition], indexes)
            return [pack(packed(self._printer.fragment(document, page))) for page in document.pages]

        for (edition, indexes), values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for index, value in zip(indexes, values, strict=True):
                self._kept.put(names[edition][index], value)


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    """Return rising numbers in runs of such as follow one another."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
