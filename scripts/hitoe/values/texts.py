"""Every text in a value of the format, wherever it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from hitoe.source import Loc
from hitoe.text import Text


def texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Text]]:
    """Yield each text in a value with the keys that lead to it, which begin with `loc`."""
    match value:
        case Text():
            yield loc, value
        case BaseModel():
            for name, field in type(value).model_fields.items():
                yield from texts(getattr(value, name), (*loc, field.alias or name))
            yield from texts(value.model_extra or {}, loc)
        case Mapping():
            for key, inner in value.items():
                yield from texts(inner, (*loc, key))
        case tuple():
            for number, inner in enumerate(value):
                yield from texts(inner, (*loc, number))
