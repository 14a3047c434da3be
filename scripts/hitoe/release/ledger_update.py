"""The ledger after a build: new rows for new notes, a later `mod` for changed ones, and nothing else.

Anki updates a note only when the package's `mod` is later than its own, and then replaces fields and tags. So a `mod`
that does not rise loses the change, and one that rises without a change loses the learner's tags (seen on anki 26.9.3;
https://github.com/kerrickstaley/genanki/issues/157).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import filterfalse

from hitoe.deck import Note
from hitoe.model.identity import note_ids
from hitoe.release.ledger import Ledger, NoteRow, TypeRow


def updated(
    ledgers: tuple[Ledger, Ledger],
    notes: Iterable[Note],
    types: Mapping[str, TypeRow],
    deck_names: Mapping[str, str],
    now: int,
    *,
    refresh: bool,
) -> Ledger:
    """Return the ledger after a build at `now` (seconds since 1970); `ledgers` are the one before, and what is shipped.

    `types` are the note types of this build, their time of change not known yet.

    Content that is as it was shipped gets its shipped row back, `mod` included. With `refresh` every note gets a later
    `mod`, for learners whose own edits hold updates back.
    """
    ledger, shipped = ledgers
    time = max(now, ledger.highest_mod, shipped.highest_mod)
    taken = {row.id for row in (*ledger.notes.values(), *shipped.notes.values())}
    given: set[int] = set()
    rows: dict[str, NoteRow] = {}
    for note in notes:
        known = [each[note.guid] for each in (shipped.notes, ledger.notes) if note.guid in each]
        mod = _mod(note.hash, known, time, refresh) if known else time
        # Two branches may have given one id to two notes. Anki does not mind another id: it finds notes by guid.
        kept = known[0].id if known and known[0].id not in given else None
        id_ = kept or next(filterfalse(taken.__contains__, note_ids(note.guid)))
        taken.add(id_)
        given.add(id_)
        rows[note.guid] = NoteRow(
            note.path, note.file, note.hash, mod, id_, note.ords, note.type, note.retired, note.retired_ords
        )
    type_rows = dict(shipped.types)
    for key, row in types.items():
        known_types = [each[key] for each in (shipped.types, ledger.types) if key in each]
        type_rows[key] = row._replace(mod=_mod(row.hash, known_types, time))
    return Ledger(rows, dict(sorted(type_rows.items())), {**deck_names, **shipped.decks})


def _mod(content: str, known: Sequence[NoteRow | TypeRow], time: int, refresh: bool = False) -> int:
    """Return the time at which a note or a note type got this content: that of a row which has it, else a later one.

    `known` are the rows that are shipped and that the last build made, in this order, as far as there are such.
    """
    # Of two rows the later one: it was refreshed after it was shipped. If what is shipped is later still, learners have
    # another content: that of the other side of a merge.
    same = [row.mod for row in known if row.hash == content and not refresh]
    reaches_all = same and all(row.hash == content or row.mod < max(same) for row in known[:1])
    return max(same) if reaches_all else max([time, *(row.mod + 1 for row in known)])
