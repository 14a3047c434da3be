"""What earlier decks promised: a card that learners have keeps its meaning, and never loses its note.

An .apkg cannot delete. A note that leaves the content stays in Anki without ever being updated again, and a card whose
cloze number is used for something else asks a new thing under an old interval.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from hitoe.deck import Note
from hitoe.ledger import Ledger, NoteRow, gone
from hitoe.problems import Position, Problem
from hitoe.project import Project


def broken(project: Project, notes: Sequence[Note], shipped: Ledger) -> list[Problem]:
    """Return a problem for each promise that the content breaks."""
    return [
        *_gone(project, notes, shipped),
        *_turned(project, notes, shipped),
        *_clozes_gone(project, notes, shipped),
        *_reused(project, notes, shipped),
    ]


def _gone(project: Project, notes: Sequence[Note], shipped: Ledger) -> Iterator[Problem]:
    """Tell of each thing that was shipped and is gone; an item or a row whose parts are all gone is told once."""
    present = {prefix for note in notes for prefix in _prefixes(note.path)}
    rows = gone(notes, shipped)
    for what, group in groupby(rows, key=lambda row: _missing(row.path, present)):
        lost = list(group)
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
    """Yield the paths of the item, of the row, and of the thing itself: what a whole can be missing."""
    item, bracket, inner = path.partition("[")
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
