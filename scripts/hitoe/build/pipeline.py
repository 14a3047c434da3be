"""From a project to its outputs in build/: all is made before anything is written, and each file in one piece.

An output that cannot be made stops no other.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.build import files, fingerprints
from hitoe.build.request import OUTPUTS, Output, Report, Request
from hitoe.problems import InputError, PrintError, Problem, RefusedError, did_you_mean
from hitoe.release import git

if TYPE_CHECKING:
    from hitoe.model.project import Project
    from hitoe.progress import Progress
    from hitoe.release.release import Shipment
    from hitoe.schema import Week

WITH_PROGRESS = ("sheet", "log")
"""Outputs that report on a learner's progress, if there is a collection."""
COPY = ".cache/collection"


def build(request: Request) -> Report:
    """Build what is stale; what stops a single output is in the report.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
        RefusedError: the ledger would change and must not, or a topic is none of the project's; nothing was written.
    """
    tools = fingerprints.tools()
    # Read once, and first: what the author saves while the build runs is not in it, and must be stale after it.
    content = fingerprints.content(request.root)
    inputs = _inputs(request, tools, content)
    stale = [
        name
        for name in _names(request)
        if request.refresh or fingerprints.fresh(request.out, name, inputs[name]) is None
    ]
    if not stale:
        return Report({}, None, False)
    outputs, failed, shipment = _make(request, tools, stale)
    changed = _ledger_changed(request, shipment)
    if changed and request.ledger:
        inputs = _inputs(request, tools, content)
    built = {
        name: {file: fingerprints.digest(text) for file, text in output.files.items()} | dict(output.unchanged)
        for name, output in outputs.items()
    }
    for name, new in built.items():
        files.remove(request.out, set(fingerprints.files(request.out, name, request.root)) - set(new))
    written = _write(request.out, outputs)
    state = fingerprints.record(request.out, built, request.root, inputs)
    files.write(request.out / fingerprints.STATE_FILE, state.encode())
    return Report(written, shipment, changed, _warnings(outputs), failed)


def posts(request: Request, wanted: "Callable[[Week], bool]") -> Report:
    """Build the posts of some weeks, and leave all else as it is.

    Raises:
        InputError: the content cannot be used; nothing was written.
        CollectionError: the learner's collection cannot be used; nothing was written.
    """
    project = _project(request) if request.progress else None
    outputs = {"log": _log(request, fingerprints.tools(), _progress(request, project), wanted)}
    return Report(_write(request.out, outputs), None, False, _warnings(outputs))


def _inputs(request: Request, tools: str, content: str) -> dict[str, str]:
    """Return the hash of what goes into each output."""
    ledger = fingerprints.hashed(request.root / git.LEDGER_FILE) or ""
    all_ = [tools, content, ledger, git.committed(request.root) or ""]
    reporting = [*all_, *(fingerprints.collection(request.progress) if request.progress else ())]
    names = (*OUTPUTS, *_names(request))
    return {name: fingerprints.fingerprint(reporting if name in WITH_PROGRESS else all_) for name in names}


def _names(request: Request) -> Sequence[str]:
    """Return the names of the outputs: a sheet of a topic has its own."""
    return [f"sheet {topic}" for topic in dict.fromkeys(request.topics)] or request.outputs


def _make(
    request: Request, tools: str, stale: Sequence[str]
) -> tuple[dict[str, Output], dict[str, InputError | PrintError], "Shipment | None"]:
    """Return the stale outputs, those that cannot be made with the reason, and the shipment if the deck is made."""
    outputs: dict[str, Output] = {}
    failed: dict[str, InputError | PrintError] = {}
    reporting = request.progress is not None and set(stale) & set(WITH_PROGRESS)
    project = _project(request) if reporting or set(stale) - {"deck", "log"} else None
    shipment = None
    if "deck" in stale:
        outputs["deck"], shipment = _deck(request, tools)
    progress = _progress(request, project) if reporting else None
    if "log" in stale:
        outputs["log"] = _log(request, tools, progress)
    for name in stale:
        if project is not None and name not in outputs:
            output, _, topic = name.partition(" ")
            try:
                outputs[name] = OF_PROJECT[output](request, tools, project, progress, topic)
            except (InputError, PrintError) as error:
                failed[name] = error
    return {name: outputs[name] for name in stale if name in outputs}, failed, shipment


def _project(request: Request) -> "Project":
    from hitoe import checks

    project = checks.trusted(request.root)
    known = [topic.topic for topic in project.topics.values()]
    for topic in request.topics:
        if topic not in known:
            raise RefusedError(f"no topic '{topic}': {did_you_mean(topic, known)}")
    return project


def _progress(request: Request, project: "Project | None") -> "Progress | None":
    if request.progress is None or project is None:
        return None
    from hitoe import progress

    return progress.of(project, request.progress, request.out / f"{COPY}.{os.getpid()}")


def _deck(request: Request, tools: str) -> tuple[Output, "Shipment"]:
    from hitoe.build import collect, deck_release, memo
    from hitoe.release import release

    memory = memo.read(request.out, "deck", tools)
    collected = collect.collect(request.root, "deck", memory)
    ledgers = release.read_ledgers(request.root)
    shipment = deck_release.shipment(collected, memory, ledgers, request.now, refresh=request.refresh)
    cache = {memo.FILES["deck"]: memory.content()}
    return Output({shipment.name: shipment.package()}, collected.warnings, cache), shipment


def _log(
    request: Request, tools: str, progress: "Progress | None", wanted: "Callable[[Week], bool] | None" = None
) -> Output:
    from hitoe.build import collect, log_posts, memo

    memory = memo.read(request.out, "log", tools, keep=wanted is not None)
    collected = collect.collect(request.root, "log", memory)
    new, unchanged = log_posts.written(collected, memory, request.out, progress, wanted)
    return Output(new, collected.warnings, {memo.FILES["log"]: memory.content()}, unchanged)


def _sheet(request: Request, tools: str, project: "Project", progress: "Progress | None", topic: str) -> Output:
    """Return the sheet of everything, or of one topic."""
    from hitoe import checks, sheet

    cache = request.out / ".cache"
    printed = sheet.editions(project, cache, tools, request.done, topic or None)
    weak = sheet.weak_points(project, progress.weak, cache) if progress and not topic else {}
    return Output(printed.files | weak, [*checks.warnings(project), *printed.warnings])


OF_PROJECT: Mapping[str, Callable[[Request, str, "Project", "Progress | None", str], Output]] = {"sheet": _sheet}
"""What makes the outputs that need the whole project; deck and log are made file by file. Each function takes the
request, the hash of hitoe itself, the project, the learner's progress, and the topic that is wanted ("" for all)."""


def _ledger_changed(request: Request, shipment: "Shipment | None") -> bool:
    """Write the ledger if it changed and may be written; returns whether it changed.

    Raises:
        RefusedError: it changed and must not.
    """
    if shipment is None:
        return False
    from hitoe.release.ledger import dump

    ledger, path = dump(shipment.release.ledger), request.root / git.LEDGER_FILE
    if path.exists() and path.read_text("utf-8") == ledger:  # as text: git may have changed the line ends
        return False
    if request.locked:
        raise RefusedError("content/ledger.json would change: run `make deck` and commit it")
    if request.ledger:
        files.write(git.ledger_path(request.root), ledger.encode())
    return True


def _warnings(outputs: Mapping[str, Output]) -> list[Problem]:
    return sorted({warning for output in outputs.values() for warning in output.warnings})


def _write(out: Path, outputs: Mapping[str, Output]) -> dict[str, list[str]]:
    """Write files and caches; returns the files that are other than before, by output."""
    written = {name: files.replace(out, output.files) for name, output in outputs.items()}
    for output in outputs.values():
        files.replace(out, output.cache)
    return written
