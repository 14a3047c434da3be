"""What a row of the ledger may hold.

The file comes from outside: people merge it by hand, and programs write it anew. Of other values a deck would be made
that Anki refuses, or that never reaches learners.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from hitoe.deck.note_types import CLOZE, NOTE_TYPES
from hitoe.kinds.kept_type import KEPT
from hitoe.messages import say
from hitoe.text.literal import HIGHEST_CLOZE

LATEST = 10**11
"""A time, in seconds since 1970, that no clock shows: the year 5138."""
HIGHEST_ID = 2**53 - 1000
"""Anki's JavaScript knows no higher numbers exactly; the ids of a note's cards are higher than its own."""


def checked(name: Any, row: Any) -> tuple[str, str, dict[str, Any]]:
    """Return of what a row is (`note`, `type` or `deck`), the key of that, and the row's values by name.

    `row` is a list of pairs. Raises ValueError or TypeError, whose message says what is wrong.
    """
    what, _, key = _text(name).partition(" ")
    if what not in SCHEMA or not key:
        raise ValueError(say("{name} is no row of a note, a note type or a deck", name=repr(name)))
    try:
        values: dict[str, Any] = dict(row)
    except (ValueError, TypeError):
        raise ValueError(say("a row without values")) from None
    needed, known = SCHEMA[what]
    if wrong := [*(needed - values.keys()), *(values.keys() - known.keys())]:
        raise ValueError(say("{short} is missing, or is no key of a {kind}", short=min(map(_short, wrong)), kind=what))
    for field, value in values.items():
        values[field] = known[field](value)
    if what == "note":
        _fitting(values)
    return what, key, values


def _fitting(row: Mapping[str, Any]) -> None:
    """Refuse cards that a note of this type cannot have: Anki would refuse the whole deck."""
    kind = NOTE_TYPES.get(row.get("type", "standard"))
    if kind is None:
        return
    cards = HIGHEST_CLOZE if kind.kind == CLOZE else len(kind.templates)
    for ord_ in (*row["ords"], *row.get("retired_ords", ())):
        if ord_ >= cards:
            raise ValueError(say("a note of type {key} has no card {ord}", key=kind.key, ord=ord_))


def _text(value: Any) -> str:
    if isinstance(value, str) and (value.isascii() or value.encode()):  # lone surrogates raise a ValueError
        return value
    raise ValueError(say("no text: {value}", value=_short(value)))


def _name(value: Any) -> str:
    if _text(value).strip():
        return str(value)
    raise ValueError(say("an empty name"))


def _number(value: Any, *, most: int) -> int:
    if type(value) is int and 0 <= value <= most:
        return value
    raise ValueError(say("no number from 0 to {most}: {value}", most=most, value=_short(value)))


def _ords(value: Any) -> tuple[int, ...]:
    if isinstance(value, list):
        return tuple(_number(each, most=HIGHEST_CLOZE - 1) for each in value)
    raise ValueError(say("no list of card numbers: {value}", value=_short(value)))


def _type(value: Any) -> str:
    if isinstance(value, str) and (value in NOTE_TYPES or value.startswith(KEPT)):
        return _name(value)
    raise ValueError(say("no note type: {value}", value=_short(value)))


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(_text, value))
    raise ValueError(say("no list of texts: {value}", value=_short(value)))


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(say("neither true nor false: {value}", value=_short(value)))


def _short(value: Any) -> str:
    """Return a value of any kind and length as a few characters."""
    return ascii(value)[:30] if not isinstance(value, int) or abs(value) < 10**30 else say("a larger number")


_time, _id = partial(_number, most=LATEST), partial(_number, most=HIGHEST_ID)
SCHEMA: Mapping[str, tuple[frozenset[str], Mapping[str, Callable[[Any], Any]]]] = {
    "note": (
        frozenset({"path", "file", "hash", "mod", "id", "ords"}),
        {
            "path": _name,
            "file": _name,
            "hash": _text,
            "mod": _time,
            "id": _id,
            "ords": _ords,
            "type": _type,
            "retired": _flag,
            "retired_ords": _ords,
        },
    ),
    "type": (frozenset({"hash", "mod"}), {"hash": _text, "mod": _time, "id": _id, "schema": _texts}),
    "deck": (frozenset({"name"}), {"name": _name}),
}
"""What a row of each kind must have, and all that it may have, with functions that return a value or refuse it."""
