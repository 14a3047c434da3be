"""The deck as learners get it: notes, the ledger's say on them, and the package."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from hitoe import deck, history, promises
from hitoe.deck.package import Stamped, Subdeck, type_hashes, write
from hitoe.identity import stable_id
from hitoe.ledger import LEDGER_FILE, Ledger, LedgerError, Release, load, release
from hitoe.problems import InputError, Position, Problem
from hitoe.project import CONTENT, Project

ROOT_DECK = "."
"""The ledger's key for the deck that holds the topics' subdecks; no topic can have it."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """The package, the ledger to be written with it, and sentences the author should read."""

    apkg: bytes
    release: Release
    shipped: Ledger
    notices: tuple[str, ...]


def read_ledgers(root: Path) -> tuple[Ledger, Ledger]:
    """Return the project's ledger and what of it counts as shipped: the committed rows, outside git all rows.

    Raises:
        InputError: the ledger is missing though there was one, or cannot be read.
    """
    path = root / LEDGER_FILE
    head = history.committed(root)
    if not path.exists():
        if head or (head is not None and history.ever_committed(root)):
            raise _unreadable("it is missing, but was committed: take it back with `git checkout`")
        return Ledger(), Ledger()
    try:
        ledger = load(path.read_text("utf-8"))
        shipped = ledger if head is None else load(head) if head else Ledger()
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
    """Make the package and the next ledger; `now` is in seconds since 1970. `drawn` are the project's notes if known.

    Raises:
        InputError: the content breaks what a shipped deck promised.
    """
    print_ = deck.templates(project.deck.language)
    notes = _kept(deck.notes(project, print_) if drawn is None else drawn, shipped, print_.word("retired_card"))
    if problems := promises.broken(project, notes, shipped):
        raise InputError(problems)
    names = _deck_names(project, shipped)
    used = {note.type for note in notes}
    types = {key: hash_ for key, hash_ in type_hashes(print_).items() if key in used}
    result = release(notes, types, names, ledger=ledger, shipped=shipped, now=now, refresh=refresh)
    by_topic: dict[str, list[Stamped]] = {}
    media: dict[str, str] = {}
    for note in notes:
        row = result.ledger.notes[note.guid]
        by_topic.setdefault(note.topic, []).append(Stamped(note, row.id, row.mod))
        media |= note.media
    description = print_.prose(project.deck.description) if project.deck.description else ""
    subdecks = [Subdeck(stable_id(project.deck.key), result.ledger.decks[ROOT_DECK].name, description)]
    # Anki tells decks apart by name, big and small letters alike: of two with one name it would rename one.
    ids: dict[str, int] = {}
    for topic, its_notes in by_topic.items():
        same = normalize("NFC", result.ledger.decks[topic].name).casefold()
        id_ = ids.setdefault(same, stable_id(project.deck.key, topic))
        order = deck.study_order([stamped.note for stamped in its_notes])
        subdecks.append(Subdeck(id_, result.ledger.decks[topic].name, "", tuple(its_notes), tuple(order)))
    files = {name: (project.root / CONTENT / file).read_bytes() for name, file in media.items()}
    mods = {key: row.mod for key, row in result.ledger.types.items()}
    return Shipment(write(subdecks, mods, files, print_), result, shipped, tuple(_renamed(project, names, shipped)))


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


def _unreadable(why: str) -> InputError:
    remedy = "`hitoe ledger restore DECK.apkg` takes it from the last deck, `hitoe ledger rebuild` begins anew"
    return InputError([Problem(Position(LEDGER_FILE), f"{why}; {remedy}")])
