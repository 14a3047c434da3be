"""The deck of a project for learners: its notes, with the cards that learners have, and the package."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hitoe import checks, memo
from hitoe.build import collect, fingerprints, topic_file
from hitoe.build.collect import Collected
from hitoe.build.topic_file import Task, TopicResult
from hitoe.deck import Note, cards
from hitoe.memo import Memo
from hitoe.model.identity import guid
from hitoe.model.loader import Places
from hitoe.model.outline import TopicOutline
from hitoe.model.project import Project
from hitoe.problems import InputError, Problem
from hitoe.release import compatibility, kept_types, release
from hitoe.release.ledger import Ledger
from hitoe.release.release import Shipment


def of(root: Path, ledgers: tuple[Ledger, Ledger], now: int) -> Shipment:
    """Return what a build at `now` would ship, and write nothing; otherwise as `shipment`."""
    memory = memo.read(root / "build", "deck", fingerprints.tools())
    return shipment(collect.collect(root, "deck", memory), memory, ledgers, now)


def incompatible(project: Project, texts: Mapping[str, bytes], shipped: Ledger) -> list[Problem]:
    """Return what in a project, which is given with the bytes of its files, is not compatible with a shipped deck."""
    held = {its: row.ords for its, row in shipped.notes.items()}
    outlines, notes = {}, []
    for file, topic in project.topics.items():
        part = replace(project, topics={file: topic})
        outlines[file] = checks.outline(part)
        # What notes say takes long to print, and matters only where something was renamed.
        printing = cards.templates(project.deck.language) if outlines[file].renamed else None
        asked = cards.notes(part, printing, unasked=False) if printing else cards.without_fields(part)
        notes += [_holding(note, held.get(note.guid, ())) for note in asked]
    return _problems(project, [note for note in notes if note.ords], outlines, shipped, Places(texts))


def _problems(
    project: Project,
    notes: Sequence[Note],
    outlines: Mapping[str, TopicOutline],
    shipped: Ledger,
    places: Places,
) -> list[Problem]:
    """Return what is not compatible with a shipped deck; of notes only their fields, tags and media do not matter."""
    problems = compatibility.broken(project.deck.key, notes, outlines, shipped, places)
    return [*problems, *kept_types.broken(project, notes, shipped, places)]


def _holding(note: Note, shipped: tuple[int, ...]) -> Note:
    """Return a note without fields with the cards that learners have of it, as `with_shipped_cards` does."""
    if note.type != "standard" or set(shipped) <= set(note.ords):
        return note
    return note._replace(ords=tuple(sorted({*note.ords, *shipped})))


def shipment(
    collected: Collected, memory: Memo, ledgers: tuple[Ledger, Ledger], now: int, *, refresh: bool = False
) -> Shipment:
    """Return the package and the next ledger of a project that was collected for the deck.

    `ledgers` are the project's and what counts as shipped; `now` is in seconds since 1970.

    Raises:
        InputError: the content cannot be used, or is not compatible with a shipped deck.
    """
    project, outlines = collected.deck, collected.outlines
    results, problems = with_shipped_cards(collected, memory, ledgers[1])
    if problems:
        raise InputError(problems)
    notes = [note for result in results.values() for note in result.notes]
    orders = {outlines[name].topic: result.order for name, result in results.items()}
    shipped = release.ship(project, outlines.values(), notes, orders, ledgers, now, refresh=refresh)
    release.refuse_late(shipped.ledger)
    return shipped


def with_shipped_cards(
    collected: Collected, memory: Memo, shipped: Ledger
) -> tuple[dict[str, TopicResult], list[Problem]]:
    """Return the results by file, with the cards that learners have, and what is not compatible with a shipped deck."""
    results = _kept(collected, memory, shipped)
    notes = [note for result in results.values() for note in result.notes]
    return results, _problems(collected.deck, notes, collected.outlines, shipped, Places(collected.texts))


def _kept(collected: Collected, memory: Memo, shipped: Ledger) -> dict[str, TopicResult]:
    """Work those files out again of which learners have cards that are no longer asked."""
    if not shipped.notes:
        return collected.topics
    ords = {note.guid: note.ords for result in collected.topics.values() for note in result.notes}
    lacking = {its: row.ords for its, row in shipped.notes.items() if not set(row.ords) <= set(ords.get(its, ()))}
    if not lacking:
        return collected.topics
    project, texts, tasks = collected.deck, collected.texts, []
    for name, outline in collected.outlines.items():
        guids = (guid(project.deck.key, path) for _, path in outline.paths)
        if cards := tuple((its, lacking[its]) for its in guids if its in lacking):
            tasks.append(Task("deck", project.root, topic_file.settings(texts), name, texts[name], cards))
    again = collect.results(tasks, memory)
    return collected.topics | {task.name: result for task, result in zip(tasks, again, strict=True)}
