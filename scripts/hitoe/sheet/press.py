"""Printing editions page by page: a page is laid out and proofread once, and kept until its HTML changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from hitoe.sheet import composing, proof
from hitoe.sheet.composing import Composed
from hitoe.sheet.fragments import Face, packed, unpacked
from hitoe.sheet.kept import Kept
from hitoe.sheet.pages import Page
from hitoe.sheet.printer import Printer
from hitoe.sheet.workers import side_by_side

BODY = "body"
SHARES = 4
"""Portions of an edition's pages."""
BLANK = Page([])
Task = tuple[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Copy:
    """An edition: its parts are the pages, and then perhaps the key, whose pages are counted when it is laid out."""

    sheet: Composed
    pages: Sequence[Page]

    @property
    def key(self) -> int | None:
        """The number of the part that is the key."""
        return len(self.pages) if len(self.sheet.parts) > len(self.pages) else None

    def number(self, total: int) -> None:
        """Print its number on each page, and how many pages there are."""
        for index, part in enumerate(self.sheet.parts[: len(self.pages)], 1):
            part.set("data-folio", f"{index} / {total}")

    def whole(self, root: Any) -> None:
        """Put all parts into the tree of the shell."""
        self.sheet.fill(root, range(len(self.sheet.parts)))


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
        plain = {edition: copy for edition, copy in copies.items() if copy.key is None}
        keyed = {edition: copy for edition, copy in copies.items() if copy.key is not None}
        for copy in plain.values():
            copy.number(len(copy.pages))
        keys = {edition: self._key_name(copy) for edition, copy in keyed.items()}
        pages = self._made(copies, {edition: self._names(copy) for edition, copy in plain.items()}, keys)
        for edition, copy in keyed.items():
            copy.number(len(copy.pages) + len(self._kept.get(keys[edition])))
        pages |= self._made(copies, {edition: self._names(copy) for edition, copy in keyed.items()}, {})
        names = {edition: [*pages[edition], *([keys[edition]] if edition in keys else [])] for edition in copies}

        def bound(edition: str) -> bytes:
            found = [unpacked(value) for name in names[edition] for value in self._kept.get(name)]
            # Without the hash of hitoe, so that the PDF does not change with every one of its releases.
            identifier = sha256(repr(found).encode()).digest()[:16]
            return self._printer.assembled(found, lambda faces: specimen(edition, faces), identifier)

        return dict(zip(copies, side_by_side(bound, list(copies)), strict=True))

    def _names(self, copy: Copy) -> list[str]:
        return [composing.name(self._kept, self._content, copy.sheet, index) for index in range(len(copy.pages))]

    def _key_name(self, copy: Copy) -> str:
        assert copy.key is not None
        return composing.name(self._kept, self._content, copy.sheet, copy.key, str(len(copy.pages)))

    def _made(
        self, copies: Mapping[str, Copy], names: Mapping[str, list[str]], keys: Mapping[str, str]
    ) -> dict[str, list[str]]:
        """Lay out what is not kept, of editions the pages with these names, and of others the key."""
        lacking = set(self._kept.missing([*keys.values(), *(name for each in names.values() for name in each)]))
        tasks: list[Task] = [(edition, ()) for edition, name in keys.items() if name in lacking]
        for edition, each in names.items():
            missing = [index for index, name in enumerate(each) if name in lacking]
            tasks += [(edition, portion) for portion in composing.portions(missing, SHARES)]

        def work(task: Task) -> list[list[Any]]:
            edition, indexes = task
            return self._pages(copies[edition], indexes) if indexes else [self._key(copies[edition])]

        for (edition, indexes), values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for name, value in zip([names[edition][i] for i in indexes] or [keys[edition]], values, strict=True):
                self._kept.put(name, value)
        return dict(names)

    def _pages(self, copy: Copy, indexes: Sequence[int]) -> list[list[Any]]:
        """Return the fragments of pages, each in a list."""
        document = self._printer.laid_out(copy.sheet.shell, lambda root: copy.sheet.fill(root, indexes))
        proof.read(document, [copy.pages[index] for index in indexes])
        return [[packed(self._printer.fragment(document, page))] for page in document.pages]

    def _key(self, copy: Copy) -> list[Any]:
        """Return the fragments of the key's pages: laid out after as many empty pages as stand before it."""
        assert copy.key is not None
        key = copy.key

        def prepare(root: Any) -> None:
            body = root.find(BODY)
            body.extend(_empty(part) for part in copy.sheet.parts[:key])
            copy.sheet.fill(root, [key])

        document = self._printer.laid_out(copy.sheet.shell, prepare)
        proof.read(document, [BLANK] * key)
        return [packed(self._printer.fragment(document, page)) for page in document.pages[key:]]


def _empty(part: Any) -> Any:
    """Return a page without anything on it."""
    return part.makeelement(part.tag, dict(part.attrib))
