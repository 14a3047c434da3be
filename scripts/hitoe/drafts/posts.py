"""The log from the drafts of all files: each holds what the log says of a file's entries, written in every form."""

import marshal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from hitoe import checks
from hitoe.drafts import gathering
from hitoe.drafts.draft import problems
from hitoe.drafts.pages import Cover, PageDesk, Pages, cover, opened
from hitoe.log import Chronicle, digest
from hitoe.problems import Problem

SHEETS = "pages"
"""The folder in the cache that has the texts of each file."""


@dataclass(frozen=True, slots=True)
class Logbook:
    """The chronicle of a project, and warnings."""

    chronicle: Chronicle
    warnings: list[Problem]
    gathered: gathering.Gathered[Cover, Pages]

    def texts(self, cache: Path) -> tuple[dict[str, bytes], list[str]]:
        """Return the texts that are to be kept and are not yet, by their names in the cache, and names that may go."""
        folder = cache / SHEETS
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        lasting = {pages.sign.hex(): pages.texts for pages in self.gathered.drafts.values() if pages.lasting}
        new = {f"{SHEETS}/{name}": texts for name, texts in lasting.items() if texts}
        return new, [f"{SHEETS}/{name}" for name in sorted(there - set(lasting))]


class Shelf:
    """The posts of the build before, where they were written: those that are as they were need not be made again."""

    def __init__(self, book: Logbook, there: Mapping[str, bytes], *, partly: bool) -> None:
        """Take the digests of the files that are there, and whether only some are to be built: others stay known."""
        self.standing: dict[str, str] = {}
        self._there = there
        self._gathered = book.gathered
        self._lines = dict(book.gathered.others) if partly else {}
        self._signs: dict[str, bytes] = {}

    def stands(self, name: str, parts: bytes) -> bool:
        """Whether a file that is made of these parts is there as it was made."""
        sign = digest(self._gathered.first + name.encode() + b"\0" + parts)
        known = self._gathered.others.get(sign)
        if known is None or known != self._there.get(name):
            self._signs[name] = sign
            return False
        self._lines[sign] = known
        self.standing[name] = known.hex()
        return True

    def kept(self, made: Mapping[str, bytes]) -> bytes:
        """Return what is to be kept for the next build, besides texts, when these files were made anew."""
        lines = {self._signs[name]: digest(text) for name, text in made.items()}
        return self._gathered.kept(self._lines | lines)


def start(root: Path, tools: str, cache: Path, kept: bytes) -> Callable[[], Logbook | None]:
    """Begin with the records of all files, as `gathering.start` says; returns a function that gathers them."""
    craft = gathering.Craft("log", PageDesk, lambda text, _file: cover(root, text), Pages.unpacked, light=True)
    gather = gathering.start(craft, root, tools, kept)
    return lambda: _joined(root, cache, found) if (found := gather()) else None


def _joined(root: Path, cache: Path, gathered: gathering.Gathered[Cover, Pages]) -> Logbook | None:
    project = gathered.head.whole
    if checks.problems(project):  # of the pictures that deck.yaml names, which may have gone since
        return None
    drafts = gathered.drafts
    texts = lru_cache(None)(partial(_texts, cache, gathered))
    chapters = (chapter for name, pages in drafts.items() for chapter in opened(pages, partial(texts, name)))
    topics = {pages.topic: pages.title for pages in drafts.values()}
    warnings = [problem for name, pages in drafts.items() for problem in problems(name, pages.warnings)]
    chronicle = Chronicle(root, project.deck, topics, tuple(chapters))
    return Logbook(chronicle, [*gathered.head.warnings, *warnings], gathered)


def _texts(cache: Path, gathered: gathering.Gathered[Cover, Pages], name: str) -> Sequence[bytes]:
    """Return the packed records of a file's chapters: as they were kept, or made again."""
    pages = gathered.drafts[name]
    texts = pages.texts
    if not texts:
        path = cache / SHEETS / pages.sign.hex()
        texts = path.read_bytes() if path.is_file() else b""
        if digest(texts) != pages.sign:
            texts = gathered.again(name).texts
    made: Sequence[bytes] = marshal.loads(texts)
    return made
