"""The package that learners import, and the ledger that goes with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from unicodedata import normalize

from hitoe import deck
from hitoe.deck import kept_models, note_models
from hitoe.deck.cards import templates
from hitoe.deck.note_types import TypeWords
from hitoe.deck.package import Released, Subdeck, package, write_database
from hitoe.kinds.kept_type import KeptType
from hitoe.messages import say
from hitoe.model.identity import stable_id
from hitoe.model.outline import TopicOutline
from hitoe.model.project import CONTENT, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.release import git, kept_types
from hitoe.release.compatibility import asked_again
from hitoe.release.git import LEDGER_FILE
from hitoe.release.ledger import Ledger, LedgerError, NewerLedgerError, joined, load
from hitoe.release.ledger_update import updated
from hitoe.release.type_choice import chosen, rows
from hitoe.values.ledger_values import LATEST

DEFAULT, DEFAULT_ID = "Default", 1
"""The deck that every collection has; Anki renames another one of this name in a package."""
ROOT_DECK = "."
"""The ledger's key for the deck that holds the topics' subdecks; no topic can have it."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """The file name of the package and what it is made of, the ledger that goes with it, and notices for the author.

    `models` are its note types as Anki's JSON, by key, `media` are files by their names in the package.
    """

    name: str
    subdecks: Sequence[Subdeck]
    models: Mapping[str, Mapping[str, Any]]
    media: Mapping[str, Path]
    ledger: Ledger
    notices: Sequence[str]

    def write_database(self, path: Path) -> None:
        """Write Anki's database in the .apkg into a new file; raises OSError."""
        models = {key: {**model, "mod": self.ledger.types[key].mod} for key, model in self.models.items()}
        write_database(path, self.subdecks, models)

    def package(self, database: Path) -> bytes:
        """Return the .apkg with this database."""
        return package(database, {name: path.read_bytes() for name, path in self.media.items()})


def read_ledgers(root: Path) -> tuple[Ledger, Ledger]:
    """Return the project's ledger and what counts as shipped: the committed rows, all rows where git cannot tell.

    While git merges, and after a merge until the ledger is built, the rows of both sides count.

    Raises:
        InputError: the ledger is missing though there was one, or cannot be read.
    """
    path = root / LEDGER_FILE
    git.refuse_foreign(root)
    head = git.committed(root)
    if not path.exists():
        if why := git.lost(root):
            raise _unreadable(why)
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
    except NewerLedgerError as error:
        raise _newer(error) from None
    except LedgerError as error:
        raise _unreadable(str(error), error.line) from None
    except UnicodeDecodeError:
        raise _unreadable(say("it is damaged: it is not UTF-8")) from None
    shipped = ledger if head is None or head == text else _committed(head) if head else Ledger()
    for other in [*git.merging(root), *(git.merged(root) if head else ())]:
        shipped = joined(shipped, _committed(other))
    for earlier in git.reverted(root) if head else ():
        with suppress(LedgerError):  # one that was damaged then, and is not any more
            shipped = joined(load(earlier), shipped)
    return ledger, shipped


def refuse_newer(root: Path) -> None:
    """Raise an InputError if the project's ledger is of a newer hitoe, for this one would forget what only that knows.

    One that is damaged may be written anew.
    """
    path = root / LEDGER_FILE
    try:
        load(path.read_text("utf-8") if path.is_file() else "")
    except NewerLedgerError as error:
        raise _newer(error) from None
    except (LedgerError, OSError, UnicodeDecodeError):
        return


def refuse_late(ledger: Ledger) -> None:
    """Raise an InputError if a build gave a later time than there is, because the ledger before it had the latest."""
    if ledger.highest_mod > LATEST:
        raise _unreadable(say("it is damaged: no time is later than {latest}", latest=LATEST))


def _committed(text: str) -> Ledger:
    try:
        return load(text)
    except NewerLedgerError as error:
        raise _newer(error, say("the committed ledger cannot be used: {error}", error=error)) from None
    except LedgerError as error:
        message = say(
            "the committed ledger cannot be used ({error}, in its line {line}): commit one that is whole, "
            "and let no filter of .gitattributes change it",
            error=error,
            line=error.line,
        )
        raise InputError([Problem(Position(LEDGER_FILE), message)]) from None


def ship(
    project: Project,
    topics: Iterable[TopicOutline],
    notes: Sequence[deck.Note],
    orders: Mapping[str, Sequence[deck.Card]],
    ledgers: tuple[Ledger, Ledger],
    now: int,
    *,
    refresh: bool = False,
) -> Shipment:
    """Return the package and the next ledger from notes that are compatible with shipped decks.

    `topics` are the outlines of the topics, `orders` the orders of study by topic; the project's own are not read.
    `ledgers` are the project's and what counts as shipped; `now` is in seconds since 1970.
    """
    before, shipped = ledgers
    root, its_deck = shipped.decks.get(ROOT_DECK, project.deck.title), project.deck
    names = {each.topic: each.deck or f"{root}::{each.title}" for each in topics}
    names |= {ROOT_DECK: root} if _holds(root, names.values()) else {}
    print_ = templates(its_deck.language)
    types = chosen(its_deck.key, root, notes, ledgers, print_)
    kept = kept_types.used(project, notes)
    ledger = updated(ledgers, notes, rows(types) | kept_types.rows(kept), names, now, refresh=refresh)
    description = print_.prose(its_deck.description) if its_deck.description else ""
    early = say("the time {now} (SOURCE_DATE_EPOCH, or else the clock) is ignored: the ledger is later", now=now)
    notices: list[str] = [early] if now < before.highest_mod else []
    notices += [*_kept_names({**names, ROOT_DECK: its_deck.title}, shipped), *asked_again(notes, shipped)]
    notices += kept_types.emptied(notes, shipped)
    return Shipment(
        name=f"{its_deck.key}.apkg",
        subdecks=list(_subdecks(its_deck.key, (root, description), notes, orders, ledger)),
        models=_models(types, kept),
        media={name: project.root / CONTENT / file for note in notes for name, file in note.media},
        ledger=ledger,
        notices=notices,
    )


def _models(types: Mapping[str, TypeWords], kept: Mapping[str, KeptType]) -> dict[str, Mapping[str, Any]]:
    """Return the JSON of hitoe's own note types and of those that the project keeps."""
    own = {key: note_models.model(key, words) for key, words in types.items()}
    return own | {key: kept_models.model(type_) for key, type_ in kept.items()}


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
    deck_key: str,
    root: tuple[str, str],
    notes: Iterable[deck.Note],
    orders: Mapping[str, Sequence[deck.Card]],
    ledger: Ledger,
) -> Iterator[Subdeck]:
    """Yield a subdeck for each topic, whose notes follow each other, and before them the deck that holds them.

    `root` is the name and the description of that deck; where no topic lies in it, it would be an empty one in Anki.
    """
    # To Anki decks are the same if their names differ only in case: of two with one name it would rename one.
    own, description = folded(root[0]), root[1]
    ids = {folded(DEFAULT): DEFAULT_ID}
    ids.setdefault(own, stable_id(deck_key))
    names = {ledger.decks[topic] for topic in dict.fromkeys(note.topic for note in notes)}
    if own not in map(folded, names) and _holds(root[0], names):
        yield Subdeck(ids[own], *root)
    for topic, its_notes in groupby(notes, attrgetter("topic")):
        name = ledger.decks[topic]
        id_ = ids.setdefault(folded(name), stable_id(deck_key, topic))
        rows = ((note, ledger.notes[note.guid]) for note in its_notes)
        released = tuple(Released(note, row.id, row.mod) for note, row in rows)
        yield Subdeck(id_, name, description if id_ == ids[own] else "", released, tuple(orders[topic]))


def _holds(root: str, names: Collection[str]) -> bool:
    """Return whether the deck `root` is one of these decks or holds one, or there are none."""
    own = folded(root)
    return not names or any(folded(name) == own or folded(name).startswith(f"{own}::") for name in names)


def folded(name: str) -> str:
    """Return what two names of decks have in common that Anki takes for the same one."""
    return normalize("NFC", name).casefold()


def _newer(error: NewerLedgerError, message: str = "") -> InputError:
    return InputError([Problem(Position(LEDGER_FILE, error.line), message or str(error))])


def _unreadable(why: str, line: int = 1) -> InputError:
    remedy = say("`hitoe ledger restore DECK.apkg` takes it from the last deck, `hitoe ledger rebuild` begins anew")
    return InputError([Problem(Position(LEDGER_FILE, line), say("{why}; {remedy}", why=why, remedy=remedy))])
