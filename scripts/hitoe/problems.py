"""What is wrong in the author's files: one sentence each, with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a source file; `file` is relative to the project, `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A sentence to the author: what is wrong at `at`, and how to mend it."""

    at: Position
    message: str

    def __str__(self) -> str:
        return f"{self.at}: {self.message}"


class InputError(Exception):
    """The author's files cannot be used; `problems` is sorted and has no repeats."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class PrintError(Exception):
    """A sheet that must not be printed: WeasyPrint cannot run or complained, or something was lost on the way."""


class CollectionError(Exception):
    """An Anki collection cannot be used; the message is one sentence that says which, why, and what to do."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


class RefusedError(Exception):
    """An order that cannot be carried out; the message says how to mend it."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a sentence about an unknown word: the closest known one, or all of them."""
    choices = list(known)
    close = close_to(word, choices)
    return f"did you mean {close}?" if close else f"use one of: {', '.join(choices)}"


def close_to(word: str, known: Iterable[str]) -> str:
    """Return the closest of the known words, in quotes; empty when none resembles it."""
    return "".join(f"'{close}'" for close in get_close_matches(word, list(known), n=1))
