"""Every text in a value of the format, wherever it stands."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from hitoe.source import Loc
from hitoe.text import Text


def texts(value: Any, loc: Loc = ()) -> list[tuple[Loc, Text]]:
    """Return each text in a value with the keys that lead to it, which begin with `loc`."""
    found: list[tuple[Loc, Text]] = []
    _add(found, value, loc)
    return found


def _add(found: list[tuple[Loc, Text]], value: Any, loc: Loc) -> None:
    if isinstance(value, Text):
        found.append((loc, value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _add(found, inner, (*loc, key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            _add(found, inner, (*loc, number))
    elif not isinstance(value, str) and isinstance(value, BaseModel):
        written = value.model_fields_set  # few of the fields are written, and a default is no text
        for name, key in _fields(type(value)):
            if name in written:
                _add(found, getattr(value, name), (*loc, key))
        if value.model_extra:
            _add(found, value.model_extra, loc)


@lru_cache
def _fields(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the attributes of a type, each with its key in the file."""
    return [(name, field.alias or name) for name, field in model.model_fields.items()]
