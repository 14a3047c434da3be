"""The deck of a project for learners: its notes, with the cards that learners have, and the package."""

from pathlib import Path

from hitoe.build import collect, fingerprints, memo, topic_file
from hitoe.build.collect import Collected
from hitoe.build.memo import Memo
from hitoe.build.topic_file import TopicResult
from hitoe.model.identity import guid
from hitoe.model.loader import Places
from hitoe.model.project import Outline
from hitoe.problems import InputError
from hitoe.release import compatibility, release
from hitoe.release.ledger import Ledger
from hitoe.release.release import Shipment


def of(root: Path, ledgers: tuple[Ledger, Ledger], now: int) -> Shipment:
    """Return what a build at `now` would ship, and write nothing; otherwise as `shipment`.

    Raises:
        InputError: the content cannot be used.
    """
    memory = memo.read(root / "build", "deck", fingerprints.tools())
    return shipment(collect.collect(root, "deck", memory), memory, ledgers, now)


def shipment(
    collected: Collected, memory: Memo, ledgers: tuple[Ledger, Ledger], now: int, *, refresh: bool = False
) -> Shipment:
    """Return the package and the next ledger of a project that was collected for the deck.

    `ledgers` are the project's and what counts as shipped; `now` is in seconds since 1970.

    Raises:
        InputError: the content is not compatible with a shipped deck.
    """
    ledger, shipped = ledgers
    topics = compatible(collected, memory, shipped)
    notes = [note for result in topics for note in result.notes]
    orders = {result.outline.topic: result.order for result in topics if result.outline}
    return release.ship(_outline(collected), notes, orders, ledger, shipped, now, refresh=refresh)


def compatible(collected: Collected, memory: Memo, shipped: Ledger) -> list[TopicResult]:
    """Return the results of topic files with the cards that learners have and that are no longer asked.

    Raises:
        InputError: the content is not compatible with a shipped deck.
    """
    topics = _with_shipped_cards(collected, memory, shipped)
    notes = [note for result in topics.values() for note in result.notes]
    entries = {path for outline in collected.outlines.values() for _, path in outline.paths if "." not in path}
    key = collected.deck.deck.key
    if problems := compatibility.broken(key, notes, entries, shipped, Places(collected.texts)):
        raise InputError(problems)
    return list(topics.values())


def _with_shipped_cards(collected: Collected, memory: Memo, shipped: Ledger) -> dict[str, TopicResult]:
    """Work those files out again of which learners have cards that are no longer asked."""
    topics = dict(collected.topics)
    ords = {note.guid: note.ords for result in topics.values() for note in result.notes}
    lacking = {its: row.ords for its, row in shipped.notes.items() if not set(row.ords) <= set(ords.get(its, ()))}
    if not lacking:
        return topics
    key = collected.deck.deck.key
    tasks = []
    for name, outline in collected.outlines.items():
        cards = [(its, lacking[its]) for _, path in outline.paths if (its := guid(key, path)) in lacking]
        if cards:
            tasks.append(collected.task(name, tuple(cards)))
    again = collect.results(tasks, memory)
    return topics | {task.name: result for task, result in zip(tasks, again, strict=True)}


def _outline(collected: Collected) -> Outline:
    deck = collected.deck.deck
    templates = topic_file.templates(deck.language)
    return Outline(
        root=collected.deck.root,
        key=deck.key,
        title=deck.title,
        description=templates.prose(deck.description) if deck.description else "",
        topics={one.topic: one.title for one in collected.outlines.values()},
    )
