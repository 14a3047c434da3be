"""One topic file worked out: its outline, what it gives an output, and what is wrong in it.

A pure function of the file's bytes, those of deck.yaml, and the pictures that the file names. Problems are results like
any other. Results without problems can be packed into plain values, which a memo remembers.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hitoe import checks, resources
from hitoe.deck import Card, Note, study_order, with_shipped_cards
from hitoe.model.outline import TopicOutline
from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Position, Problem

if TYPE_CHECKING:
    from hitoe.log.record import Record
    from hitoe.templating import Templates

Cards = tuple[tuple[str, tuple[int, ...]], ...]
"""Card ords by the guid of their note."""


@dataclass(frozen=True, slots=True)
class Task:
    """A topic file to work out for an `output`, which is `deck` or `log`; `root` is the project's folder.

    `shipped` are cards that learners have of this file's notes although it no longer asks them.
    """

    output: str
    root: Path
    deck_yaml: bytes
    name: str
    text: bytes
    shipped: Cards = ()


@dataclass(frozen=True, slots=True)
class TopicResult:
    """The outline (None if the file cannot be read), problems, warnings, and the files of pictures with their hashes.

    For the deck also notes and their cards in the order of study; for the log the records of entries.
    """

    outline: TopicOutline | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    order: tuple[Card, ...] = ()
    records: "tuple[Record, ...]" = ()


def work_out(task: Task) -> TopicResult:
    """Return the result of a topic file."""
    checked = checks.topic_file(_deck(task.root, task.deck_yaml), task.name, task.text)
    project = checked.project
    if project is None:
        return TopicResult(None, checked.problems)
    outline = checks.outline(project)
    warnings = tuple(problem for warn in checks.FILE_WARNINGS for problem in warn(project))
    if checked.problems:
        return TopicResult(outline, checked.problems, warnings)
    items = (item for placed in project.entries() for item in placed.entry.items.values())
    names = dict.fromkeys(item.image.file for item in items if item.image)
    pictures = tuple((name, picture_hash(task.root, name)) for name in names)
    if task.output == "log":
        return TopicResult(outline, (), warnings, pictures, records=_records(project))
    notes = _notes(project, task.shipped)
    return TopicResult(outline, (), warnings, pictures, notes, tuple(study_order(notes)))


def picture_hash(root: Path, name: str) -> str:
    """Return the hash of a file in the content folder; empty if it is not there, or links lead out of the folder."""
    home = (root / CONTENT).resolve()
    try:
        path = (home / name).resolve()
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest() if path.is_relative_to(home) else ""
    except (OSError, RuntimeError, ValueError):
        return ""


@lru_cache(maxsize=1)
def _deck(root: Path, deck_yaml: bytes) -> Project | None:
    return checks.deck_file(root, {DECK_FILE: deck_yaml}).project


def templates(language: str) -> "Templates":
    """Return the templates that print fields of notes, compiled once."""
    return _compiled(language, resources.folder())


@lru_cache(maxsize=1)
def _compiled(language: str, _folder: Path) -> "Templates":
    from hitoe.deck import cards

    return cards.templates(language)


def _notes(project: Project, shipped: Cards) -> tuple[Note, ...]:
    from hitoe.deck import cards

    printing = templates(project.deck.language)
    known, notice = dict(shipped), printing.word("retired_card")
    notes = cards.notes(project, printing, unasked=bool(shipped))
    return tuple(kept for note in notes if (kept := with_shipped_cards(note, known.get(note.guid, ()), notice)))


def _records(project: Project) -> "tuple[Record, ...]":
    from hitoe import log

    return tuple(log.records(project, log.forms(project.deck.language)))


def packed(result: TopicResult) -> Any:
    """Return a result without problems as plain values, without the name of its file."""
    outline = result.outline
    assert outline is not None
    return (
        result.pictures,
        (outline.topic, outline.title, outline.entries, outline.paths, outline.sources),
        [(warning.at.line, warning.at.column, warning.message) for warning in result.warnings],
        [note[2:] for note in result.notes],
        result.order,
        [record.packed() for record in result.records],
    )


def unpacked(name: str, values: Any) -> TopicResult | None:
    """Return the result of a file that was packed; None if these are not the values of a result."""
    try:
        pictures, outline, warnings, notes, order, records = _tuples(values)
        result = TopicResult(
            TopicOutline(*outline),
            (),
            tuple(Problem(Position(name, line, column), message) for line, column, message in warnings),
            tuple((file, digest) for file, digest in pictures),
            tuple(Note(name, outline[0], *note) for note in notes),
            order,
            _unpacked_records(records) if records else (),
        )
    except (ValueError, TypeError):
        return None
    # Media are read from the content folder: of a stranger's memo, too, only pictures that were checked.
    checked = {file for file, _ in result.pictures}
    return result if all(file in checked for note in result.notes for _, file in note.media) else None


def _tuples(values: Any) -> Any:
    return tuple([_tuples(value) if type(value) is list else value for value in values])


def _unpacked_records(records: Sequence[Any]) -> "tuple[Record, ...]":
    from hitoe.log.record import Record

    return tuple(map(Record.unpacked, records))
