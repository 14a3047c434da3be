"""The log from the drafts of all files: each holds what the log says of a file's entries, written in every form."""

import hashlib
import marshal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hitoe import checks, log
from hitoe.drafts import gathering
from hitoe.drafts.draft import Told, problems, told
from hitoe.drafts.making import Reader, paths
from hitoe.log import Chronicle, Record
from hitoe.problems import Problem
from hitoe.project import Project


@dataclass(frozen=True, slots=True)
class Cover:
    """The text of deck.yaml and the project that it makes: it is small, and read anew each time."""

    text: bytes
    whole: Project
    warnings: tuple[Problem, ...]

    def packed(self) -> bytes:
        """Return the text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Pages:
    """What a topic file gives the log: topic key and title, all entry keys and oldest paths, records, warnings."""

    topic: str
    title: str
    entries: tuple[str, ...]
    paths: tuple[str, ...]
    records: tuple[Record, ...]
    warnings: Told
    lasting: bool = True

    def packed(self) -> bytes:
        """Return the pages as bytes."""
        records = log.pack(self.records)
        return marshal.dumps((self.topic, self.title, self.entries, self.paths, records, self.warnings))

    @classmethod
    def unpacked(cls, line: bytes, _file: str) -> "Pages":
        """Return the pages that were packed."""
        topic, title, entries, paths, records, warnings = marshal.loads(line)
        return cls(topic, title, entries, paths, log.unpack(records), warnings)


@dataclass(frozen=True, slots=True)
class Logbook:
    """The chronicle of a project, and warnings."""

    chronicle: Chronicle
    warnings: list[Problem]
    gathered: gathering.Gathered[Cover, Pages]


class Shelf:
    """The posts of the build before, where they were written: those that are as they were need not be made again."""

    def __init__(self, folder: Path, book: Logbook, *, partly: bool) -> None:
        """Take the folder of the posts, and whether only some are to be built, so that the others stay known."""
        self._folder = folder
        self._gathered = book.gathered
        self._lines = dict(book.gathered.others) if partly else {}

    def post(self, name: str, parts: bytes, make: Callable[[], str]) -> str:
        """Return the text of a post that is made of these parts."""
        sign = _digest(self._gathered.first + name.encode() + b"\0" + parts)
        path = self._folder / name
        text = path.read_bytes() if sign in self._gathered.others and path.is_file() else b""
        if not text or _digest(text) != self._gathered.others[sign]:
            text = make().encode()
        self._lines[sign] = _digest(text)
        return text.decode()

    @property
    def kept(self) -> bytes:
        """What is to be kept for the next build."""
        return self._gathered.kept(self._lines)


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()


def start(root: Path, tools: str, kept: bytes) -> Callable[[], Logbook | None]:
    """Begin with the records of all files, as `gathering.start` says; returns a function that gathers them."""
    craft = gathering.Craft("log", PageDesk, lambda text, _file: _cover(Reader(root, text), text), Pages.unpacked)
    gather = gathering.start(craft, root, tools, kept)
    return lambda: _joined(root, found) if (found := gather()) else None


def _joined(root: Path, gathered: gathering.Gathered[Cover, Pages]) -> Logbook | None:
    project = gathered.head.whole
    if checks.problems(project):  # of the pictures that deck.yaml names, which may have gone since
        return None
    drafts = gathered.drafts
    chronicle = Chronicle(
        root,
        project.deck,
        {pages.topic: pages.title for pages in drafts.values()},
        tuple(record for pages in drafts.values() for record in pages.records),
    )
    warnings = [problem for name, pages in drafts.items() for problem in problems(name, pages.warnings)]
    return Logbook(chronicle, [*gathered.head.warnings, *warnings], gathered)


class PageDesk:
    """Makes pages of a project's files under one deck.yaml; `head` is None when only the long way can read that."""

    def __init__(self, root: Path, deck_yaml: bytes) -> None:
        self._reader = Reader(root, deck_yaml)
        whole = self._reader.whole
        self.head = _cover(self._reader, deck_yaml) if whole else None
        self._forms = log.forms(whole.deck.language) if whole else ()

    def draft(self, name: str, text: bytes) -> Pages | None:
        """Return the pages of a topic file; None when only the long way can read it."""
        project = self._reader.project(name, text)
        if project is None:
            return None
        topic = project.topics[name]
        records = tuple(log.records(project, self._forms))
        # The digest knows nothing of pictures.
        lasting = not any(item.image for entry in topic.entries.values() for item in entry.items.values())
        return Pages(
            topic.topic,
            topic.title,
            tuple(topic.entries),
            paths(project),
            records,
            told(checks.warnings(project)),
            lasting,
        )


def _cover(reader: Reader, text: bytes) -> Cover:
    assert reader.whole is not None
    return Cover(text, reader.whole, tuple(checks.warnings(reader.whole)))
