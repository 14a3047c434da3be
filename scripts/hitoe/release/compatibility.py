"""Compatibility with shipped decks: a card that learners have keeps its meaning, and never loses its note.

An .apkg cannot delete. A note that leaves the content stays in Anki without ever being updated again, and a card whose
cloze number is used for something else asks a new question under an old interval.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hitoe.deck import Note
from hitoe.kinds.kept_type import KEPT
from hitoe.kinds.table_cells import split
from hitoe.messages import say, say_count
from hitoe.model.identity import guid
from hitoe.model.loader import Places
from hitoe.model.outline import TopicOutline
from hitoe.model.project import DECK_FILE
from hitoe.model.renames import Renames, quoted
from hitoe.problems import Position, Problem
from hitoe.release.ledger import Ledger, NoteRow


def broken(
    deck_key: str, notes: Sequence[Note], outlines: Mapping[str, TopicOutline], shipped: Ledger, places: Places
) -> list[Problem]:
    """Return a problem for each card that learners have and that would be lost or would change its meaning.

    `notes` are those of the deck, `outlines` those of its topic files.
    """
    own = {its: row for its, row in shipped.notes.items() if not row.type.startswith(KEPT)}
    if own and not any(guid(deck_key, row.path) == its for its, row in own.items()):
        wrong_key = say(
            "'{key}' is not the key under which {count} notes were shipped",
            key=deck_key,
            count=len(own),
        )
        return [Problem(places.at(DECK_FILE, "key"), say("{problem}: take the old key back", problem=wrong_key))]
    known = [(note, row) for note in notes if (row := shipped.notes.get(note.guid))]
    changed = (problem for note, row in known for problem in _changed(note, row, places))
    renames = Renames(outlines)
    gone = _gone(notes, outlines, renames, shipped, places)
    return [*gone, *_exchanged(deck_key, known, renames, shipped, places), *changed]


def asked_again(notes: Sequence[Note], shipped: Ledger) -> list[str]:
    """Return a notice for each note that was retired in a shipped deck and no longer is."""
    return [
        say(
            "'{path}' was retired in a shipped deck and is asked again, with the schedule that learners "
            "have; a new question needs another key",
            path=note.path,
        )
        for note in notes
        if not note.retired and (row := shipped.notes.get(note.guid)) and row.retired
    ]


def _gone(
    notes: Sequence[Note], outlines: Mapping[str, TopicOutline], renames: Renames, shipped: Ledger, places: Places
) -> Iterator[Problem]:
    """Yield a problem for each thing that was shipped and is gone; only one for an item or a row with its parts."""
    guids = {note.guid for note in notes}
    rows = [row for its, row in shipped.notes.items() if its not in guids]
    if not rows:
        return
    present = {path for outline in outlines.values() for _, path in outline.paths if "." not in path}
    present |= {part for note in notes for part in _parts(note.path)}
    losses: dict[str, list[NoteRow]] = {}
    for row in sorted(rows, key=lambda row: (row.file, row.path)):
        # The largest part that is gone. An item may still be there, and be of another kind.
        what = next((part for part in _parts(row.path) if part not in present), row.path)
        column = _column(what)
        losses.setdefault(column if column and renames.meaning(column) else what, []).append(row)
    known = {part for row in shipped.notes.values() for part in (*_parts(row.path), _column(row.path))}
    for what, lost in losses.items():
        cards = sum(len(row.ords) for row in lost)
        at, ways = _later(what, renames, known, places) or _ways(what, lost, places)
        message = say_count(
            "'{path}' was shipped and is gone, and {count} card of it would be orphaned: {ways}",
            "'{path}' was shipped and is gone, and {count} cards of it would be orphaned: {ways}",
            cards,
            path=what,
            ways=ways,
        )
        yield Problem(at, message)


def _later(what: str, renames: Renames, known: Collection[str], places: Places) -> tuple[Position, str] | None:
    """Return where a later path of what is gone is written, that is no path of `known`, and what to write instead."""
    for file, loc, written in renames.meaning(what):
        if written not in known:
            return places.at(file, *loc, "was"), say(
                "'{later}' is a later path of it: write its first one, `was: {first}`",
                later=written,
                first=quoted(what),
            )
    return None


def _ways(what: str, lost: Sequence[NoteRow], places: Places) -> tuple[Position, str]:
    """Return where something stood that is gone, as far as its lost rows tell, and what an author can do."""
    ways = say(
        "bring it back with `retired: true`, or if it was renamed add `was: {path}` where it is now", path=quoted(what)
    )
    if all(row.type.startswith(KEPT) for row in lost):
        ways = say("bring it back, with its guid and `retired: true`")
    elif column := _column(what):
        ways = say(
            "bring the cell back, with `ask: none` if it is not to be asked, "
            "or if its column was renamed add `was: {path}` where that is now",
            path=quoted(column),
        )
    entry, _, rest = lost[0].path.partition(".")
    return places.at(lost[0].file, "entries", entry, "items", rest.partition("[")[0]), ways


def _exchanged(
    deck_key: str, known: Sequence[tuple[Note, NoteRow]], renames: Renames, shipped: Ledger, places: Places
) -> Iterator[Problem]:
    """Yield a problem for each item that would get the schedules of another one, because both changed names.

    After that both readings of a `was` were shipped, and only what the notes say tells that the wrong one is taken.
    """
    told = set()
    for note, row in known:
        changed = note.hash not in ("", row.hash) and not note.type.startswith(KEPT)
        for path in renames.meant(note.path) if changed else ():
            other, item = shipped.notes.get(guid(deck_key, path)), path.partition("[")[0]
            if other and other.hash == note.hash_at(path) and (note.loc, item) not in told:
                told.add((note.loc, item))
                message = say(
                    "'{path}' is what was shipped as '{other}', and would get other schedules: its `was` is a path of "
                    "a later day, write its first one, which begins with '{item}'",
                    path=note.path,
                    other=path,
                    item=item,
                )
                yield Problem(places.at(note.file, *note.loc, key=True), message)


def _column(path: str) -> str:
    """Return the path of a cell's column; empty if the path is of something else."""
    table, row, column = split(path)
    return f"{table}[,{column}]" if row and column else ""


def _parts(path: str) -> Iterator[str]:
    """Yield the paths of a note's entry, item, and row, and of the note itself."""
    item, row, column = split(path)
    yield item.partition(".")[0]
    yield item
    if column:
        yield f"{item}[{row}]"
    yield path


def _changed(note: Note, row: NoteRow, places: Places) -> Iterator[Problem]:
    """Yield a problem for each card of a note that loses its question or gets another one."""
    if note.type != row.type:
        was = say("no {type}", type=note.type) if row.type == "standard" else say("a {type}", type=row.type)
        if row.type.startswith(KEPT):
            was = say("a note of type '{name}'", name=row.type.removeprefix(KEPT))
        yield Problem(
            places.at(note.file, *note.loc, key=True),
            say(
                "'{path}' was shipped as {was}, and Anki cannot change that: bring it back with `retired: "
                "true` and give the new one another key",
                path=note.path,
                was=was,
            ),
        )
    elif note.type == "cloze":
        for number in sorted(set(row.ords) - set(note.ords)):
            retired = ", ".join(str(ord_ + 1) for ord_ in sorted({*note.retired_ords, number}))
            yield Problem(
                places.at(note.file, *note.loc, "cloze"),
                say(
                    "cloze {number} was shipped and is gone: give the blanks the numbers that they had, "
                    "or if this one is taken out add `retired_clozes: [{retired}]`",
                    number=number + 1,
                    retired=retired,
                ),
            )
    for number in sorted(set(row.retired_ords) & set(note.ords) - set(note.retired_ords)):
        yield Problem(
            places.at(note.file, *note.loc, "cloze"),
            say(
                "cloze {number} was retired in a shipped deck: keep it in `retired_clozes` and take a new number",
                number=number + 1,
            ),
        )
