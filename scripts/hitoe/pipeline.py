"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import files, history, state
from hitoe.problems import InputError, Problem

if TYPE_CHECKING:
    from hitoe.progress import Progress
    from hitoe.project import Project
    from hitoe.schema import Week
    from hitoe.shipping import Shipment

Files = dict[str, bytes]
"""Paths relative to the output folder, and what is written there."""

KEPT_FILE, PAGES_FILE = ".cache/drafts", ".cache/posts"
COPY = ".cache/collection"
TELLING = ("sheet", "log")
"""Outputs that tell of a learner's progress, if there is a collection."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: the project, the folder for outputs, which outputs, and the time in seconds since 1970.

    `ledger` says whether the ledger may be written; `locked`, that it must not change; `refresh`, that every note shall
    count as changed. `done` is called each time a part of the work is done that takes moments. `progress` is the
    collection of a learner in Anki, of which log and sheet tell.
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


@dataclass(frozen=True, slots=True)
class Report:
    """What was built: files by output that are other than before, the shipment if the deck was made, and warnings."""

    files: Mapping[str, Sequence[str]]
    shipment: "Shipment | None"
    ledger_changed: bool
    warnings: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """Files by output, the shipment if the deck is among them, warnings, and what is kept for the next build."""

    files: Mapping[str, Files]
    shipment: "Shipment | None"
    warnings: Sequence[Problem]
    kept: Files = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What outputs are made from besides the notes: the shipment for the deck, and a learner's progress."""

    shipment: "Shipment | None"
    progress: "Progress | None"


class LockedError(Exception):
    """The ledger would change, and must not."""


def build(order: Order) -> Report:
    """Build what is stale.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
        LockedError: the ledger would change, and the order forbids it; nothing was written.
    """
    tools = state.tools()
    # Read once, and first: what the author saves while the build runs is not in it, and must be stale after it.
    notes = state.content(order.root)
    inputs = _inputs(order, tools, notes)
    stale = [name for name in order.outputs if order.refresh or state.fresh(order.out, name, inputs[name]) is None]
    if not stale:
        return Report({}, None, False)
    made = (DRAFTED[stale[0]](order, tools) if stale in (["deck"], ["log"]) else None) or _whole(order, stale)
    ledger = made.shipment.ledger if made.shipment else None
    changed = ledger is not None and ledger != _existing(order.root / history.LEDGER_FILE)
    if changed and order.locked:
        raise LockedError
    if changed and order.ledger and ledger is not None:
        files.write(order.root / history.LEDGER_FILE, ledger.encode())
        inputs = _inputs(order, tools, notes)
    for name, new in made.files.items():
        for old in set(state.files(order.out, name, order.root)) - set(new):
            (order.out / old).unlink(missing_ok=True)
    written = _write(order.out, made)
    files.write(order.out / state.STATE_FILE, state.record(order.out, made.files, order.root, inputs).encode())
    return Report(written, made.shipment, changed, made.warnings)


def posts(order: Order, wanted: "Callable[[Week], bool]") -> Report:
    """Build the posts of some weeks, and leave all else as it is.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
    """
    made = _logged(order, state.tools(), wanted) or _whole_log(order, wanted)
    return Report(_write(order.out, made), None, False, made.warnings)


def _inputs(order: Order, tools: str, notes: str) -> dict[str, str]:
    """Return the hash of what goes into each output."""
    ledger = state.hashed(order.root / history.LEDGER_FILE) or ""
    all_ = [tools, notes, ledger, history.committed(order.root) or ""]
    told = [*all_, *(state.collection(order.progress) if order.progress else ())]
    return {name: state.fingerprint(told if name in TELLING else all_) for name in OUTPUTS}


def _drafted(order: Order, tools: str) -> Made | None:
    """Make the deck from the drafts of its files; None when only the long way can do it, or tell what is wrong."""
    from hitoe import drafts

    gather = drafts.start(order.root, tools, files.content(order.out / KEPT_FILE))
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
    kept = {KEPT_FILE: made.kept}  # while the package is packed
    return Made({"deck": {shipment.name: shipment.apkg}}, shipment, made.warnings, kept)


def _logged(order: Order, tools: str, wanted: "Callable[[Week], bool] | None" = None) -> Made | None:
    """Make the log, or the posts of `wanted` weeks, from the drafts of its files; None when only the long way can."""
    if order.progress:
        return None
    from hitoe import log
    from hitoe.drafts import posts

    book = posts.start(order.root, tools, files.content(order.out / PAGES_FILE))()
    if book is None:
        return None
    shelf = posts.Shelf(order.out / "log", book, partly=wanted is not None)
    texts = _texts(log.written(book.chronicle, wanted, remembered=shelf.post))
    return Made({"log": texts}, None, book.warnings, {PAGES_FILE: shelf.kept})


DRAFTED: Mapping[str, Callable[[Order, str], Made | None]] = {"deck": _drafted, "log": _logged}
"""What can be made file by file, where it alone is asked for."""


def _whole(order: Order, stale: Sequence[str]) -> Made:
    from hitoe import checks, shipping

    project = checks.trusted(order.root)
    shipment = None
    if "deck" in stale:
        shipment = shipping.ship(project, *shipping.read_ledgers(order.root), order.now, refresh=order.refresh)
    given = Given(shipment, _told(project, order) if set(stale) & set(TELLING) else None)
    made = {name: OUTPUTS[name](project, order, given) for name in stale}
    return Made(made, shipment, checks.warnings(project))


def _told(project: "Project", order: Order) -> "Progress | None":
    if order.progress is None:
        return None
    from hitoe import progress

    return progress.of(project, order.progress, order.out / f"{COPY}.{os.getpid()}")


def _deck(_project: "Project", _order: Order, given: Given) -> Files:
    assert given.shipment is not None
    return {given.shipment.name: given.shipment.apkg}


def _sheet(project: "Project", order: Order, given: Given) -> Files:
    from hitoe import sheet

    cache = order.out / ".cache"
    printed = sheet.editions(project, cache, state.tools(), order.done)
    return printed | (sheet.weak_points(project, given.progress.weak, cache) if given.progress else {})


def _log(project: "Project", _order: Order, given: Given) -> Files:
    from hitoe import log

    return _texts(log.render(project, given.progress))


def _whole_log(order: Order, wanted: "Callable[[Week], bool]") -> Made:
    from hitoe import checks, log

    project = checks.trusted(order.root)
    texts = _texts(log.render(project, _told(project, order), wanted))
    return Made({"log": texts}, None, checks.warnings(project))


def _texts(posts: Mapping[str, str]) -> Files:
    return {f"log/{name}": text.encode() for name, text in posts.items()}


OUTPUTS: Mapping[str, Callable[["Project", Order, Given], Files]] = {
    "deck": _deck,
    "sheet": _sheet,
    "log": _log,
}


def _existing(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _write(out: Path, made: Made) -> dict[str, list[str]]:
    """Write what was made and what is kept; returns the files that are other than before, by output."""
    written = {name: files.replace(out, new) for name, new in made.files.items()}
    files.replace(out, made.kept)
    return written
