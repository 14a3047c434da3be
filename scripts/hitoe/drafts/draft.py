"""A draft, and how it is packed: plain values by marshal, which takes half the time of JSON."""

import marshal
from collections.abc import Iterable
from dataclasses import dataclass

from hitoe.deck import Card, Note
from hitoe.problems import Position, Problem

Told = tuple[tuple[int, int, str], ...]
"""Line, column and message of problems."""


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
        return marshal.dumps((self.key, self.title, self.language, self.description, told(self.warnings)))

    @classmethod
    def unpacked(cls, line: bytes, file: str) -> "Head":
        """Return the head that was packed; `file` is the name of deck.yaml."""
        key, title, language, description, said = marshal.loads(line)
        return cls(key, title, language, description, problems(file, said))


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

    @property
    def lasting(self) -> bool:
        """Whether the file alone tells the draft: of pictures it knows only the names."""
        return not any(note.media for note in self.notes)

    @property
    def keys(self) -> bytes:
        """Nothing, for keys and paths are in memory anyway."""
        return b""

    def short(self, line: bytes) -> bytes:
        """Return the line."""
        return line

    def packed(self) -> bytes:
        """Return the draft as bytes, without the name of its file."""
        notes = [note.packed() for note in self.notes]
        return marshal.dumps((self.topic, self.title, self.entries, self.paths, notes, self.order, told(self.warnings)))

    @classmethod
    def unpacked(cls, line: bytes, file: str) -> "Draft":
        """Return the draft of a file that was packed."""
        topic, title, entries, paths, notes, order, said = marshal.loads(line)
        made = tuple(Note.unpacked(note, file, topic) for note in notes)
        return cls(topic, title, entries, paths, made, order, problems(file, said))


def told(problems: Iterable[Problem]) -> Told:
    """Return problems of one file as plain values."""
    return tuple((problem.at.line, problem.at.column, problem.message) for problem in problems)


def problems(file: str, said: Told) -> tuple[Problem, ...]:
    """Return the problems of a file that were told."""
    return tuple(Problem(Position(file, line, column), message) for line, column, message in said)
