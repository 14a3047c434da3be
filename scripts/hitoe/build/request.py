"""What is to be built, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.problems import InputError, PrintError, Problem

if TYPE_CHECKING:
    from hitoe.schema import Week

OUTPUTS = ("deck", "sheet", "log")
"""What is built if nothing is named."""
EXAM = "exam"
"""What is built only if it is named: the mock exam."""
EDITIONS = ("colour", "red", "mask", "worksheet")
"""The editions of a sheet."""
Files = Mapping[str, bytes]
"""The content of files by their paths relative to the output folder."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the project, the folder for outputs, which outputs, and the time in seconds since 1970.

    `ledger` says whether the ledger may be written; `locked`, that it must not change; `refresh`, that every note shall
    count as changed. `done` is called after each part of the work that takes moments. `progress` is a learner's Anki
    collection, which log and sheet then report on. `topics` and `weeks` are those of which sheets are wanted instead of
    the sheet of everything, `editions` those that are wanted of each sheet, all if there are none. `seed` draws the
    questions of the mock exam.
    """

    root: Path
    out: Path
    outputs: Sequence[str]
    now: int
    ledger: bool = True
    locked: bool = False
    refresh: bool = False
    done: Callable[[], None] = lambda: None
    progress: Path | None = None
    topics: Sequence[str] = ()
    weeks: "Sequence[Week]" = ()
    editions: Sequence[str] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Output:
    """The files of an output by their paths in the output folder, warnings, and cache files for the next build.

    `unchanged` are the hashes of further files, which are there as they must be. `failed` holds parts of it that could
    not be built. A deck also has notices for the author, and the text of the next ledger.
    """

    files: Mapping[str, bytes]
    warnings: Sequence[Problem] = ()
    cache: Mapping[str, bytes] = field(default_factory=dict)
    unchanged: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, InputError] = field(default_factory=dict)
    notices: Sequence[str] = ()
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was built: files by output that are other than before, warnings, and notices for the author.

    `failed` holds the outputs that could not be built, whose files are as they were, and parts of others, each with
    the reason.
    """

    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()
    notices: Sequence[str] = ()
    ledger_written: bool = False
    failed: Mapping[str, InputError | PrintError] = field(default_factory=dict)
