"""What a build makes of the ledger: new rows for new notes, a later `mod` for changed ones, and nothing else.

Anki updates a note only when the package's `mod` is later than its own, and then replaces fields and tags. So a `mod`
that does not rise loses the change, and one that rises without a change loses the learner's tags (seen on anki 26.9.3;
https://github.com/kerrickstaley/genanki/issues/157).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hitoe.deck import Note
from hitoe.model.identity import note_ids
from hitoe.release.ledger import DeckRow, Ledger, NoteRow, TypeRow


@dataclass(frozen=True, slots=True)
class Release:
    """The ledger after a build, and the guids of notes that are new, changed, and newly retired."""

    ledger: Ledger
    new: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]


def release(
    notes: Iterable[Note],
    type_hashes: Mapping[str, str],
    deck_names: Mapping[str, str],
    *,
    ledger: Ledger,
    shipped: Ledger,
    now: int,
    refresh: bool = False,
) -> Release:
    """Return what a build at `now` (seconds since 1970) makes of the `ledger`, of which `shipped` is committed.

    Content that is as it was shipped gets its shipped row back, `mod` included. With `refresh` every note gets a later
    `mod`, for learners whose own edits hold updates back.
    """
    time = max(now, ledger.highest_mod, shipped.highest_mod)
    taken = {row.id for row in (*ledger.notes.values(), *shipped.notes.values())}
    rows: dict[str, NoteRow] = {}
    new: list[str] = []
    changed: list[str] = []
    retired: list[str] = []
    for note in notes:
        old = shipped.notes.get(note.guid)
        rows[note.guid] = row = _note_row(note, old, ledger.notes.get(note.guid), time, taken, refresh)
        taken.add(row.id)
        if old is None:
            new.append(note.guid)
        elif row.mod != old.mod:
            (retired if note.retired and not old.retired else changed).append(note.guid)
    types = dict(shipped.types)
    for key, content in type_hashes.items():
        types[key] = _type_row(content, shipped.types.get(key), ledger.types.get(key), time)
    decks = {key: shipped.decks.get(key) or DeckRow(name=name) for key, name in deck_names.items()}
    return Release(
        Ledger(rows, dict(sorted(types.items())), {**shipped.decks, **decks}),
        tuple(new),
        tuple(changed),
        tuple(retired),
    )


def gone(notes: Iterable[Note], shipped: Ledger) -> list[NoteRow]:
    """Return the rows of shipped notes that the content has no more, by file and path."""
    present = {note.guid for note in notes}
    return sorted(
        (row for guid, row in shipped.notes.items() if guid not in present), key=lambda row: (row.file, row.path)
    )


def _note_row(
    note: Note, old: NoteRow | None, current: NoteRow | None, time: int, taken: set[int], refresh: bool
) -> NoteRow:
    content = note.hash
    if old is not None and old is current and old.hash == content and not refresh:
        mod, id_ = old.mod, old.id  # as most are
    else:
        known = [row for row in (old, current) if row is not None]
        same = [row.mod for row in known if row.hash == content and not refresh]
        # The shipped row's, unless it was refreshed since.
        mod = max(same) if same else max([time, *(row.mod + 1 for row in known)])
        id_ = known[0].id if known else next(id_ for id_ in note_ids(note.guid) if id_ not in taken)
    return NoteRow(note.path, note.file, content, mod, id_, note.ords, note.type, note.retired, note.retired_ords)


def _type_row(content: str, old: TypeRow | None, current: TypeRow | None, time: int) -> TypeRow:
    known = [row for row in (old, current) if row is not None]
    same = next((row for row in known if row.hash == content), None)
    return same or TypeRow(hash=content, mod=max([time, *(row.mod + 1 for row in known)]))
