"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece.

An output that cannot be made stops no other.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hitoe import writing
from hitoe.build import files, fingerprints
from hitoe.build.request import EXAM, Output, Report, Request
from hitoe.problems import InputError, PrintError, Problem, RefusedError, did_you_mean
from hitoe.release import git

if TYPE_CHECKING:
    from hitoe.memo import Memo
    from hitoe.model.project import Project
    from hitoe.progress.results import Progress
    from hitoe.release.release import Shipment
    from hitoe.schema import Week

WITH_PROGRESS = ("sheet", "log")
"""Outputs that report on a learner's progress, if there is a collection."""


def build(request: Request) -> Report:
    """Build what is stale; what stops a single output is in the report.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
        RefusedError: the ledger would change and must not, a topic or week has nothing, or a link leads out of the
            output folder; nothing was written.
    """
    files.refuse_links(request.out)
    git.refuse_foreign(request.root)
    tools = fingerprints.tools()
    # Read once, and first: what the author saves while the build runs is not in it, and must be stale after it.
    content = fingerprints.content(request.root)
    inputs = _inputs(request, tools, content)
    stale = [
        name
        for name, its_inputs in inputs.items()
        if request.refresh or not fingerprints.fresh(request.out, name, its_inputs)
    ]
    if not stale:
        return Report()
    folders = (request.out, request.out / "log", request.out / ".cache")
    writing.remove_parts(*folders, *git.ledger_folder(request.root))
    writing.remove_folders(request.out / ".cache")
    outputs, failed = _make(request, tools, stale)
    ledger_written = "deck" in outputs and _write_ledger(request, outputs["deck"].ledger)
    if ledger_written:
        inputs = _inputs(request, tools, content)
    built = {
        name: {file: writing.digest(text) for file, text in output.files.items()} | dict(output.unchanged)
        for name, output in outputs.items()
    }
    for name, new in built.items():
        files.remove(request.out, set(fingerprints.files(request.out, name, request.root)) - set(new))
    report = _write(request.out, outputs)
    inputs |= {name: "" for name, output in outputs.items() if output.failed}  # so that it is told again
    state = fingerprints.record(request.out, built, request.root, inputs)
    writing.write(request.out / fingerprints.STATE_FILE, state.encode())
    return replace(report, ledger_written=ledger_written, failed=failed)


def posts(request: Request, wanted: "Callable[[Week], bool]") -> Report:
    """Build the posts of some weeks, and leave all else as it is.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
    """
    from hitoe.build import log_posts

    files.refuse_links(request.out)
    project = _project(request) if request.progress else None
    outputs = {"log": log_posts.output(request, fingerprints.tools(), _progress(request, project), wanted)}
    return _write(request.out, outputs)


def _inputs(request: Request, tools: str, content: str) -> dict[str, str]:
    """Return the hash of what goes into each output by its name."""
    named = {"sheet": list(_sheets(request)), EXAM: [f"{EXAM} {request.seed}"]}
    names = [name for output in request.outputs for name in named.get(output, [output])]
    ledger = fingerprints.hashed(request.root / git.LEDGER_FILE) or ""
    all_ = [tools, content, ledger, git.committed_id(request.root)]
    reporting = [*all_, *(fingerprints.collection(request.progress) if request.progress else ())]
    return {name: fingerprints.of(*(reporting if name in WITH_PROGRESS else all_)) for name in names}


def _sheets(request: Request) -> "dict[str, str | Week | None]":
    """Return the topics and weeks of the sheets by output name; None for the sheet of everything.

    Each choice of topic, week and editions has a name of its own, so that making it removes no files of another.
    """
    editions = f" ({' '.join(sorted(set(request.editions)))})" if request.editions else ""
    if not request.topics and not request.weeks:
        return {f"sheet{editions}": None}
    topics = {f"sheet {topic}{editions}": topic for topic in request.topics}
    return topics | {f"sheet week {week}{editions}": week for week in request.weeks}


def _make(
    request: Request, tools: str, stale: Sequence[str]
) -> tuple[dict[str, Output], dict[str, InputError | PrintError]]:
    """Return the stale outputs, and those that cannot be made with the reason."""
    outputs: dict[str, Output] = {}
    failed: dict[str, InputError | PrintError] = {}
    sheets = _sheets(request)
    reporting = request.progress is not None and set(stale) & set(WITH_PROGRESS)
    project = _project(request) if reporting or set(stale) - {"deck", "log"} else None
    progress = _progress(request, project) if reporting else None
    for name in stale:
        if name == "deck":
            outputs[name] = _deck(request, tools)
        elif name == "log":
            from hitoe.build import log_posts

            outputs[name] = log_posts.output(request, tools, progress)
        else:
            try:
                outputs[name] = (
                    _sheet(request, tools, project or _project(request), progress, sheets[name])
                    if name in sheets
                    else _exam(request, tools, project or _project(request))
                )
            except (InputError, PrintError) as error:
                failed[name] = error
    return outputs, failed | {part: error for output in outputs.values() for part, error in output.failed.items()}


def _project(request: Request) -> "Project":
    from hitoe import checks

    project = checks.trusted(request.root)
    known = [topic.topic for topic in project.topics.values()]
    for topic in request.topics:
        if topic not in known:
            raise RefusedError("no topic '{topic}': {hint}", topic=topic, hint=did_you_mean(topic, known))
    if request.weeks:
        learned = {placed.entry.entry.learned for placed in project.live_items() if placed.item.on_sheet}
        if missing := [str(week) for week in request.weeks if week not in learned]:
            raise RefusedError(
                "nothing to print was learned in {missing}: look at `learned:` in the notes",
                missing=", ".join(missing),
            )
    return project


def _progress(request: Request, project: "Project | None") -> "Progress | None":
    if request.progress is None or project is None:
        return None
    from hitoe import progress

    with writing.temporary_folder(request.out / ".cache") as folder:
        return progress.of(project, request.progress, folder / "copy")


def _deck(request: Request, tools: str) -> Output:
    from concurrent.futures import ThreadPoolExecutor

    from hitoe import memo
    from hitoe.release import ledger

    if not gc.isenabled():
        gc.freeze()  # modules never become garbage
    memory = memo.read(request.out, "deck", tools)
    shipment, warnings = _shipment(request, memory)
    # Most of the time for a package is zlib's, which lets other threads run.
    with writing.temporary_folder(request.out / ".cache") as folder, ThreadPoolExecutor(1) as beside:
        database = folder / "collection.anki2"
        shipment.write_database(database)
        shipment = replace(shipment, subdecks=())  # the memory of its notes serves what follows
        package = beside.submit(shipment.package, database)
        cache = {memo.FILES["deck"]: memory.content()}
        next_ledger = ledger.dump(shipment.ledger)
    files = {shipment.name: package.result()}
    return Output(files, warnings, cache, notices=shipment.notices, ledger=next_ledger)


def _shipment(request: Request, memory: "Memo") -> "tuple[Shipment, Sequence[Problem]]":
    """Return what is shipped, and warnings."""
    from hitoe.build import collect, deck_release
    from hitoe.release import release

    collected = collect.collect(request.root, "deck", memory, request.done)
    ledgers = release.read_ledgers(request.root)
    shipment = deck_release.shipment(collected, memory, ledgers, request.now, refresh=request.refresh)
    return shipment, collected.warnings


def _sheet(
    request: Request, tools: str, project: "Project", progress: "Progress | None", only: "str | Week | None"
) -> Output:
    """Return the sheet of everything, or of one topic or week."""
    from hitoe import checks, sheet

    cache = request.out / ".cache"
    wanted: dict[str, Any] = {"wanted": request.editions} if request.editions else {}
    calibrated = fingerprints.own(request.out / sheet.CALIBRATION)
    printed = sheet.editions(project, cache, tools, request.done, only, calibrated=calibrated, **wanted)
    kept = {sheet.CALIBRATION: calibrated} if calibrated and not only and sheet.CALIBRATION not in printed.files else {}
    weak = sheet.weak_points(project, progress.weak, cache) if progress and not (only or wanted) else {}
    failed = {"digest": InputError(printed.no_digest)} if printed.no_digest else {}
    warnings = [*checks.warnings(project), *printed.warnings]
    return Output(printed.files | weak, warnings, unchanged=kept, failed=failed)


def _exam(request: Request, tools: str, project: "Project") -> Output:
    """Return the mock exam."""
    from hitoe import checks, sheet

    printed = sheet.mock_exam(project, request.seed, request.out / ".cache", tools)
    return Output(printed.files, [*checks.warnings(project), *printed.warnings], notices=printed.notices)


def _write_ledger(request: Request, ledger: str) -> bool:
    """Write the ledger if it changed and may be written; returns whether it was written.

    Raises:
        RefusedError: it changed and must not.
    """
    path = git.ledger_path(request.root)
    if path.exists() and path.read_text("utf-8") == ledger:  # as text: git may have changed the line ends
        return False
    if request.locked:
        raise RefusedError("content/ledger.json would change: run `hitoe build deck` and commit it")
    if request.ledger:
        writing.write(path, ledger.encode(), lasting=True)  # nothing else knows what learners have
    return request.ledger


def _write(out: Path, outputs: Mapping[str, Output]) -> Report:
    """Write files and caches, and return which files are other than before."""
    written = {name: files.replace(out, output.files) for name, output in outputs.items()}
    for output in outputs.values():
        files.replace(out, output.cache)
    warnings = sorted({warning for output in outputs.values() for warning in output.warnings})
    return Report(written, warnings, [notice for output in outputs.values() for notice in output.notices])
