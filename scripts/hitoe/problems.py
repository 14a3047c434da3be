"""The errors hitoe reports to its user, each as one sentence; those in the author's files with their position."""

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from hitoe.messages import Message, SaidError, joined, say

MOST_NAMED, MOST_COMPARED, MOST_LOOKED_AT = 50, 200, 1000
"""Known words that a message lists, and that an unknown word is compared with: of more, those with its first letter, as
far as they are among the first ones."""
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What ends a line, moves the cursor, turns the direction of writing, or belongs to a name that is not UTF-8."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A position in a file: `file` is relative to the project, `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A message to the author: what is wrong at a position, how to correct it, and the `rule` if it is a lint's."""

    at: Position
    message: str
    rule: str = ""

    def __str__(self) -> str:
        return joined(": ", (self.at, self.message))


class InputError(Exception):
    """The author's files cannot be used; `problems` is sorted and has no duplicates."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(self.problems)  # its arguments are what a worker process sends of an error

    def __str__(self) -> str:
        return joined("\n", map(str, self.problems))


class PrintError(SaidError):
    """The sheet cannot be printed: WeasyPrint cannot run or logged a warning, or content is missing in the PDF."""


class CollectionError(Exception):
    """An Anki collection cannot be used; the message says which one, why, and what to do."""

    def __init__(self, path: Path, template: str, /, **arguments: object) -> None:
        why = template if isinstance(template, Message) else say(template, **arguments)
        super().__init__(joined(": ", (path, why)))


class RefusedError(SaidError):
    """A request that cannot be fulfilled; the message says why and what to do."""


def one_line(message: str) -> str:
    """Return a message in one line: control characters in it, which names and values may have, as escapes."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], message)


@contextmanager
def foreign(told: InputError | CollectionError | RefusedError) -> Iterator[None]:
    """Tell an error in place of whatever a parser raises about data that is not hitoe's own.

    Parsers raise anything of made-up data: a RecursionError, an OverflowError, a TypeError. Only their calls belong
    into the context, for mistakes of hitoe keep their traceback. What the machine lacks (OSError) is no matter of data,
    unless the system says that what it was asked makes no sense (EINVAL), or a library made the error (no number).
    """
    try:
        yield
    except (InputError, PrintError, CollectionError, RefusedError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise told from error


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: a question with the closest known word, else all of them."""
    choices = list(islice(known, MOST_LOOKED_AT))
    if close := close_to(word, choices):
        return say("did you mean {close}?", close=close)
    named = [*choices[:MOST_NAMED], *["…"] * (len(choices) > MOST_NAMED)]
    return say("use one of: {choices}", choices=", ".join(named))


def close_to(word: str, known: Iterable[str]) -> str:
    """Return the closest of the known words in quotes; empty when none is similar."""
    choices = list(islice(known, MOST_LOOKED_AT))
    if len(choices) > MOST_COMPARED:
        choices = [each for each in choices if each[:1] == word[:1]][:MOST_COMPARED]
    return "".join(f"'{close}'" for close in get_close_matches(word, choices, n=1))
