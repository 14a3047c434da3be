"""A project: its deck and its topics, read from `content/` and checked."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from hitoe.problems import Position, Problem
from hitoe.schema import Deck, Entry, Item, Topic, decode
from hitoe.source import Document, Loc, read

CONTENT = "content"
DECK_FILE = "content/deck.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEntry:
    """An entry with its key and where it stands; `loc` leads to it within `file`."""

    file: str
    topic_key: str
    topic_title: str
    key: str
    entry: Entry

    @property
    def loc(self) -> Loc:
        """The way to the entry within its file."""
        return ("entries", self.key)

    @property
    def live_items(self) -> dict[str, Item]:
        """The items that are not retired, by key; none when the entry itself is retired."""
        return {key: item for key, item in self.entry.items.items() if not (item.retired or self.entry.retired)}


@dataclass(frozen=True)
class Project:
    """All notes of a project. `topics` maps files, sorted, to what they hold."""

    root: Path
    deck: Deck
    topics: Mapping[str, Topic]
    documents: Mapping[str, Document] = field(repr=False)

    def at(self, file: str, *loc: str | int, key: bool = False) -> Position:
        """Return the position of a value (or with `key` of its key) in one of the files (of one unread, its start)."""
        document = self.documents.get(file)
        return document.at(loc, key=key) if document else Position(file)

    def entries(self) -> Iterator[PlacedEntry]:
        """Return all entries, retired ones too, by file, then by position in the file."""
        return iter(self._placed)

    @cached_property
    def _placed(self) -> list[PlacedEntry]:
        return [
            PlacedEntry(file=file, topic_key=topic.topic, topic_title=topic.title, key=key, entry=entry)
            for file, topic in self.topics.items()
            for key, entry in topic.entries.items()
        ]


def files(root: Path) -> list[Path]:
    """Return the YAML files of a project, sorted by their path with '/' between folders."""
    return [path for path in _visible(root) if path.suffix == ".yaml"]


def _visible(root: Path) -> list[Path]:
    """Return all files of the content folder that are not hidden, sorted by their path with '/' between folders."""
    found = [path for path in (root / CONTENT).rglob("*") if not path.is_dir()]
    visible = (path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts))
    return sorted(visible, key=lambda path: path.relative_to(root).as_posix())


def misnamed(root: Path) -> Iterator[Problem]:
    """Yield a problem for each file that looks like notes and is not read."""
    for path in _visible(root):
        name = path.relative_to(root).as_posix()
        if not name.isascii() and "\ufffd" in (shown := os.fsencode(name).decode("utf-8", "replace")):
            yield Problem(Position(shown), "the file's name is not UTF-8: rename it")
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            yield Problem(Position(name), f"only files named *.yaml are read: rename it to {path.stem}.yaml")


def _misplaced(name: str, document: Document) -> Problem | None:
    keys = document.value if isinstance(document.value, dict) else {}
    if name == DECK_FILE and "topic" in keys and "key" not in keys:
        return Problem(document.at(("topic",), key=True), f"{DECK_FILE} describes the deck: move this topic elsewhere")
    if name != DECK_FILE and "format" in keys and "topic" not in keys:
        return Problem(document.at(("format",), key=True), f"this describes a deck: its place is {DECK_FILE}")
    return None


def parse(root: Path) -> tuple[Project | None, list[Problem]]:
    """Read all files of a project without comparing them. There is no project when the deck is unreadable."""
    documents: dict[str, Document] = {}
    problems = list(misnamed(root))
    for path in files(root):
        name = path.relative_to(root).as_posix()
        try:
            document, found = read(name, path.read_bytes())
        except OSError as error:
            document, found = None, [Problem(Position(name), f"the file cannot be read: {error.strerror}")]
        problems += found
        if document is not None:
            documents[name] = document
    # A line that YAML cannot read was mended in memory: what else is wrong in it may come from that.
    told = {(problem.at.file, problem.at.line) for problem in problems}
    deck: Deck | None = None
    topics: dict[str, Topic] = {}
    for name, document in documents.items():
        if misplaced := _misplaced(name, document):
            found = [misplaced]
        elif name == DECK_FILE:
            deck, found = decode.deck(document)
        else:
            topic, found = decode.topic(document)
            if topic is not None:
                topics[name] = topic
        problems += [problem for problem in found if (name, problem.at.line) not in told]
    if not (root / DECK_FILE).exists():
        problems.append(
            Problem(Position(DECK_FILE), "the file is missing: write format, key, title and language into it")
        )
    if deck is None:
        return None, problems
    return Project(root, deck, topics, documents), problems
