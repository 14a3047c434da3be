"""What is fuzzed: a function that reads made-up bytes, and the only outcomes it may have."""

import io
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from hitoe.commands import print_problems
from hitoe.problems import UNPRINTABLE, CollectionError, InputError, Problem, RefusedError, one_line
from hypothesis.strategies import SearchStrategy

from fuzzing.mutations import Mutation

PLACED = re.compile(r"(?P<file>.*?):(?P<line>[0-9]+):(?P<column>[0-9]+): (?P<message>.*\S.*)")


class BrokenRuleError(AssertionError):
    """An outcome that is no success and no sentence as it should be."""


class TooSlowError(BaseException):
    """An input took more time than any may take; no `except Exception` stops it."""


@dataclass(frozen=True)
class Target:
    """Something that reads bytes.

    `run` returns the sentences with which an input was refused, none if it was taken, and raises whatever else comes
    of it. `seeds` are good inputs, `ways` those to change them, `strategy` makes others out of nothing. `share` is how
    much of the time it gets, `factor` how many times more seconds than others it may take.
    """

    name: str
    ending: str
    seeds: Sequence[bytes]
    run: Callable[[bytes], Sequence[str]]
    ways: Sequence[Mutation]
    strategy: SearchStrategy[bytes] | None = None
    share: int = 1
    factor: float = 1


def outcome(work: Callable[[], object], lines: Mapping[str, int] = {}) -> list[str]:
    """Return the sentences with which work is refused, none if it is not.

    `lines` are how many the files have of which problems may be told; without it any file is right.
    """
    try:
        work()
    except InputError as error:
        return sentences(error.problems, lines)
    except (CollectionError, RefusedError) as error:
        said = one_line(str(error))
        if not said.strip() or UNPRINTABLE.search(said):
            raise BrokenRuleError(f"no sentence: {said!r}") from error
        return [said]
    return []


def sentences(problems: Sequence[Problem], lines: Mapping[str, int] = {}) -> list[str]:
    """Return problems as they are printed; each must be one line with a place that is there."""
    with redirect_stderr(io.StringIO()) as printed:
        print_problems(InputError(problems), "nothing was written", Path())
    *said, last = printed.getvalue().removesuffix("\n").split("\n")
    if len(said) != len(set(problems)) or not problems or not last.startswith(f"hitoe: {len(said)} problem"):
        raise BrokenRuleError(f"{len(said)} lines for {len(problems)} problems")
    for sentence in said:
        found = PLACED.fullmatch(sentence)
        if not found or UNPRINTABLE.search(sentence):
            raise BrokenRuleError(f"no sentence with a place: {sentence!r}")
        most = lines.get(found["file"], 10**9) if lines else 10**9
        if not 1 <= int(found["line"]) <= most or int(found["column"]) < 1 or (lines and found["file"] not in lines):
            raise BrokenRuleError(f"a place that is not there: {sentence!r}")
    return said


def signature(error: BaseException) -> str:
    """Return what findings have in common that have one cause: the kind, and the functions where it happened."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "fuzzing" not in frame.filename]
    own = [frame for frame in frames if "/hitoe/" in frame.filename]
    places = [f"{Path(frame.filename).stem}.{frame.name}" for frame in (own[-1:] + frames[-1:])]
    what = type(error).__name__
    if isinstance(error, BrokenRuleError):
        what += " " + re.sub(r"['\"].*['\"]|[0-9]+", "", str(error))[:60]
    return " ".join([what, *dict.fromkeys(places)])
