"""The deck as learners get it: notes, the ledger's say on them, and the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from hitoe import deck
from hitoe.deck.package import Stamped, Subdeck, type_hashes, write
from hitoe.identity import stable_id
from hitoe.ledger import LEDGER_FILE, Ledger, LedgerError, NoteRow, Release, gone, history, load, release
from hitoe.problems import InputError, Position, Problem
from hitoe.project import CONTENT, Project
from hitoe.templating import Templates

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


def ship(project: Project, ledger: Ledger, shipped: Ledger, now: int) -> Shipment:
    """Make the package and the next ledger; `now` is in seconds since 1970.

    Raises:
        InputError: a shipped key is gone.
    """
    print_ = deck.templates(project.deck.language)
    notes = _notes(project, shipped, print_)
    if lost := gone(notes, shipped):
        raise InputError(_lost(project, notes, lost))
    names = _deck_names(project, shipped)
    result = release(notes, type_hashes(print_), names, ledger=ledger, shipped=shipped, now=now)
    stamped: dict[str, list[Stamped]] = {}
    media: dict[str, str] = {}
    for note in notes:
        row = result.ledger.notes[note.guid]
        stamped.setdefault(note.topic, []).append(Stamped(note, row.id, row.mod))
        media |= note.media
    description = print_.prose(project.deck.description) if project.deck.description else ""
    subdecks = [Subdeck(stable_id(project.deck.key), result.ledger.decks[ROOT_DECK].name, description, ())]
    for topic, its_notes in stamped.items():
        id_ = stable_id(project.deck.key, topic)
        subdecks.append(Subdeck(id_, result.ledger.decks[topic].name, "", tuple(its_notes)))
    files = {name: (project.root / CONTENT / file).read_bytes() for name, file in media.items()}
    mods = {key: row.mod for key, row in result.ledger.types.items()}
    return Shipment(write(subdecks, mods, files, print_), result, shipped, tuple(_renamed(project, names, shipped)))


def _notes(project: Project, shipped: Ledger, print_: Templates) -> list[deck.Note]:
    notice = print_.word("retired_card")
    found = []
    for note in deck.notes(project, print_):
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


def _lost(project: Project, notes: list[deck.Note], rows: list[NoteRow]) -> list[Problem]:
    """Say of each thing that was shipped and is gone what became of its cards: a whole item in one sentence."""
    present = {_item(note.path) for note in notes}
    problems = []
    for what, group in groupby(rows, key=lambda row: row.path if _item(row.path) in present else _item(row.path)):
        lost = list(group)
        cards = sum(len(row.ords) for row in lost)
        message = (
            f"'{what}' was shipped and is gone, and {cards} card{'s' * (cards != 1)} of it would be orphaned: "
            f"bring it back with `retired: true`, or if it was renamed add `was: {what}` where it is now"
        )
        problems.append(Problem(_place(project, lost[0]), message))
    return problems


def _item(path: str) -> str:
    return path.partition("[")[0]


def _place(project: Project, row: NoteRow) -> Position:
    """Return where a thing that is gone stood: its nearest parent that is still there."""
    entry, _, rest = row.path.partition(".")
    if row.file not in project.documents:
        return Position(row.file)
    return project.at(row.file, "entries", entry, "items", rest.partition("[")[0])


def _unreadable(why: str) -> InputError:
    remedy = "`hitoe ledger restore DECK.apkg` takes it from the last deck, `hitoe ledger rebuild` begins anew"
    return InputError([Problem(Position(LEDGER_FILE), f"{why}; {remedy}")])
