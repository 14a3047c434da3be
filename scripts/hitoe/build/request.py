"""What is to be built, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.problems import InputError, PrintError, Problem

if TYPE_CHECKING:
    from hitoe.progress import Progress
    from hitoe.release.release import Shipment

Files = dict[str, bytes]
"""Paths relative to the output folder, and what is written there."""
Told = tuple[Files, Sequence[Problem]]
"""The files of an output, and what the author should know of them."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: the project, the folder for outputs, which outputs, and the time in seconds since 1970.

    `ledger` says whether the ledger may be written; `locked`, that it must not change; `refresh`, that every note shall
    count as changed. `done` is called each time a part of the work is done that takes moments. `progress` is the
    collection of a learner in Anki, of which log and sheet tell. `topics` are those of which sheets are wanted instead
    of the sheet of everything.
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


@dataclass(frozen=True, slots=True)
class Report:
    """What was built: files by output that are other than before, the shipment if the deck was made, and warnings.

    `failed` holds the outputs that could not be built, whose files are as they were, each with the reason.
    """

    files: Mapping[str, Sequence[str]]
    shipment: "Shipment | None"
    ledger_changed: bool
    warnings: Sequence[Problem] = ()
    failed: Mapping[str, InputError | PrintError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """Files by output, the shipment if the deck is among them, warnings, and what is kept for the next build.

    `failed` are the outputs that could not be made, each with the reason.

    `standing` are files of the first output that are there as they shall be, with their hashes; what is `gone` was kept
    before.
    """

    files: Mapping[str, Files]
    shipment: "Shipment | None"
    warnings: Sequence[Problem]
    kept: Files = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)
    gone: Sequence[str] = ()
    failed: Mapping[str, InputError | PrintError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What outputs are made from besides the notes: the shipment for the deck, and a learner's progress."""

    shipment: "Shipment | None"
    progress: "Progress | None"
