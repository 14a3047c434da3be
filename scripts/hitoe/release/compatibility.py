"""What earlier decks promised: a card that learners have keeps its meaning, and never loses its note.

An .apkg cannot delete. A note that leaves the content stays in Anki without ever being updated again, and a card whose
cloze number is used for something else asks a new thing under an old interval.
"""

from collections.abc import Container, Iterator, Sequence

from hitoe.deck import Note
from hitoe.model.identity import entry_path, guid
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import Position, Problem
from hitoe.release.ledger import Ledger, NoteRow
from hitoe.release.ledger_update import gone


def kept(deck_key: str, notes: Sequence[Note], shipped: Ledger) -> bool:
    """Whether the notes of a deck break no promise; what they break if they do is for `broken` to tell."""
    rows = shipped.notes
    if rows and not any(guid(deck_key, row.path) == its for its, row in rows.items()):
        return False
    known = [(note, row) for note in notes if (row := rows.get(note.guid))]
    return len({note.guid for note, _ in known}) == len(rows) and all(_same_card(note, row) for note, row in known)


def _same_card(note: Note, row: NoteRow) -> bool:
    """Whether the cards that learners have of a note still ask what they asked."""
    if note.type != row.type or (row.retired and not note.retired):
        return False
    if note.ords == row.ords and not row.retired_ords:
        return True
    lost = note.type == "cloze" and set(row.ords) - set(note.ords)
    return not lost and not set(row.retired_ords) & set(note.ords) - set(note.retired_ords)


def broken(project: Project, notes: Sequence[Note], shipped: Ledger) -> list[Problem]:
    """Return a problem for each promise that the content breaks."""
    if kept(project.deck.key, notes, shipped):
        return []
    if elsewhere := _under_another_key(project, shipped):
        return elsewhere
    return [
        *_gone(project, notes, shipped),
        *_turned(project, notes, shipped),
        *_clozes_gone(project, notes, shipped),
        *_reused(project, notes, shipped),
    ]


def _under_another_key(project: Project, shipped: Ledger) -> list[Problem]:
    """Tell of a deck whose key changed, and with it every guid."""
    key = project.deck.key
    if not shipped.notes or any(guid(key, row.path) == its for its, row in shipped.notes.items()):
        return []
    message = f"'{key}' is not the key under which {len(shipped.notes)} notes were shipped: take the old key back"
    return [Problem(project.at(DECK_FILE, "key"), message)]


def _gone(project: Project, notes: Sequence[Note], shipped: Ledger) -> Iterator[Problem]:
    """Tell of each thing that was shipped and is gone; an item or a row whose parts are all gone is told once."""
    rows = gone(notes, shipped)
    present = {entry_path(placed) for placed in project.entries()}
    present |= {prefix for note in notes for prefix in _prefixes(note.path)} if rows else set()
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
        yield Problem(_place(project, lost[0]), message)


def _turned(project: Project, notes: Sequence[Note], shipped: Ledger) -> Iterator[Problem]:
    """Tell of clozes that became something else, and the other way: Anki refuses such a note for ever."""
    for note in notes:
        row = shipped.notes.get(note.guid)
        if row is not None and row.type != note.type:
            was = "a cloze" if row.type == "cloze" else "no cloze"
            yield Problem(
                project.at(note.file, *note.loc, key=True),
                f"'{note.path}' was shipped as {was}, and Anki cannot change that: bring it back with `retired: true` "
                "and give the new one another key",
            )


def _clozes_gone(project: Project, notes: Sequence[Note], shipped: Ledger) -> Iterator[Problem]:
    for note in notes:
        row = shipped.notes.get(note.guid)
        if row is None or not row.type == note.type == "cloze":
            continue
        for number in sorted(set(row.ords) - set(note.ords)):
            retired = sorted({*note.retired_ords, number})
            yield Problem(
                project.at(note.file, *note.loc, "cloze"),
                f"cloze {number + 1} was shipped and is gone: bring it back, or add "
                f"`retired_clozes: [{', '.join(str(n + 1) for n in retired)}]`",
            )


def _reused(project: Project, notes: Sequence[Note], shipped: Ledger) -> Iterator[Problem]:
    for note in notes:
        row = shipped.notes.get(note.guid)
        if row is None:
            continue
        if row.retired and not note.retired:
            yield Problem(
                project.at(note.file, *note.loc, key=True),
                f"'{note.path}' was retired in a shipped deck: keep `retired: true`, give a new one another key",
            )
        for number in sorted(set(row.retired_ords) & set(note.ords) - set(note.retired_ords)):
            yield Problem(
                project.at(note.file, *note.loc, "cloze"),
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


def _place(project: Project, row: NoteRow) -> Position:
    """Return where a thing that is gone stood: its nearest parent that is still there."""
    entry, _, rest = row.path.partition(".")
    if row.file not in project.documents:
        return Position(row.file)
    return project.at(row.file, "entries", entry, "items", rest.partition("[")[0])
