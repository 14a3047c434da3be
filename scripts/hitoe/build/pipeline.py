"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece.

An output that cannot be made stops no other.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hitoe.build import files, fingerprints
from hitoe.build.request import Files, Given, Made, Order, Report, Told
from hitoe.problems import InputError, PrintError, RefusedError, did_you_mean
from hitoe.release import git

if TYPE_CHECKING:
    from hitoe.model.project import Project
    from hitoe.progress import Progress
    from hitoe.schema import Week

T = TypeVar("T")
KEPT_FILE, PAGES_FILE = ".cache/drafts", ".cache/posts"
COPY = ".cache/collection"
TELLING = ("sheet", "log")
"""Outputs that tell of a learner's progress, if there is a collection."""


def build(order: Order) -> Report:
    """Build what is stale; what stops a single output is in the report.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
        RefusedError: the ledger would change and must not, or a topic is none of the project's; nothing was written.
    """
    tools = fingerprints.tools()
    # Read once, and first: what the author saves while the build runs is not in it, and must be stale after it.
    notes = fingerprints.content(order.root)
    inputs = _inputs(order, tools, notes)
    stale = [
        name for name in _names(order) if order.refresh or fingerprints.fresh(order.out, name, inputs[name]) is None
    ]
    if not stale:
        return Report({}, None, False)
    made = (DRAFTED[stale[0]](order, tools) if stale in (["deck"], ["log"]) else None) or _whole(order, stale)
    ledger = made.shipment.ledger if made.shipment else None
    changed = ledger is not None and ledger != _existing(order.root / git.LEDGER_FILE)
    if changed and order.locked:
        raise RefusedError("content/ledger.json would change: run `make deck` and commit it")
    if changed and order.ledger and ledger is not None:
        files.write(git.ledger_path(order.root), ledger.encode())
        inputs = _inputs(order, tools, notes)
    built = {name: {file: fingerprints.digest(text) for file, text in new.items()} for name, new in made.files.items()}
    if made.standing:
        built[stale[0]] |= made.standing
    for name, new in built.items():
        files.remove(order.out, set(fingerprints.files(order.out, name, order.root)) - set(new))
    written = _write(order.out, made)
    files.write(order.out / fingerprints.STATE_FILE, fingerprints.record(order.out, built, order.root, inputs).encode())
    return Report(written, made.shipment, changed, made.warnings, made.failed)


def posts(order: Order, wanted: "Callable[[Week], bool]") -> Report:
    """Build the posts of some weeks, and leave all else as it is.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
    """
    made = _logged(order, fingerprints.tools(), wanted) or _whole_log(order, wanted)
    return Report(_write(order.out, made), None, False, made.warnings)


def _inputs(order: Order, tools: str, notes: str) -> dict[str, str]:
    """Return the hash of what goes into each output."""
    ledger = fingerprints.hashed(order.root / git.LEDGER_FILE) or ""
    all_ = [tools, notes, ledger, git.committed(order.root) or ""]
    told = [*all_, *(fingerprints.collection(order.progress) if order.progress else ())]
    return {name: fingerprints.fingerprint(told if name in TELLING else all_) for name in (*OUTPUTS, *_names(order))}


def _names(order: Order) -> Sequence[str]:
    """Return the names of the outputs: a sheet of a topic has its own."""
    return [f"sheet {topic}" for topic in dict.fromkeys(order.topics)] or order.outputs


def _drafted(order: Order, tools: str) -> Made | None:
    """Make the deck from the drafts of its files; None when only the long way can do it, or tell what is wrong."""
    from hitoe import drafts

    gather = drafts.start(order.root, tools, files.content(order.out / KEPT_FILE))
    from hitoe.release import compatibility, release  # while the drafts are made

    try:
        ledger, shipped = release.read_ledgers(order.root)
    except InputError:
        return None
    made = gather()
    if made is None or not drafts.cover(made.notes, shipped):
        return None
    if not compatibility.kept(made.outline.key, made.notes, shipped):
        return None
    shipment = release.parcel(made.outline, made.notes, made.orders, ledger, shipped, order.now, refresh=order.refresh)
    kept = {KEPT_FILE: made.kept}  # while the package is packed
    return Made({"deck": {shipment.name: shipment.apkg}}, shipment, made.warnings, kept)


def _logged(order: Order, tools: str, wanted: "Callable[[Week], bool] | None" = None) -> Made | None:
    """Make the log, or the posts of `wanted` weeks, from the drafts of its files; None when only the long way can."""
    if order.progress:
        return None
    from hitoe.drafts import standing

    look = standing.start(order.out / "log")
    from hitoe import log  # while a second process looks
    from hitoe.drafts import posts

    cache = order.out / ".cache"
    book = posts.start(order.root, tools, cache, files.content(order.out / PAGES_FILE))()
    there = look()
    if book is None:
        return None
    shelf = posts.Shelf(book, there, partly=wanted is not None)
    made = {name: text.encode() for name, text in log.written(book.chronicle, wanted, stands=shelf.stands).items()}
    new, gone = book.texts(cache)
    return Made(
        files={"log": _below("log", made)},
        shipment=None,
        warnings=book.warnings,
        kept={**_below(".cache", new), PAGES_FILE: shelf.kept(made)},
        standing=_below("log", shelf.standing),
        gone=[f".cache/{name}" for name in gone],
    )


DRAFTED: Mapping[str, Callable[[Order, str], Made | None]] = {"deck": _drafted, "log": _logged}
"""What can be made file by file, where it alone is asked for."""


def _whole(order: Order, stale: Sequence[str]) -> Made:
    from hitoe import checks
    from hitoe.release import release

    project = checks.trusted(order.root)
    known = [topic.topic for topic in project.topics.values()]
    for topic in order.topics:
        if topic not in known:
            raise RefusedError(f"no topic '{topic}': {did_you_mean(topic, known)}")
    shipment = None
    if "deck" in stale:
        shipment = release.ship(project, *release.read_ledgers(order.root), order.now, refresh=order.refresh)
    given = Given(shipment, _told(project, order) if set(stale) & set(TELLING) else None)
    warnings = set(checks.warnings(project))
    made: dict[str, Files] = {}
    failed: dict[str, InputError | PrintError] = {}
    for name in stale:
        output, _, topic = name.partition(" ")
        try:
            made[name], told = _topic(project, order, topic) if topic else OUTPUTS[output](project, order, given)
        except (InputError, PrintError) as error:
            failed[name] = error
        else:
            warnings |= set(told)
    return Made(made, shipment, sorted(warnings), failed=failed)


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
    printed = sheet.editions(project, cache, fingerprints.tools(), order.done)
    weak = sheet.weak_points(project, given.progress.weak, cache) if given.progress else {}
    return printed.files | weak, printed.warnings


def _topic(project: "Project", order: Order, topic: str) -> Told:
    from hitoe import sheet

    printed = sheet.editions(project, order.out / ".cache", fingerprints.tools(), order.done, topic)
    return printed.files, printed.warnings


def _log(project: "Project", _order: Order, given: Given) -> Told:
    from hitoe import log

    return _texts(log.render(project, given.progress)), ()


def _whole_log(order: Order, wanted: "Callable[[Week], bool]") -> Made:
    from hitoe import checks, log

    project = checks.trusted(order.root)
    texts = _texts(log.render(project, _told(project, order), wanted))
    return Made({"log": texts}, None, checks.warnings(project))


def _below(folder: str, things: Mapping[str, T]) -> dict[str, T]:
    return {f"{folder}/{name}": thing for name, thing in things.items()}


def _texts(posts: Mapping[str, str]) -> Files:
    return {f"log/{name}": text.encode() for name, text in posts.items()}


OUTPUTS: Mapping[str, Callable[["Project", Order, Given], Told]] = {
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
    files.remove(out, made.gone)
    return written
