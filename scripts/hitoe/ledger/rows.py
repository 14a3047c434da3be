"""The rows of the ledger and their file: JSON, sorted, one row a line and each line whole, so that git merges it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

FORMAT = 1
MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class LedgerError(Exception):
    """The ledger cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A note as learners have it: where it is written, its content's hash, time of change, id, card ords and note type.

    `retired_ords` are the cloze numbers, from 0, that may never be used again.
    """

    path: str
    file: str
    hash: str
    mod: int
    id: int
    ords: tuple[int, ...]
    type: str = "standard"
    retired: bool = False
    retired_ords: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRow:
    """A note type as learners have it."""

    hash: str
    mod: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckRow:
    """A subdeck as it was first shipped: Anki finds decks by name and never moves cards between them."""

    name: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows: notes by guid, note types and decks by key."""

    notes: Mapping[str, NoteRow] = field(default_factory=dict)
    types: Mapping[str, TypeRow] = field(default_factory=dict)
    decks: Mapping[str, DeckRow] = field(default_factory=dict)

    @property
    def highest_mod(self) -> int:
        """The latest time of change; 0 in an empty ledger."""
        mods = [row.mod for row in self.notes.values()] + [row.mod for row in self.types.values()]
        return max(mods, default=0)


def dump(ledger: Ledger) -> str:
    """Return the file's text. Lines begin with the comma, so that adding the last row changes no other line."""
    rows: list[tuple[str, Any]] = [(f"deck {key}", asdict(row)) for key, row in ledger.decks.items()]
    rows += [(f"note {key}", _written(row)) for key, row in ledger.notes.items()]
    rows += [(f"type {key}", asdict(row)) for key, row in ledger.types.items()]
    json_ = json.JSONEncoder(ensure_ascii=False).encode
    lines = [f'{{"format": {FORMAT}']
    lines += [f", {json_(key)}: {json_(row)}" for key, row in sorted(rows)]
    return "\n".join([*lines, "}", ""])


def _written(row: NoteRow) -> dict[str, Any]:
    """Return what a row's line says: of what most notes are, standard and not retired, it says nothing."""
    said = {"path": row.path, "file": row.file, "hash": row.hash, "mod": row.mod, "id": row.id, "ords": row.ords}
    said |= {"type": row.type} if row.type != "standard" else {}
    said |= {"retired": True} if row.retired else {}
    return said | ({"retired_ords": row.retired_ords} if row.retired_ords else {})


def load(text: str) -> Ledger:
    """Read the file's text. A row that git's merge left twice becomes one, later than both.

    Raises:
        LedgerError: the text is damaged, or was written by a newer version.
    """
    lines = [line for line in text.split("\n") if not line.startswith(MERGE_MARKS)]
    try:
        pairs = json.loads("\n".join(lines), object_pairs_hook=list)
        formats = [value for key, value in pairs if key == "format"]
        if formats and formats[0] > FORMAT:
            raise LedgerError(f"it has format {formats[0]} and this hitoe knows {FORMAT}: install a newer hitoe")
        if not formats:
            raise LedgerError("it is damaged")
        return _ledger((key, dict(value)) for key, value in pairs if key != "format")
    except (ValueError, TypeError, KeyError):
        raise LedgerError("it is damaged") from None


def _ledger(rows: Iterable[tuple[str, dict[str, Any]]]) -> Ledger:
    notes: dict[str, NoteRow] = {}
    types: dict[str, TypeRow] = {}
    decks: dict[str, DeckRow] = {}
    for name, row in rows:
        what, _, key = name.partition(" ")
        if what == "note":
            ords = {"ords": tuple(row["ords"]), "retired_ords": tuple(row.get("retired_ords", ()))}
            note = NoteRow(**(row | ords))
            notes[key] = _merged_note(notes[key], note) if key in notes else note
        elif what == "type":
            kind = TypeRow(**row)
            types[key] = _merged_type(types[key], kind) if key in types else kind
        elif what == "deck":
            decks.setdefault(key, DeckRow(**row))
        else:
            raise ValueError(name)
    return Ledger(notes, types, decks)


def _merged_note(one: NoteRow, other: NoteRow) -> NoteRow:
    """Both sides of a merge shipped this note: whichever content comes now must be later than either."""
    if one == other:
        return one
    later = max(one, other, key=lambda row: row.mod)
    # The hash of neither side, so that the build sees a change even when it finds the later side's content.
    return replace(later, mod=later.mod + 1, hash="", ords=tuple(sorted({*one.ords, *other.ords})))


def _merged_type(one: TypeRow, other: TypeRow) -> TypeRow:
    if one == other:
        return one
    return TypeRow(hash="", mod=max(one.mod, other.mod) + 1)
