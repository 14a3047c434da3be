"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import history, state
from hitoe.problems import InputError, Problem

if TYPE_CHECKING:
    from hitoe.project import Project
    from hitoe.shipping import Shipment

Files = dict[str, bytes]
"""Paths relative to the output folder, and what is written there."""

Made = tuple["Project", "Shipment | None", bytes | None, Sequence[Problem]]
"""The project, its deck if it is wanted, what the drafts keep for the next build, and warnings."""

KEPT_FILE = ".cache/drafts"


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: the project, the folder for outputs, which outputs, and the time in seconds since 1970.

    `ledger` says whether the ledger may be written; `locked`, that it must not change; `refresh`, that every note shall
    count as changed.
    """

    root: Path
    out: Path
    outputs: Sequence[str]
    now: int
    ledger: bool = True
    locked: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What was built: files by output (none when all was fresh), the shipment if the deck was made, and warnings."""

    files: Mapping[str, Sequence[str]]
    shipment: "Shipment | None"
    ledger_changed: bool
    warnings: Sequence[Problem] = ()


class LockedError(Exception):
    """The ledger would change, and must not."""


def build(order: Order) -> Report:
    """Build what is stale.

    Raises:
        InputError: the content cannot be used; nothing was written.
        LockedError: the ledger would change, and the order forbids it; nothing was written.
    """
    tools = state.tools()
    # Read once, and first: what the author saves while the build runs is not in it, and must be stale after it.
    notes = state.content(order.root)
    inputs = _inputs(order.root, tools, notes)
    stale = [name for name in order.outputs if order.refresh or state.fresh(order.out, name, inputs) is None]
    if not stale:
        return Report({}, None, False)
    quick = _drafted(order, tools) if stale == ["deck"] else None
    project, shipment, kept, warnings = quick or _whole(order, "deck" in stale)
    made = {name: OUTPUTS[name](project, order.out, shipment) for name in stale}
    ledger = shipment.ledger if shipment else None
    changed = ledger is not None and ledger != _existing(order.root / history.LEDGER_FILE)
    if changed and order.locked:
        raise LockedError
    if changed and order.ledger and ledger is not None:
        _write(order.root / history.LEDGER_FILE, ledger.encode())
        inputs = _inputs(order.root, tools, notes)
    for name, files in made.items():
        for old in set(state.files(order.out, name, order.root)) - set(files):
            (order.out / old).unlink(missing_ok=True)
        for file, content in files.items():
            _write(order.out / file, content)
    if kept is not None:
        _write(order.out / KEPT_FILE, kept)
    _write(order.out / state.STATE_FILE, state.record(order.out, made, order.root, inputs).encode())
    return Report({name: sorted(files) for name, files in made.items()}, shipment, changed, warnings)


def _inputs(root: Path, tools: str, notes: str) -> str:
    ledger = state.hashed(root / history.LEDGER_FILE) or ""
    return state.fingerprint([tools, notes, ledger, history.committed(root) or ""])


def _drafted(order: Order, tools: str) -> Made | None:
    """Make the deck from the drafts of its files; None when only the long way can do it, or tell what is wrong."""
    from hitoe import drafts

    gather = drafts.start(order.root, tools, _kept(order.out / KEPT_FILE))
    from hitoe import shipping  # while the drafts are made

    try:
        ledgers = shipping.read_ledgers(order.root)
        gathered = gather()
        if gathered is None or not drafts.cover(gathered.notes, ledgers[1]):
            return None
        shipment = shipping.ship(gathered.project, *ledgers, order.now, refresh=order.refresh, drawn=gathered.notes)
    except InputError:
        return None
    return gathered.project, shipment, gathered.kept, gathered.warnings


def _whole(order: Order, deck: bool) -> Made:
    from hitoe import checks, shipping

    project = checks.trusted(order.root)
    if not deck:
        return project, None, None, checks.warnings(project)
    shipment = shipping.ship(project, *shipping.read_ledgers(order.root), order.now, refresh=order.refresh)
    return project, shipment, None, checks.warnings(project)


def _deck(project: "Project", _out: Path, shipment: "Shipment | None") -> Files:
    assert shipment is not None
    return {f"{project.deck.key}.apkg": shipment.apkg}


def _sheet(project: "Project", out: Path, _shipment: "Shipment | None") -> Files:
    from hitoe import sheet

    return sheet.editions(project, out / ".cache")


def _log(project: "Project", _out: Path, _shipment: "Shipment | None") -> Files:
    from hitoe import log

    return {f"log/{name}": text.encode() for name, text in log.render(project).items()}


OUTPUTS: Mapping[str, Callable[["Project", Path, "Shipment | None"], Files]] = {
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
