"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import checks, state
from hitoe.ledger import LEDGER_FILE, dump, history
from hitoe.project import Project
from hitoe.shipping import Shipment, read_ledgers, ship

Files = dict[str, bytes]
"""Paths relative to the output folder, and what is written there."""


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
    """What was built: files by output (none when all was fresh), the shipment if the deck was made, and notices."""

    files: Mapping[str, Sequence[str]]
    shipment: Shipment | None
    ledger_changed: bool


class LockedError(Exception):
    """The ledger would change, and must not."""


def build(order: Order) -> Report:
    """Build what is stale.

    Raises:
        InputError: the content cannot be used; nothing was written.
        LockedError: the ledger would change, and the order forbids it; nothing was written.
    """
    inputs = _inputs(order.root)
    stale = [name for name in order.outputs if order.refresh or state.fresh(order.out, name, inputs) is None]
    if not stale:
        return Report({}, None, False)
    project = checks.trusted(order.root)
    shipment = None
    if "deck" in stale:
        shipment = ship(project, *read_ledgers(order.root), order.now, refresh=order.refresh)
    made = {name: OUTPUTS[name](project, order.out, shipment) for name in stale}
    changed = shipment is not None and _ledger_text(shipment) != _existing(order.root / LEDGER_FILE)
    if changed and order.locked:
        raise LockedError
    if changed and order.ledger and shipment is not None:
        _write(order.root / LEDGER_FILE, _ledger_text(shipment).encode())
        inputs = _inputs(order.root)
    for name, files in made.items():
        for old in set(state.files(order.out, name)) - set(files):
            (order.out / old).unlink(missing_ok=True)
        for file, content in files.items():
            _write(order.out / file, content)
    _write(order.out / state.STATE_FILE, state.record(order.out, made, inputs).encode())
    return Report({name: sorted(files) for name, files in made.items()}, shipment, changed)


def _inputs(root: Path) -> str:
    return state.fingerprint(root, [history.committed(root) or ""])


def _deck(project: Project, _out: Path, shipment: Shipment | None) -> Files:
    assert shipment is not None
    return {f"{project.deck.key}.apkg": shipment.apkg}


def _sheet(project: Project, out: Path, _shipment: Shipment | None) -> Files:
    from hitoe import sheet

    return {f"{project.deck.key}-sheet.pdf": sheet.render(project, out / ".cache")}


def _log(project: Project, _out: Path, _shipment: Shipment | None) -> Files:
    from hitoe import log

    return {f"log/{name}": text.encode() for name, text in log.render(project).items()}


OUTPUTS: Mapping[str, Callable[[Project, Path, Shipment | None], Files]] = {"deck": _deck, "sheet": _sheet, "log": _log}


def _ledger_text(shipment: Shipment) -> str:
    return dump(shipment.release.ledger)


def _existing(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that whoever reads it never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
