"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import history, state
from hitoe.problems import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from hitoe.progress import Progress
    from hitoe.project import Project
    from hitoe.shipping import Shipment

Files = dict[str, bytes]
"""Paths relative to the output folder, and what is written there."""
Told = tuple[Files, Sequence[Problem]]
"""The files of an output, and what the author should know of them."""

KEPT_FILE = ".cache/drafts"
COPY = ".cache/collection"
TELLING = ("sheet", "log")
"""Outputs that tell of a learner's progress, if there is a collection."""


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
    """What was built: files by output (none when all was fresh), the shipment if the deck was made, and warnings."""

    files: Mapping[str, Sequence[str]]
    shipment: "Shipment | None"
    ledger_changed: bool
    warnings: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """Files by output, the shipment if the deck is among them, warnings, and what drafts keep for the next build."""

    files: Mapping[str, Files]
    shipment: "Shipment | None"
    warnings: Sequence[Problem]
    kept: bytes | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What outputs are made from besides the notes: the shipment for the deck, and a learner's progress."""

    shipment: "Shipment | None"
    progress: "Progress | None"


class UnknownTopicError(Exception):
    """A sheet of a topic is wanted that is none; the message names another."""


class LockedError(Exception):
    """The ledger would change, and must not."""


def build(order: Order) -> Report:
    """Build what is stale.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
        LockedError: the ledger would change, and the order forbids it; nothing was written.
        UnknownTopicError: a topic is none of the project's; nothing was written.
    """
    tools = state.tools()
    # Read once, and first: what the author saves while the build runs is not in it, and must be stale after it.
    notes = state.content(order.root)
    inputs = _inputs(order, tools, notes)
    stale = [name for name in _names(order) if order.refresh or state.fresh(order.out, name, inputs[name]) is None]
    if not stale:
        return Report({}, None, False)
    made = (_drafted(order, tools) if stale == ["deck"] else None) or _whole(order, stale)
    ledger = made.shipment.ledger if made.shipment else None
    changed = ledger is not None and ledger != _existing(order.root / history.LEDGER_FILE)
    if changed and order.locked:
        raise LockedError
    if changed and order.ledger and ledger is not None:
        _write(order.root / history.LEDGER_FILE, ledger.encode())
        inputs = _inputs(order, tools, notes)
    for name, files in made.files.items():
        for old in set(state.files(order.out, name, order.root)) - set(files):
            (order.out / old).unlink(missing_ok=True)
        for file, content in files.items():
            _write(order.out / file, content)
    if made.kept is not None:
        _write(order.out / KEPT_FILE, made.kept)
    _write(order.out / state.STATE_FILE, state.record(order.out, made.files, order.root, inputs).encode())
    return Report({name: sorted(files) for name, files in made.files.items()}, made.shipment, changed, made.warnings)


def _inputs(order: Order, tools: str, notes: str) -> dict[str, str]:
    """Return the hash of what goes into each output."""
    ledger = state.hashed(order.root / history.LEDGER_FILE) or ""
    all_ = [tools, notes, ledger, history.committed(order.root) or ""]
    told = [*all_, *(state.collection(order.progress) if order.progress else ())]
    return {name: state.fingerprint(told if name in TELLING else all_) for name in (*OUTPUTS, *_names(order))}


def _names(order: Order) -> Sequence[str]:
    """Return the names of the outputs: a sheet of a topic has its own."""
    return [f"sheet {topic}" for topic in dict.fromkeys(order.topics)] or order.outputs


def _drafted(order: Order, tools: str) -> Made | None:
    """Make the deck from the drafts of its files; None when only the long way can do it, or tell what is wrong."""
    from hitoe import drafts

    gather = drafts.start(order.root, tools, _kept(order.out / KEPT_FILE))
    from hitoe import promises, shipping  # while the drafts are made

    try:
        ledger, shipped = shipping.read_ledgers(order.root)
    except InputError:
        return None
    made = gather()
    if made is None or not drafts.cover(made.notes, shipped):
        return None
    if not promises.kept(made.outline.key, made.notes, shipped):
        return None
    shipment = shipping.parcel(made.outline, made.notes, made.orders, ledger, shipped, order.now, refresh=order.refresh)
    kept = made.kept  # while the package is packed
    return Made({"deck": {shipment.name: shipment.apkg}}, shipment, made.warnings, kept)


def _whole(order: Order, stale: Sequence[str]) -> Made:
    from hitoe import checks, shipping

    project = checks.trusted(order.root)
    known = [topic.topic for topic in project.topics.values()]
    for topic in order.topics:
        if topic not in known:
            raise UnknownTopicError(f"no topic '{topic}': {did_you_mean(topic, known)}")
    shipment = None
    if "deck" in stale:
        shipment = shipping.ship(project, *shipping.read_ledgers(order.root), order.now, refresh=order.refresh)
    given = Given(shipment, _told(project, order) if set(stale) & set(TELLING) else None)
    warnings = set(checks.warnings(project))
    files: dict[str, Files] = {}
    for name in stale:
        output, _, topic = name.partition(" ")
        files[name], told = _topic(project, order, topic) if topic else OUTPUTS[output](project, order, given)
        warnings |= set(told)
    return Made(files, shipment, sorted(warnings))


def _told(project: "Project", order: Order) -> "Progress | None":
    if order.progress is None:
        return None
    from hitoe import progress

    return progress.of(project, order.progress, order.out / f"{COPY}.{os.getpid()}")


def _deck(_project: "Project", _order: Order, given: Given) -> Told:
    assert given.shipment is not None
    return {given.shipment.name: given.shipment.apkg}, ()


def _sheet(project: "Project", order: Order, given: Given) -> Told:
    from hitoe import sheet

    cache = order.out / ".cache"
    printed = sheet.editions(project, cache, state.tools(), order.done)
    weak = sheet.weak_points(project, given.progress.weak, cache) if given.progress else {}
    return printed.files | weak, printed.warnings


def _topic(project: "Project", order: Order, topic: str) -> Told:
    from hitoe import sheet

    printed = sheet.editions(project, order.out / ".cache", state.tools(), order.done, topic)
    return printed.files, printed.warnings


def _log(project: "Project", _order: Order, given: Given) -> Told:
    from hitoe import log

    return {f"log/{name}": text.encode() for name, text in log.render(project, given.progress).items()}, ()


OUTPUTS: Mapping[str, Callable[["Project", Order, Given], Told]] = {
    "deck": _deck,
    "sheet": _sheet,
    "log": _log,
}


def _existing(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _kept(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that whoever reads it never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")  # several builds may run at once: make -j
    part.write_bytes(content)
    part.replace(path)
