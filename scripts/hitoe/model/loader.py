"""Reads the files of a project, and makes its types of them file by file."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from hitoe import content_folder
from hitoe.kinds.kept_type import KeptType
from hitoe.messages import say
from hitoe.model.project import CONTENT, DECK_FILE, SETTINGS, is_topic
from hitoe.problems import Position, Problem
from hitoe.schema import Deck, Topic, decode
from hitoe.source import Document, corrected, read
from hitoe.values.note_type import NoteTypeFile

NO_YAML = ("", ".txt", ".yam", ".yal", ".yalm", ".ymal", ".json")
"""Endings that a file of notes may have got by mistake."""
TOPIC = re.compile(rb"^(?:\xef\xbb\xbf)?topic:", re.MULTILINE)

FOLDER = say("this is a folder: a file belongs here, so rename or delete it")

Model = TypeVar("Model", Deck, Topic, NoteTypeFile)


def texts(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of a project's YAML files by name, sorted, and problems with files that cannot be read."""
    found: dict[str, bytes] = {}
    there = content_folder.walk(root)
    problems = there.problems
    for name, path in there.files.items():
        if not name.isascii() and "\ufffd" in (shown := os.fsencode(name).decode("utf-8", "replace")):
            problems.append(Problem(Position(shown), say("the file's name is not UTF-8: rename it")))
        if path.suffix == ".yaml":
            try:
                found[name] = path.read_bytes()
            except OSError as error:
                problems.append(
                    Problem(Position(name), say("the file cannot be read: {reason}", reason=error.strerror))
                )
        elif path.suffix.lower() in (".yml", ".yaml"):
            message = say("only files named *.yaml are read: rename it to {stem}.yaml", stem=path.stem)
            problems.append(Problem(Position(name), message))
    if folders := [name for name in SETTINGS if (root / name).is_dir()]:
        problems += [Problem(Position(name), FOLDER) for name in folders]
    elif DECK_FILE not in found and not any(problem.at.file in (DECK_FILE, CONTENT) for problem in problems):
        where = "" if (root / CONTENT).is_dir() else say(", or name the project's folder with -C")
        message = say("the file is missing: write format, key, title and language into it{where}", where=where)
        problems.append(Problem(Position(DECK_FILE), message))
    return found, problems


def without_topics(root: Path, texts: Mapping[str, bytes]) -> list[Problem]:
    """Return the problem of a project that has a deck and no topic, with the files that were perhaps meant as one."""
    if DECK_FILE not in texts or any(map(is_topic, texts)):
        return []
    message = say(
        "there are no notes beside this file: write a topic into {content}/topics/, in a file named *.yaml",
        content=CONTENT,
    )
    return [Problem(Position(DECK_FILE), message), *unread(root)]


def unread(root: Path) -> list[Problem]:
    """Return a problem for each file that looks like notes but is not read because of its name."""
    there = content_folder.walk(root)
    found = there.warnings
    for name, path in there.files.items():
        before, ending, after = path.name.lower().partition(".yaml")
        stem = path.name[: len(before)] if ending else path.stem
        # An editor's copy of a file that is read is none of the author's mistakes.
        if name == content_folder.LEDGER_FILE or path.with_name(f"{stem}.yaml").exists():
            continue
        if (ending and after) or (path.suffix.lower() in NO_YAML and _is_topic(path)):
            message = say("this file is not read: only files named *.yaml are, so rename it to {stem}.yaml", stem=stem)
            found.append(Problem(Position(name), message))
    return found


def _is_topic(path: Path) -> bool:
    try:
        return bool(TOPIC.search(path.read_bytes()))
    except OSError:
        return False


def parse(
    name: str,
    text: bytes,
    model: type[Model],
    *,
    math: bool = False,
    note_types: Mapping[str, KeptType] | None = None,
) -> tuple[Document | None, Model | None, list[Problem]]:
    """Read one file: its YAML document, the deck or topic in it (None if it cannot be read), and problems.

    `math`: deck.yaml says that texts have formulas; it says so for its own texts too. `note_types` are those that notes
    may have, by name.
    """
    document, problems = read(name, text)
    if document is None:
        return None, None, problems
    misplaced = _misplaced(name, document)
    if name == DECK_FILE and isinstance(document.value, dict):
        math = document.value.get("math") == "true"
    value, found = (
        (None, [misplaced]) if misplaced else decode.decode(model, document, math=math, note_types=note_types)
    )
    lines = corrected(problems)
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
        return at.line in corrected(self._read(at.file)[1])

    def _read(self, file: str) -> tuple[Document | None, list[Problem]]:
        if file not in self._files:
            self._files[file] = read(file, self._texts[file]) if file in self._texts else (None, [])
        return self._files[file]


def _misplaced(name: str, document: Document) -> Problem | None:
    keys = document.value if isinstance(document.value, dict) else {}
    if name == DECK_FILE and "topic" in keys and "key" not in keys:
        return Problem(
            document.at(("topic",), key=True),
            say("{file} describes the deck: move this topic elsewhere", file=DECK_FILE),
        )
    if name != DECK_FILE and "format" in keys and "topic" not in keys:
        return Problem(
            document.at(("format",), key=True),
            say("this describes a deck: its place is {file}", file=DECK_FILE),
        )
    return None
