"""Reads the files of a project, and makes its types of them file by file."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from hitoe.model.project import CONTENT, DECK_FILE
from hitoe.problems import Position, Problem
from hitoe.schema import Deck, Topic, decode
from hitoe.source import Document, read

Model = TypeVar("Model", Deck, Topic)


def texts(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of a project's YAML files by name, sorted, and problems with files that cannot be read."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    paths = {path.relative_to(root).as_posix(): path for path in (root / CONTENT).rglob("*") if not path.is_dir()}
    for name in sorted(name for name in paths if "/." not in name):
        suffix = paths[name].suffix
        if not name.isascii() and "\ufffd" in (shown := os.fsencode(name).decode("utf-8", "replace")):
            problems.append(Problem(Position(shown), "the file's name is not UTF-8: rename it"))
        if suffix == ".yaml":
            try:
                found[name] = paths[name].read_bytes()
            except OSError as error:
                problems.append(Problem(Position(name), f"the file cannot be read: {error.strerror}"))
        elif suffix.lower() in (".yml", ".yaml"):
            message = f"only files named *.yaml are read: rename it to {paths[name].stem}.yaml"
            problems.append(Problem(Position(name), message))
    if not (root / DECK_FILE).exists():
        message = "the file is missing: write format, key, title and language into it"
        problems.append(Problem(Position(DECK_FILE), message))
    return found, problems


def parse(name: str, text: bytes, model: type[Model]) -> tuple[Document | None, Model | None, list[Problem]]:
    """Read one file: its YAML document, the deck or topic in it (None if it cannot be read), and problems."""
    document, problems = read(name, text)
    if document is None:
        return None, None, problems
    misplaced = _misplaced(name, document)
    value, found = (None, [misplaced]) if misplaced else decode.decode(model, document)
    # A line that YAML cannot read was corrected in memory: what else is wrong in it may come from that.
    lines = {problem.at.line for problem in problems}
    return document, value, problems + [problem for problem in found if problem.at.line not in lines]


class Places:
    """The positions of values in the files of a project, which are read again for that: few are ever needed."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        """Take the bytes of all files by name."""
        self._texts = texts
        self._files: dict[str, tuple[Document | None, list[Problem]]] = {}

    def at(self, file: str, *loc: str | int, key: bool = False) -> Position:
        """Return the position of a value (or with `key` of its key); of an unreadable file, its start."""
        document, _ = self._read(file)
        return document.at(loc, key=key) if document else Position(file)

    def corrected(self, at: Position) -> bool:
        """Return whether YAML cannot read a line as it is written, so that it was corrected in memory."""
        return any(problem.at.line == at.line for problem in self._read(at.file)[1])

    def _read(self, file: str) -> tuple[Document | None, list[Problem]]:
        if file not in self._files:
            self._files[file] = read(file, self._texts[file]) if file in self._texts else (None, [])
        return self._files[file]


def _misplaced(name: str, document: Document) -> Problem | None:
    keys = document.value if isinstance(document.value, dict) else {}
    if name == DECK_FILE and "topic" in keys and "key" not in keys:
        return Problem(document.at(("topic",), key=True), f"{DECK_FILE} describes the deck: move this topic elsewhere")
    if name != DECK_FILE and "format" in keys and "topic" not in keys:
        return Problem(document.at(("format",), key=True), f"this describes a deck: its place is {DECK_FILE}")
    return None
