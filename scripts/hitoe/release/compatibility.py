"""Compatibility with shipped decks: a card that learners have keeps its meaning, and never loses its note.

An .apkg cannot delete. A note that leaves the content stays in Anki without ever being updated again, and a card whose
cloze number is used for something else asks a new question under an old interval.
"""

from collections.abc import Collection, Container, Iterator, Sequence

from hitoe.deck import Note
from hitoe.model.identity import guid
from hitoe.model.loader import Places
from hitoe.model.project import DECK_FILE
from hitoe.problems import Position, Problem
from hitoe.release.ledger import Ledger, NoteRow
from hitoe.release.ledger_update import gone


def broken(
    deck_key: str, notes: Sequence[Note], entries: Collection[str], shipped: Ledger, places: Places
) -> list[Problem]:
    """Return a problem for each card that learners have and that would be lost or would change its meaning.

    `notes` are those of the deck, `entries` the oldest paths of its entries.
    """
    if elsewhere := _under_another_key(deck_key, shipped, places):
        return elsewhere
    known = [(note, row) for note in notes if (row := shipped.notes.get(note.guid))]
    return [
        *_gone(notes, entries, shipped, places),
        *(problem for note, row in known if note.type != row.type for problem in _turned(note, row, places)),
        *(
            problem
            for note, row in known
            if row.type == note.type == "cloze" and row.ords != note.ords
            for problem in _clozes_gone(note, row, places)
        ),
        *(problem for note, row in known if row.retired or row.retired_ords for problem in _reused(note, row, places)),
    ]


def _under_another_key(key: str, shipped: Ledger, places: Places) -> list[Problem]:
    """Return a problem if the deck's key changed, and with it every guid."""
    if not shipped.notes or any(guid(key, row.path) == its for its, row in shipped.notes.items()):
        return []
    message = f"'{key}' is not the key under which {len(shipped.notes)} notes were shipped: take the old key back"
    return [Problem(places.at(DECK_FILE, "key"), message)]


def _gone(notes: Sequence[Note], entries: Collection[str], shipped: Ledger, places: Places) -> Iterator[Problem]:
    """Yield a problem for each thing that was shipped and is gone; only one for an item or a row with its parts."""
    rows = gone(notes, shipped)
    present = {*entries, *(prefix for note in notes for prefix in _prefixes(note.path))} if rows else set()
    losses: dict[str, list[NoteRow]] = {}
    for row in rows:
        losses.setdefault(_missing(row.path, present), []).append(row)
    for what, lost in losses.items():
        cards = sum(len(row.ords) for row in lost)
        ways = f"bring it back with `retired: true`, or if it was renamed add `was: {what}` where it is now"
        if "," in what:
            ways = "bring the cell back"
        message = (
            f"'{what}' was shipped and is gone, and {cards} card{'s' * (cards != 1)} of it would be orphaned: {ways}"
        )
        yield Problem(_place(lost[0], places), message)


def _turned(note: Note, row: NoteRow, places: Places) -> Iterator[Problem]:
    """Yield a problem for a cloze that became something else, or the other way: Anki never updates such a note."""
    was = "a cloze" if row.type == "cloze" else "no cloze"
    yield Problem(
        places.at(note.file, *note.loc, key=True),
        f"'{note.path}' was shipped as {was}, and Anki cannot change that: bring it back with `retired: true` "
        "and give the new one another key",
    )


def _clozes_gone(note: Note, row: NoteRow, places: Places) -> Iterator[Problem]:
    for number in sorted(set(row.ords) - set(note.ords)):
        retired = sorted({*note.retired_ords, number})
        yield Problem(
            places.at(note.file, *note.loc, "cloze"),
            f"cloze {number + 1} was shipped and is gone: bring it back, or add "
            f"`retired_clozes: [{', '.join(str(n + 1) for n in retired)}]`",
        )


def _reused(note: Note, row: NoteRow, places: Places) -> Iterator[Problem]:
    if row.retired and not note.retired:
        yield Problem(
            places.at(note.file, *note.loc, key=True),
            f"'{note.path}' was retired in a shipped deck: keep `retired: true`, give a new one another key",
        )
    for number in sorted(set(row.retired_ords) & set(note.ords) - set(note.retired_ords)):
        yield Problem(
            places.at(note.file, *note.loc, "cloze"),
            f"cloze {number + 1} was retired in a shipped deck: keep it in `retired_clozes` and take a new number",
        )


def _missing(path: str, present: Container[str]) -> str:
    """Return the largest part that is gone with a note; an item may be there still, and be of another kind."""
    return next((prefix for prefix in _prefixes(path) if prefix not in present), path)


def _prefixes(path: str) -> Iterator[str]:
    """Yield the paths of the entry, the item, the row, and the thing itself: what a whole can be missing."""
    item, bracket, inner = path.partition("[")
    yield item.partition(".")[0]
    yield item
    row, comma, _ = inner.partition(",")
    if bracket and comma:
        yield f"{item}[{row}]"
    yield path


def _place(row: NoteRow, places: Places) -> Position:
    """Return where a thing that is gone stood: its nearest parent that is still there."""
    entry, _, rest = row.path.partition(".")
    return places.at(row.file, "entries", entry, "items", rest.partition("[")[0])
