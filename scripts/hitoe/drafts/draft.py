"""A draft, and how it is packed: plain values by marshal, which takes half the time of JSON."""

import marshal
from collections.abc import Iterable
from dataclasses import dataclass

from hitoe.deck import Card, Note
from hitoe.problems import Position, Problem

_Told = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What deck.yaml gives the deck: its key, title and language, a description in HTML, and warnings."""

    key: str
    title: str
    language: str
    description: str
    warnings: tuple[Problem, ...]

    def packed(self) -> bytes:
        """Return the head as bytes."""
        return marshal.dumps((self.key, self.title, self.language, self.description, _told(self.warnings)))

    @classmethod
    def unpacked(cls, line: bytes, file: str) -> "Head":
        """Return the head that was packed; `file` is the name of deck.yaml."""
        key, title, language, description, told = marshal.loads(line)
        return cls(key, title, language, description, _problems(file, told))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a topic file gives the deck: topic key and title, all entry keys and oldest paths, notes, warnings.

    `order` is the order of study of the notes' cards.
    """

    topic: str
    title: str
    entries: tuple[str, ...]
    paths: tuple[str, ...]
    notes: tuple[Note, ...]
    order: tuple[Card, ...]
    warnings: tuple[Problem, ...]

    def packed(self) -> bytes:
        """Return the draft as bytes, without the name of its file."""
        notes = [note.packed() for note in self.notes]
        return marshal.dumps(
            (self.topic, self.title, self.entries, self.paths, notes, self.order, _told(self.warnings))
        )

    @classmethod
    def unpacked(cls, line: bytes, file: str) -> "Draft":
        """Return the draft of a file that was packed."""
        topic, title, entries, paths, notes, order, told = marshal.loads(line)
        made = tuple(Note.unpacked(note, file, topic) for note in notes)
        return cls(topic, title, entries, paths, made, order, _problems(file, told))


def _told(problems: Iterable[Problem]) -> _Told:
    return tuple((problem.at.line, problem.at.column, problem.message) for problem in problems)


def _problems(file: str, told: _Told) -> tuple[Problem, ...]:
    return tuple(Problem(Position(file, line, column), message) for line, column, message in told)
