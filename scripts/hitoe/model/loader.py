"""Reads the files of a project, and makes its types of them file by file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hitoe.model.project import DECK_FILE, files, misnamed
from hitoe.problems import Position, Problem
from hitoe.schema import Deck, Topic, decode
from hitoe.source import Document, Loc, read


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was read: its YAML document, the deck or topic in it (None if it cannot be read), and problems."""

    document: Document | None
    deck: Deck | None
    topic: Topic | None
    problems: tuple[Problem, ...]


def texts(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of all YAML files of a project by name, sorted, and problems with files that cannot be read."""
    found: dict[str, bytes] = {}
    problems = list(misnamed(root))
    for path in files(root):
        name = path.relative_to(root).as_posix()
        try:
            found[name] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(Position(name), f"the file cannot be read: {error.strerror}"))
    if not (root / DECK_FILE).exists():
        problems.append(
            Problem(Position(DECK_FILE), "the file is missing: write format, key, title and language into it")
        )
    return found, problems


def parse(name: str, text: bytes) -> Parsed:
    """Read one file: deck.yaml or a topic."""
    document, problems = read(name, text)
    if document is None:
        return Parsed(None, None, None, tuple(problems))
    deck: Deck | None = None
    topic: Topic | None = None
    if misplaced := _misplaced(name, document):
        found = [misplaced]
    elif name == DECK_FILE:
        deck, found = decode.deck(document)
    else:
        topic, found = decode.topic(document)
    # A line that YAML cannot read was mended in memory: what else is wrong in it may come from that.
    lines = {problem.at.line for problem in problems}
    problems += [problem for problem in found if problem.at.line not in lines]
    return Parsed(document, deck, topic, tuple(problems))


class Places:
    """Where values stand in the files of a project, which are read again for that: few are ever asked for."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        """Take the bytes of all files by name."""
        self._texts = texts
        self._documents: dict[str, Document | None] = {}

    def __contains__(self, file: str) -> bool:
        return file in self._texts

    def at(self, file: str, *loc: str | int, key: bool = False) -> Position:
        """Return the position of a value (or with `key` of its key); of an unreadable file, its start."""
        if file not in self._documents:
            self._documents[file] = read(file, self._texts[file])[0] if file in self._texts else None
        document = self._documents[file]
        way: Loc = loc
        return document.at(way, key=key) if document else Position(file)


def _misplaced(name: str, document: Document) -> Problem | None:
    keys = document.value if isinstance(document.value, dict) else {}
    if name == DECK_FILE and "topic" in keys and "key" not in keys:
        return Problem(document.at(("topic",), key=True), f"{DECK_FILE} describes the deck: move this topic elsewhere")
    if name != DECK_FILE and "format" in keys and "topic" not in keys:
        return Problem(document.at(("format",), key=True), f"this describes a deck: its place is {DECK_FILE}")
    return None
