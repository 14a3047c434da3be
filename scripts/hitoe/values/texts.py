"""Every text in a value of the format, wherever it stands."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from hitoe.source import Loc
from hitoe.text import Text


def texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Text]]:
    """Yield each text in a value with the keys that lead to it, which begin with `loc`."""
    if isinstance(value, Text):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name, key in _fields(type(value)):
            # Most values are none of these, and a generator for each would take most of the time.
            if isinstance(inner := getattr(value, name), Text | BaseModel | dict | tuple):
                yield from texts(inner, (*loc, key))
        yield from texts(value.model_extra or {}, loc)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*loc, key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from texts(inner, (*loc, number))


@lru_cache
def _fields(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the attributes of a type, each with its key in the file."""
    return [(name, field.alias or name) for name, field in model.model_fields.items()]
