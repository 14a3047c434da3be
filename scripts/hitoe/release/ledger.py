"""The rows of the ledger and their file: JSON, sorted, one row a line and each line complete, so that git merges it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from hitoe.deck.note_types import CLOZE, NOTE_TYPES
from hitoe.kinds.kept_type import KEPT
from hitoe.messages import WrongValueError, say
from hitoe.text.literal import HIGHEST_CLOZE
from hitoe.values.ledger_values import Characters, Name, Ords, RowId, Switch, Time, encodable, read

SHARED_TYPES, OWN_TYPES, FORMAT = 1, 2, 3
"""Format 1 knows only note types that decks share, format 2 those of a deck's own too, format 3 also those that notes
studied before keep: a ledger has the lowest one that knows its rows."""
JSON = json.JSONEncoder(ensure_ascii=False).encode
TYPE_ROW = re.compile(r'"type (\w+)": (\{[^}]*)')
MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class LedgerError(Exception):
    """The ledger cannot be read; the message says why, `line` is where it is so, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class NewerLedgerError(LedgerError):
    """The ledger was written by a newer hitoe; nothing is wrong with it."""


class NoteRow(NamedTuple):
    """A note as learners have it: where it is written, its content's hash, time of change, id, card ords and note type.

    `retired_ords` are the cloze numbers, from 0, that may never be used again. A tuple, for a dataclass that is frozen
    takes three times as long to make, and every build makes one of each note.
    """

    path: Name
    file: Name
    hash: Characters
    mod: Time
    id: RowId
    ords: Ords
    type: Name = "standard"
    retired: Switch = False
    retired_ords: Ords = ()


class TypeRow(NamedTuple):
    """A note type as learners have it; `id` is None for one that the first decks shared.

    `schema` (only of one that the project keeps) is what may never change in it, see `deck.kept_models.schema`.
    """

    hash: Characters
    mod: Time
    id: RowId | None = None
    schema: tuple[Characters, ...] = ()


class DeckRow(NamedTuple):
    """A deck as learners have it."""

    name: Name


KINDS: Mapping[str, type[NoteRow] | type[TypeRow] | type[DeckRow]] = {"note": NoteRow, "type": TypeRow, "deck": DeckRow}
"""The rows by the word with which their keys begin."""
Row = TypeVar("Row", NoteRow, TypeRow)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Notes by guid, note types by key, and the names of decks by key.

    A deck has the name under which it was first shipped: Anki finds decks by name and never moves cards between them.
    """

    notes: Mapping[str, NoteRow] = field(default_factory=dict)
    types: Mapping[str, TypeRow] = field(default_factory=dict)
    decks: Mapping[str, str] = field(default_factory=dict)

    @property
    def highest_mod(self) -> int:
        """The latest time of change; 0 in an empty ledger."""
        mods = [row.mod for row in self.notes.values()] + [row.mod for row in self.types.values()]
        return max(mods, default=0)


def dump(ledger: Ledger) -> str:
    """Return the file's text. Lines begin with the comma, so that adding the last row changes no other line."""
    rows = {f"deck {key}": JSON({"name": name}) for key, name in ledger.decks.items()}
    rows |= {f"note {key}": _written(row) for key, row in ledger.notes.items()}
    rows |= {f"type {key}": _type_written(row) for key, row in ledger.types.items()}
    format_ = OWN_TYPES if any(row.id for row in ledger.types.values()) else SHARED_TYPES
    format_ = FORMAT if any(row.schema for row in ledger.types.values()) else format_
    lines = "".join(f", {JSON(key)}: {rows.pop(key)}\n" for key in sorted(rows))
    return f'{{"format": {format_}\n{lines}}}\n'


def _type_written(row: TypeRow) -> str:
    return JSON({name: value for name, value in row._asdict().items() if value not in (None, ())})


def _written(row: NoteRow) -> str:
    """Return a row as JSON, without the values that most rows have: standard, not retired."""
    # The encoder takes three times as long for a mapping as for its texts.
    text = f'{{"path": {JSON(row.path)}, "file": {JSON(row.file)}, "hash": {JSON(row.hash)}'
    text += f', "mod": {row.mod}, "id": {row.id}, "ords": {list(row.ords)}'
    text += f', "type": {JSON(row.type)}' if row.type != "standard" else ""
    text += ', "retired": true' if row.retired else ""
    return text + (f', "retired_ords": {list(row.retired_ords)}}}' if row.retired_ords else "}")


def load(text: str) -> Ledger:
    """Read the file's text. A row that git's merge left twice becomes one, later than both.

    Raises:
        LedgerError: the text is damaged, or was written by a newer version.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if not line.startswith(MERGE_MARKS)]
    try:
        # A key can stand twice, so rows are pairs.
        pairs = json.loads("\n".join(line for _, line in lines), object_pairs_hook=list)
        format_ = dict(pairs)["format"]
        if type(format_) is not int or format_ < SHARED_TYPES:
            raise ValueError(format_)
        if format_ > FORMAT:
            raise NewerLedgerError(
                say(
                    "it has format {format} and this hitoe knows {known}: install a newer hitoe",
                    format=format_,
                    known=FORMAT,
                )
            )
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise LedgerError(say("it is damaged"), lines[line - 1][0] if lines else 1) from None
    return _ledger(text, (pair for pair in pairs if pair[0] != "format"))


def shared_types(text: str) -> dict[str, TypeRow]:
    """Return the note types that the deck of a damaged ledger shared with others, without hashes and times."""
    return {key: TypeRow("", 0) for key, row in TYPE_ROW.findall(text) if '"id"' not in row}


def _ledger(text: str, rows: Iterable[tuple[str, Any]]) -> Ledger:
    notes: dict[str, NoteRow] = {}
    types: dict[str, TypeRow] = {}
    decks: dict[str, str] = {}
    for name, value in rows:
        try:
            key, row = _row(name, value)
        except ValueError as error:
            line = text.partition(JSON(name))[0].count("\n") + 1 if isinstance(name, str) else 1
            raise LedgerError(say("it is damaged: {error}", error=error), line) from None
        match row:
            case NoteRow():
                notes[key] = _merged(notes[key], row) if key in notes else row
            case TypeRow():
                types[key] = _merged(types[key], row) if key in types else row
            case DeckRow(its_name):
                decks.setdefault(key, its_name)
    return Ledger(notes, types, decks)


def _row(name: Any, value: Any) -> tuple[str, NoteRow | TypeRow | DeckRow]:
    """Return the key of a note, a note type or a deck, and its row; raises ValueError, which says what is wrong."""
    what, _, key = str(name).partition(" ")
    if what not in KINDS or not key:
        raise WrongValueError("{name} is no row of a note, a note type or a deck", name=repr(name))
    row = read(KINDS[what], what, value)
    if isinstance(row, NoteRow) and not row.type.startswith(KEPT):
        if row.type not in NOTE_TYPES:
            raise WrongValueError("no note type: {value}", value=ascii(row.type)[:30])
        kind = NOTE_TYPES[row.type]
        # Anki would refuse the whole deck.
        cards = HIGHEST_CLOZE if kind.kind == CLOZE else len(kind.templates)
        for ord_ in (*row.ords, *row.retired_ords):
            if ord_ >= cards:
                raise WrongValueError("a note of type {key} has no card {ord}", key=kind.key, ord=ord_)
    return encodable(key), row


def joined(one: Ledger, other: Ledger) -> Ledger:
    """Return what learners have who may have the deck of either ledger, or of both."""
    notes = {guid: _joined(row, one.notes.get(guid, row)) for guid, row in other.notes.items()}
    types = {key: _joined(row, one.types.get(key, row)) for key, row in other.types.items()}
    return Ledger({**one.notes, **notes}, {**one.types, **types}, {**other.decks, **one.decks})


def _joined(one: Row, other: Row) -> Row:
    """Return the later row, with the cards and retirements of both; those of another note type it cannot have."""
    later = max(one, other, key=lambda row: row.mod)
    if one.mod == other.mod and one.hash != other.hash:
        later = later._replace(hash="")  # of two rows of one time neither reaches all learners
    if isinstance(one, NoteRow) and isinstance(other, NoteRow) and one.type != other.type:
        return later._replace(hash="")
    if isinstance(one, NoteRow):
        later = later._replace(
            ords=tuple(sorted({*one.ords, *other.ords})),
            retired=one.retired or other.retired,
            retired_ords=tuple(sorted({*one.retired_ords, *other.retired_ords})),
        )
    return later


def _merged(one: Row, other: Row) -> Row:
    """Return a row later than two that both sides of a merge shipped, so that all learners get the content built next.

    It has the hash of neither side, so the build sees a change even when it finds the later side's content.
    """
    return one if one == other else _joined(one, other)._replace(mod=max(one.mod, other.mod) + 1, hash="")
