"""The deck as learners get it: notes, the ledger's say on them, and the package."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from unicodedata import normalize

from hitoe import deck
from hitoe.deck.package import Stamped, Subdeck, database, package, type_hashes
from hitoe.model.identity import stable_id
from hitoe.model.project import CONTENT, Outline, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.release import compatibility, git
from hitoe.release.git import LEDGER_FILE
from hitoe.release.ledger import Ledger, LedgerError, dump, joined, load
from hitoe.release.ledger_update import Release, release

ROOT_DECK = "."
"""The ledger's key for the deck that holds the topics' subdecks; no topic can have it."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """The name of the package and the package itself, the ledger that goes with it, and sentences for the author."""

    name: str
    packing: Callable[[], bytes]
    release: Release
    ledger: str
    shipped: Ledger
    notices: tuple[str, ...]

    @property
    def apkg(self) -> bytes:
        """The package; waits until it is packed."""
        return self.packing()


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


def ship(project: Project, ledger: Ledger, shipped: Ledger, now: int, *, refresh: bool = False) -> Shipment:
    """Make the package and the next ledger; `now` is in seconds since 1970.

    Raises:
        InputError: the content breaks what a shipped deck promised.
    """
    from hitoe.deck import cards

    outline = cards.outline(project, cards.templates(project.deck.language))
    notes = promised(project, shipped)
    orders = {topic: deck.study_order(its_notes) for topic, its_notes in _by_topic(notes).items()}
    return parcel(outline, notes, orders, ledger, shipped, now, refresh=refresh)


def parcel(
    outline: Outline,
    notes: Sequence[deck.Note],
    orders: Mapping[str, Sequence[deck.Card]],
    ledger: Ledger,
    shipped: Ledger,
    now: int,
    *,
    refresh: bool = False,
) -> Shipment:
    """Make the package and the next ledger from notes that keep what shipped decks promised.

    `orders` are the orders of study, by topic.
    """
    names = _deck_names(outline, shipped)
    used = {note.type for note in notes}
    types = {key: hash_ for key, hash_ in type_hashes().items() if key in used}
    result = release(notes, types, names, ledger=ledger, shipped=shipped, now=now, refresh=refresh)
    subdecks = [Subdeck(stable_id(outline.key), result.ledger.decks[ROOT_DECK].name, outline.description)]
    subdecks += _subdecks(outline, notes, orders, result.ledger)
    media = {name: file for note in notes for name, file in note.media.items()}
    files = {name: (outline.root / CONTENT / file).read_bytes() for name, file in media.items()}
    mods = {key: row.mod for key, row in result.ledger.types.items()}
    packing = _packing(database(subdecks, mods), files)
    notices = (*_untimely(now, ledger), *_renamed(outline, names, shipped))
    return Shipment(f"{outline.key}.apkg", packing, result, dump(result.ledger), shipped, notices)


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


def _packing(content: bytearray, media: Mapping[str, bytes]) -> Callable[[], bytes]:
    """Begin to pack the package and return a function that waits for it; zlib lets another thread work beside it."""
    apkg: list[bytes] = []
    thread = Thread(target=lambda: apkg.append(package(content, media)))
    thread.start()

    def packed() -> bytes:
        thread.join()
        return apkg[0]

    return packed


def promised(project: Project, shipped: Ledger) -> list[deck.Note]:
    """Return the notes of a project, with the cards that learners have.

    Raises:
        InputError: the content breaks what a shipped deck promised.
    """
    from hitoe.deck import cards

    print_ = cards.templates(project.deck.language)
    notes = _kept(cards.notes(project, print_), shipped, print_.word("retired_card"))
    if problems := compatibility.broken(project, notes, shipped):
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
