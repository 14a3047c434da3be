"""What a row of the ledger may hold.

The file comes from outside: people merge it by hand, and programs write it anew. Of other values a deck would be made
that Anki refuses, or that never reaches learners.
"""

from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, Strict, TypeAdapter, ValidationError

from hitoe.messages import WrongValueError, say
from hitoe.text.literal import HIGHEST_CLOZE

LATEST = 10**11
"""A time, in seconds since 1970, that no clock shows: the year 5138."""
HIGHEST_ID = 2**53 - 1000
"""Anki's JavaScript knows no higher numbers exactly; the ids of a note's cards are higher than its own."""


def encodable(text: str) -> str:
    """Return a text that a file can hold; raises ValueError if it has lone surrogates."""
    text.encode()
    return text


Characters = Annotated[str, AfterValidator(encodable)]
Name = Annotated[Characters, Field(pattern=r"\S")]
Time = Annotated[int, Strict(), Field(ge=0, le=LATEST)]
RowId = Annotated[int, Strict(), Field(ge=0, le=HIGHEST_ID)]
Ords = tuple[Annotated[int, Strict(), Field(ge=0, lt=HIGHEST_CLOZE)], ...]
Switch = Annotated[bool, Strict()]
Row = TypeVar("Row", bound=tuple[Any, ...])


def read(row: type[Row], kind: str, pairs: Any) -> Row:
    """Return a row, a NamedTuple whose fields are of these types, from the pairs of its values and their names.

    Raises ValueError, whose message says what is wrong; `kind` is what the row is called in it.
    """
    try:
        values = dict(pairs)
        given = None not in values.values()
    except (ValueError, TypeError):
        given = False
    if not given:
        raise WrongValueError("a row without values")
    try:
        found: Row = _adapter(row).validate_python(values)
        return found
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    if not first["loc"]:  # a name that no file can hold
        raise WrongValueError("a row without values")
    key = _short(first["loc"][0])
    if first["type"] in ("missing", "extra_forbidden"):
        raise WrongValueError("{short} is missing, or is no key of a {kind}", short=key, kind=kind)
    raise WrongValueError("{key} of a {kind} cannot be {value}", key=key, kind=kind, value=_short(first["input"]))


@cache
def _adapter(row: Any) -> TypeAdapter[Any]:
    return TypeAdapter(row)


def _short(value: Any) -> str:
    """Return a value of any kind and length as a few characters."""
    return ascii(value)[:30] if not isinstance(value, int) or abs(value) < 10**30 else say("a larger number")
