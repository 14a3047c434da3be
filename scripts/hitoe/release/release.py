"""The package that learners import, and the ledger that goes with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from hitoe import deck
from hitoe.deck.package import Stamped, Subdeck, database, package, type_hashes
from hitoe.model.identity import stable_id
from hitoe.model.project import CONTENT, Outline
from hitoe.problems import InputError, Position, Problem
from hitoe.release import git
from hitoe.release.git import LEDGER_FILE
from hitoe.release.ledger import Ledger, LedgerError, joined, load
from hitoe.release.ledger_update import Release, release

ROOT_DECK = "."
"""The ledger's key for the deck that holds the topics' subdecks; no topic can have it."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """The file name of the package and what it is made of, the ledger that goes with it, and notices for the author.

    `media` are files by their names in the package; `shipped` are the ledger's rows that learners may have.
    """

    name: str
    subdecks: Sequence[Subdeck]
    type_mods: Mapping[str, int]
    media: Mapping[str, Path]
    release: Release
    shipped: Ledger
    notices: tuple[str, ...]

    def package(self) -> bytes:
        """Return the .apkg."""
        media = {name: path.read_bytes() for name, path in self.media.items()}
        return package(database(self.subdecks, self.type_mods), media)


def read_ledgers(root: Path) -> tuple[Ledger, Ledger]:
    """Return the project's ledger and what counts as shipped: the committed rows, all rows where git cannot tell.

    While git merges, the rows of both sides count.

    Raises:
        InputError: the ledger is missing though there was one, or cannot be read.
    """
    path = root / LEDGER_FILE
    head = git.committed(root)
    if not path.exists():
        if head or git.ever_committed(root):
            remedy = "take it back with `git -C content checkout ledger.json`"
            raise _unreadable(f"it is missing, but was committed: {remedy}")
        if path.is_symlink():
            raise _unreadable("it is a link to a file that is not there")
        return Ledger(), Ledger()
    try:
        text = path.read_text("utf-8")
        ledger = load(text)
        shipped = ledger if head is None or head == text else load(head) if head else Ledger()
        for other in git.merging(root):
            shipped = joined(shipped, load(other))
    except LedgerError as error:
        raise _unreadable(str(error)) from None
    except UnicodeDecodeError:
        raise _unreadable("it is damaged") from None
    return ledger, shipped


def ship(
    outline: Outline,
    notes: Sequence[deck.Note],
    orders: Mapping[str, Sequence[deck.Card]],
    ledger: Ledger,
    shipped: Ledger,
    now: int,
    *,
    refresh: bool = False,
) -> Shipment:
    """Return the package and the next ledger from notes that are compatible with shipped decks.

    `orders` are the orders of study by topic; `now` is in seconds since 1970.
    """
    names = _deck_names(outline, shipped)
    used = {note.type for note in notes}
    types = {key: hash_ for key, hash_ in type_hashes().items() if key in used}
    result = release(notes, types, names, ledger=ledger, shipped=shipped, now=now, refresh=refresh)
    return Shipment(
        name=f"{outline.key}.apkg",
        subdecks=[
            Subdeck(stable_id(outline.key), result.ledger.decks[ROOT_DECK].name, outline.description),
            *_subdecks(outline, notes, orders, result.ledger),
        ],
        type_mods={key: row.mod for key, row in result.ledger.types.items()},
        media={name: outline.root / CONTENT / file for note in notes for name, file in note.media},
        release=result,
        shipped=shipped,
        notices=(*_untimely(now, ledger), *_renamed(outline, names, shipped)),
    )


def _subdecks(
    outline: Outline, notes: Iterable[deck.Note], orders: Mapping[str, Sequence[deck.Card]], ledger: Ledger
) -> Iterator[Subdeck]:
    """Yield a subdeck for each topic."""
    # Anki tells decks apart by name, big and small letters alike: of two with one name it would rename one.
    ids: dict[str, int] = {}
    for topic, its_notes in _by_topic(notes).items():
        same = normalize("NFC", ledger.decks[topic].name).casefold()
        id_ = ids.setdefault(same, stable_id(outline.key, topic))
        rows = ((note, ledger.notes[note.guid]) for note in its_notes)
        stamped = tuple(Stamped(note, row.id, row.mod) for note, row in rows)
        yield Subdeck(id_, ledger.decks[topic].name, "", stamped, tuple(orders[topic]))


def _by_topic(notes: Iterable[deck.Note]) -> dict[str, list[deck.Note]]:
    found: dict[str, list[deck.Note]] = {}
    for note in notes:
        found.setdefault(note.topic, []).append(note)
    return found


def _deck_names(outline: Outline, shipped: Ledger) -> dict[str, str]:
    root = shipped.decks[ROOT_DECK].name if ROOT_DECK in shipped.decks else outline.title
    return {ROOT_DECK: root} | {topic: f"{root}::{title}" for topic, title in outline.topics.items()}


def _renamed(outline: Outline, names: Mapping[str, str], shipped: Ledger) -> list[str]:
    wanted = {**names, ROOT_DECK: outline.title}
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
