"""The package that learners import, and the ledger that goes with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from unicodedata import normalize

from hitoe import deck
from hitoe.deck.cards import templates
from hitoe.deck.note_types import TypeWords
from hitoe.deck.package import Subdeck, database, package
from hitoe.messages import say
from hitoe.model.identity import stable_id
from hitoe.model.project import CONTENT, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.release import git
from hitoe.release.compatibility import asked_again
from hitoe.release.git import LEDGER_FILE
from hitoe.release.ledger import Ledger, LedgerError, joined, load
from hitoe.release.ledger_update import updated
from hitoe.release.type_choice import chosen, rows

ROOT_DECK = "."
"""The ledger's key for the deck that holds the topics' subdecks; no topic can have it."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """The file name of the package and what it is made of, the ledger that goes with it, and notices for the author.

    `types` are the words of its note types, `media` are files by their names in the package.
    """

    name: str
    subdecks: Sequence[Subdeck]
    types: Mapping[str, TypeWords]
    media: Mapping[str, Path]
    ledger: Ledger
    notices: Sequence[str]

    def package(self) -> bytes:
        """Return the .apkg."""
        media = {name: path.read_bytes() for name, path in self.media.items()}
        types = {key: (words, self.ledger.types[key].mod) for key, words in self.types.items()}
        return package(database(self.subdecks, types), media)


def read_ledgers(root: Path) -> tuple[Ledger, Ledger]:
    """Return the project's ledger and what counts as shipped: the committed rows, all rows where git cannot tell.

    While git merges, and after a merge until the ledger is built, the rows of both sides count.

    Raises:
        InputError: the ledger is missing though there was one, or cannot be read.
    """
    path = root / LEDGER_FILE
    head = git.committed(root)
    if not path.exists():
        if head or git.ever_committed(root):
            remedy = say("take it back with `git -C content checkout ledger.json`")
            raise _unreadable(say("it is missing, but was committed: {remedy}", remedy=remedy))
        if path.is_symlink():
            raise _unreadable(say("it is a link to a file that is not there"))
        if built := sorted((root / "build").glob("*.apkg")):
            raise _unreadable(say("it is missing, but build/{name} was built with one", name=built[0].name))
        return Ledger(), Ledger()
    if not path.is_file():  # to read from a pipe or a device may take for ever
        raise _unreadable(say("it is no file"))
    try:
        text = path.read_text("utf-8")
        ledger = load(text)
    except LedgerError as error:
        raise _unreadable(str(error), error.line) from None
    except UnicodeDecodeError:
        raise _unreadable(say("it is damaged: it is not UTF-8")) from None
    shipped = ledger if head is None or head == text else _committed(head) if head else Ledger()
    for other in [*git.merging(root), *(git.merged(root) if head else ())]:
        shipped = joined(shipped, _committed(other))
    return ledger, shipped


def _committed(text: str) -> Ledger:
    try:
        return load(text)
    except LedgerError as error:
        message = say(
            "the committed ledger cannot be used ({error}, in its line {line}): commit one that is whole",
            error=error,
            line=error.line,
        )
        raise InputError([Problem(Position(LEDGER_FILE), message)]) from None


def ship(
    project: Project,
    titles: Mapping[str, str],
    notes: Sequence[deck.Note],
    orders: Mapping[str, Sequence[deck.Card]],
    ledgers: tuple[Ledger, Ledger],
    now: int,
    *,
    refresh: bool = False,
) -> Shipment:
    """Return the package and the next ledger from notes that are compatible with shipped decks.

    `titles` and `orders` are the titles and the orders of study by topic; the project's own topics are not read.
    `ledgers` are the project's and what counts as shipped; `now` is in seconds since 1970.
    """
    before, shipped = ledgers
    root, its_deck = shipped.decks.get(ROOT_DECK, project.deck.title), project.deck
    names = {ROOT_DECK: root} | {topic: f"{root}::{title}" for topic, title in titles.items()}
    print_ = templates(its_deck.language)
    types = chosen(its_deck.key, root, notes, ledgers, print_)
    ledger = updated(ledgers, notes, rows(types), names, now, refresh=refresh)
    description = print_.prose(its_deck.description) if its_deck.description else ""
    notices = [*_kept_names({**names, ROOT_DECK: its_deck.title}, shipped), *asked_again(notes, shipped)]
    if now < before.highest_mod:
        notices = [
            say("the time {now} (SOURCE_DATE_EPOCH, or else the clock) is ignored: the ledger is later", now=now),
            *notices,
        ]
    return Shipment(
        name=f"{its_deck.key}.apkg",
        subdecks=[
            Subdeck(stable_id(its_deck.key), root, description),
            *_subdecks(its_deck.key, notes, orders, ledger),
        ],
        types=types,
        media={name: project.root / CONTENT / file for note in notes for name, file in note.media},
        ledger=ledger,
        notices=notices,
    )


def _kept_names(names: Mapping[str, str], shipped: Ledger) -> Iterator[str]:
    """Yield a notice for each deck that has another name in Anki; `names` are those of the project, by key."""
    for key, name in names.items():
        if (kept := shipped.decks.get(key, name)) != name:
            yield say(
                "Anki never moves cards, so deck '{kept}' keeps its name there; '{name}' is for print only",
                kept=kept,
                name=name,
            )


def _subdecks(
    deck_key: str, notes: Iterable[deck.Note], orders: Mapping[str, Sequence[deck.Card]], ledger: Ledger
) -> Iterator[Subdeck]:
    """Yield a subdeck for each topic; the notes of a topic follow each other."""
    # To Anki decks are the same if their names differ only in case: of two with one name it would rename one.
    ids: dict[str, int] = {}
    for topic, its_notes in groupby(notes, attrgetter("topic")):
        name = ledger.decks[topic]
        id_ = ids.setdefault(normalize("NFC", name).casefold(), stable_id(deck_key, topic))
        rows = ((note, ledger.notes[note.guid]) for note in its_notes)
        released = tuple(note._replace(id=row.id, mod=row.mod) for note, row in rows)
        yield Subdeck(id_, name, "", released, tuple(orders[topic]))


def _unreadable(why: str, line: int = 1) -> InputError:
    remedy = say("`hitoe ledger restore DECK.apkg` takes it from the last deck, `hitoe ledger rebuild` begins anew")
    return InputError([Problem(Position(LEDGER_FILE, line), say("{why}; {remedy}", why=why, remedy=remedy))])
