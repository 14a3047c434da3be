"""Reads the files of a project."""

from pathlib import Path

from hitoe.model.project import DECK_FILE, Project, files, misnamed
from hitoe.problems import Position, Problem
from hitoe.schema import Deck, Topic, decode
from hitoe.source import Document, read


def parse(root: Path) -> tuple[Project | None, list[Problem]]:
    """Return a project and the problems of each file by itself; None if deck.yaml cannot be read."""
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
    # A line that is no YAML was repaired in memory, so other problems of that line can come from the repair.
    reported = {(problem.at.file, problem.at.line) for problem in problems}
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
        problems += [problem for problem in found if (name, problem.at.line) not in reported]
    if not (root / DECK_FILE).exists():
        problems.append(
            Problem(Position(DECK_FILE), "the file is missing: write format, key, title and language into it")
        )
    if deck is None:
        return None, problems
    return Project(root, deck, topics, documents), problems


def _misplaced(name: str, document: Document) -> Problem | None:
    keys = document.value if isinstance(document.value, dict) else {}
    if name == DECK_FILE and "topic" in keys and "key" not in keys:
        return Problem(document.at(("topic",), key=True), f"{DECK_FILE} describes the deck: move this topic elsewhere")
    if name != DECK_FILE and "format" in keys and "topic" not in keys:
        return Problem(document.at(("format",), key=True), f"this describes a deck: its place is {DECK_FILE}")
    return None
