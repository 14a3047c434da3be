"""The deck as learners get it: notes, the ledger's say on them, and the package."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from unicodedata import normalize

from hitoe import deck, history, promises
from hitoe.deck.package import Stamped, Subdeck, database, package, type_hashes
from hitoe.identity import stable_id
from hitoe.ledger import LEDGER_FILE, Ledger, LedgerError, Release, dump, joined, load, release
from hitoe.problems import InputError, Position, Problem
from hitoe.project import CONTENT, Project

ROOT_DECK = "."
"""The ledger's key for the deck that holds the topics' subdecks; no topic can have it."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """The package, the ledger to be written with it and its text, and sentences the author should read."""

    apkg: bytes
    release: Release
    ledger: str
    shipped: Ledger
    notices: tuple[str, ...]


def read_ledgers(root: Path) -> tuple[Ledger, Ledger]:
    """Return the project's ledger and what counts as shipped: the committed rows, outside git all rows.

    While git merges, the rows of both sides count.

    Raises:
        InputError: the ledger is missing though there was one, or cannot be read.
    """
    path = root / LEDGER_FILE
    head = history.committed(root)
    if not path.exists():
        if head or (head is not None and history.ever_committed(root)):
            raise _unreadable(f"it is missing, but was committed: take it back with `git checkout {LEDGER_FILE}`")
        return Ledger(), Ledger()
    try:
        text = path.read_text("utf-8")
        ledger = load(text)
        shipped = ledger if head is None or head == text else load(head) if head else Ledger()
        for other in history.merging(root):
            shipped = joined(shipped, load(other))
    except LedgerError as error:
        raise _unreadable(str(error)) from None
    except UnicodeDecodeError:
        raise _unreadable("it is damaged") from None
    return ledger, shipped


def ship(
    project: Project,
    ledger: Ledger,
    shipped: Ledger,
    now: int,
    *,
    refresh: bool = False,
    drawn: Iterable[deck.Note] | None = None,
) -> Shipment:
    """Make the package and the next ledger; `now` is in seconds since 1970.

    `drawn` are the project's notes if they are known, and if learners have no card that they have not.

    Raises:
        InputError: the content breaks what a shipped deck promised.
    """
    print_ = deck.templates(project.deck.language)
    notes = promised(project, shipped, drawn)
    names = _deck_names(project, shipped)
    used = {note.type for note in notes}
    types = {key: hash_ for key, hash_ in type_hashes(print_).items() if key in used}
    result = release(notes, types, names, ledger=ledger, shipped=shipped, now=now, refresh=refresh)
    description = print_.prose(project.deck.description) if project.deck.description else ""
    subdecks = [Subdeck(stable_id(project.deck.key), result.ledger.decks[ROOT_DECK].name, description)]
    subdecks += _subdecks(project, notes, result.ledger)
    media = {name: file for note in notes for name, file in note.media.items()}
    files = {name: (project.root / CONTENT / file).read_bytes() for name, file in media.items()}
    mods = {key: row.mod for key, row in result.ledger.types.items()}
    apkg, text = _written(database(subdecks, mods, print_), files, result.ledger)
    return Shipment(apkg, result, text, shipped, (*_untimely(now, ledger), *_renamed(project, names, shipped)))


def _subdecks(project: Project, notes: Iterable[deck.Note], ledger: Ledger) -> Iterator[Subdeck]:
    """Yield a subdeck for each topic."""
    by_topic: dict[str, list[Stamped]] = {}
    for note in notes:
        row = ledger.notes[note.guid]
        by_topic.setdefault(note.topic, []).append(Stamped(note, row.id, row.mod))
    # Anki tells decks apart by name, big and small letters alike: of two with one name it would rename one.
    ids: dict[str, int] = {}
    for topic, its_notes in by_topic.items():
        same = normalize("NFC", ledger.decks[topic].name).casefold()
        id_ = ids.setdefault(same, stable_id(project.deck.key, topic))
        order = deck.study_order([stamped.note for stamped in its_notes])
        yield Subdeck(id_, ledger.decks[topic].name, "", tuple(its_notes), tuple(order))


def _written(content: bytearray, media: Mapping[str, bytes], ledger: Ledger) -> tuple[bytes, str]:
    """Return the package and the ledger's text; zlib lets another thread work beside it."""
    apkg: list[bytes] = []
    packing = Thread(target=lambda: apkg.append(package(content, media)))
    packing.start()
    text = dump(ledger)
    packing.join()
    return apkg[0], text


def promised(project: Project, shipped: Ledger, drawn: Iterable[deck.Note] | None = None) -> list[deck.Note]:
    """Return the notes of a project, with the cards that learners have; for `drawn` see `ship`.

    Raises:
        InputError: the content breaks what a shipped deck promised.
    """
    if drawn is None:
        print_ = deck.templates(project.deck.language)
        drawn = _kept(deck.notes(project, print_), shipped, print_.word("retired_card"))
    notes = list(drawn)
    if problems := promises.broken(project, notes, shipped):
        raise InputError(problems)
    return notes


def _kept(notes: Iterable[deck.Note], shipped: Ledger, notice: str) -> list[deck.Note]:
    found = []
    for note in notes:
        row = shipped.notes.get(note.guid)
        kept = deck.with_shipped_cards(note, row.ords if row else (), notice)
        if kept is not None:
            found.append(kept)
    return found


def _deck_names(project: Project, shipped: Ledger) -> dict[str, str]:
    root = shipped.decks[ROOT_DECK].name if ROOT_DECK in shipped.decks else project.deck.title
    return {ROOT_DECK: root} | {topic.topic: f"{root}::{topic.title}" for topic in project.topics.values()}


def _renamed(project: Project, names: Mapping[str, str], shipped: Ledger) -> list[str]:
    wanted = {**names, ROOT_DECK: project.deck.title}
    return [
        f"Anki never moves cards, so deck '{shipped.decks[key].name}' keeps its name there; '{name}' is for print only"
        for key, name in wanted.items()
        if key in shipped.decks and shipped.decks[key].name != name
    ]


def _untimely(now: int, ledger: Ledger) -> list[str]:
    if now >= ledger.highest_mod:
        return []
    return [f"the time {now} (SOURCE_DATE_EPOCH, or else the clock) is ignored: the ledger is later"]


def _unreadable(why: str) -> InputError:
    remedy = "`hitoe ledger restore DECK.apkg` takes it from the last deck, `hitoe ledger rebuild` begins anew"
    return InputError([Problem(Position(LEDGER_FILE), f"{why}; {remedy}")])
