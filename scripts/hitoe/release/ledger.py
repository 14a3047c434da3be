"""The rows of the ledger and their file: JSON, sorted, one row a line and each line whole, so that git merges it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

FORMAT = 1
JSON = json.JSONEncoder(ensure_ascii=False).encode
MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class LedgerError(Exception):
    """The ledger cannot be read; the message says why and what to do."""


class NoteRow(NamedTuple):
    """A note as learners have it: where it is written, its content's hash, time of change, id, card ords and note type.

    `retired_ords` are the cloze numbers, from 0, that may never be used again. A tuple, for a dataclass that is frozen
    takes three times as long to make, and every build makes one of each note.
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
    rows = [(f"deck {key}", JSON(asdict(row))) for key, row in ledger.decks.items()]
    rows += [(f"note {key}", _written(row)) for key, row in ledger.notes.items()]
    rows += [(f"type {key}", JSON(asdict(row))) for key, row in ledger.types.items()]
    lines = [f'{{"format": {FORMAT}']
    lines += [f", {JSON(key)}: {row}" for key, row in sorted(rows)]
    return "\n".join([*lines, "}", ""])


def _written(row: NoteRow) -> str:
    """Return what a row's line says: of what most notes are, standard and not retired, it says nothing."""
    # The encoder takes three times as long for a mapping as for its texts.
    said = f'{{"path": {JSON(row.path)}, "file": {JSON(row.file)}, "hash": {JSON(row.hash)}'
    said += f', "mod": {row.mod}, "id": {row.id}, "ords": {list(row.ords)}'
    said += f', "type": {JSON(row.type)}' if row.type != "standard" else ""
    said += ', "retired": true' if row.retired else ""
    return said + (f', "retired_ords": {list(row.retired_ords)}}}' if row.retired_ords else "}")


def load(text: str) -> Ledger:
    """Read the file's text. A row that git's merge left twice becomes one, later than both.

    Raises:
        LedgerError: the text is damaged, or was written by a newer version.
    """
    lines = [line for line in text.split("\n") if not line.startswith(MERGE_MARKS)]
    try:
        pairs = _pairs("\n".join(lines))
        formats = [value for key, value in pairs if key == "format"]
        if formats and formats[0] > FORMAT:
            raise LedgerError(f"it has format {formats[0]} and this hitoe knows {FORMAT}: install a newer hitoe")
        if not formats:
            raise LedgerError("it is damaged")
        return _ledger((key, dict(value)) for key, value in pairs if key != "format")
    except (ValueError, TypeError, KeyError):
        raise LedgerError("it is damaged") from None


def _pairs(text: str) -> list[tuple[str, Any]]:
    """Return all keys and values of an object, those of a key that stands twice as well."""
    once = json.loads(text)
    # Each row is a line and an object, so those that stand twice show in their number; pairs take longer to read.
    if isinstance(once, dict) and len(once) - 1 == text.count("\n, ") == text.count('": {'):
        return list(once.items())
    pairs: list[tuple[str, Any]] = json.loads(text, object_pairs_hook=list)
    return pairs


def _ledger(rows: Iterable[tuple[str, dict[str, Any]]]) -> Ledger:
    notes: dict[str, NoteRow] = {}
    types: dict[str, TypeRow] = {}
    decks: dict[str, DeckRow] = {}
    for name, row in rows:
        what, _, key = name.partition(" ")
        if what == "note":
            row["ords"] = tuple(row["ords"])
            if "retired_ords" in row:
                row["retired_ords"] = tuple(row["retired_ords"])
            note = NoteRow(**row)
            notes[key] = _merged_note(notes[key], note) if key in notes else note
        elif what == "type":
            kind = TypeRow(**row)
            types[key] = _merged_type(types[key], kind) if key in types else kind
        elif what == "deck":
            decks.setdefault(key, DeckRow(**row))
        else:
            raise ValueError(name)
    return Ledger(notes, types, decks)


def joined(one: Ledger, other: Ledger) -> Ledger:
    """Return what learners have who may have the deck of either ledger, or of both."""
    notes = {guid: _joined_note(row, one.notes.get(guid, row)) for guid, row in other.notes.items()}
    types = {key: _joined_type(row, one.types.get(key, row)) for key, row in other.types.items()}
    return Ledger({**one.notes, **notes}, {**one.types, **types}, {**other.decks, **one.decks})


def _joined_note(one: NoteRow, other: NoteRow) -> NoteRow:
    """Return the later row, with the cards and retirements of both."""
    later = max(one, other, key=lambda row: row.mod)
    return later._replace(
        # Of two rows of one time neither reaches all learners.
        hash="" if one.mod == other.mod and one.hash != other.hash else later.hash,
        ords=tuple(sorted({*one.ords, *other.ords})),
        retired=one.retired or other.retired,
        retired_ords=tuple(sorted({*one.retired_ords, *other.retired_ords})),
    )


def _joined_type(one: TypeRow, other: TypeRow) -> TypeRow:
    later = max(one, other, key=lambda row: row.mod)
    return TypeRow(hash="" if one.mod == other.mod and one.hash != other.hash else later.hash, mod=later.mod)


def _merged_note(one: NoteRow, other: NoteRow) -> NoteRow:
    """Both sides of a merge shipped this note: whichever content comes now must be later than either."""
    if one == other:
        return one
    later = _joined_note(one, other)
    # The hash of neither side, so that the build sees a change even when it finds the later side's content.
    return later._replace(mod=later.mod + 1, hash="")


def _merged_type(one: TypeRow, other: TypeRow) -> TypeRow:
    if one == other:
        return one
    return TypeRow(hash="", mod=max(one.mod, other.mod) + 1)
