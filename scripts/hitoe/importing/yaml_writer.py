"""Writes mappings, lists and texts as YAML, with quotes only where they are needed and blocks for texts of lines."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

Value = Union[str, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007 (a string cannot be a part of `|`)
PLAIN = re.compile(r"[\w（「『][^\n\t]*")
MEANT = re.compile(r": |:$| #|^\s|\s$")
"""What YAML reads in a text without quotes."""
INSIDE = re.compile(r"[\[\]{},:?#]")
"""What it reads besides in a text inside of brackets."""
BLOCK = re.compile(r"[^\s](?:.*[^\n])?\n?", re.DOTALL)
"""A text of lines that can be indented as it is."""
ON_ONE_LINE = {"label", "file"}
"""Keys of the mappings that are written in braces: regions of pictures, and pictures with their words."""
STEP = 2


def document(mapping: Mapping[str, Value]) -> str:
    """Return the text of a YAML file; every value in it is read back as it is."""
    return "".join(f"{line}\n" for line in _lines(mapping, 0))


def _lines(mapping: Mapping[str, Value], indent: int) -> Iterator[str]:
    for name, value in mapping.items():
        key = f"{' ' * indent}{name}:"
        match value:
            case str() if "\n" in value and BLOCK.fullmatch(value):
                yield f"{key} {'|' if value.endswith(chr(10)) else '|-'}"
                lines = value.removesuffix("\n").split("\n")
                yield from (f"{' ' * (indent + STEP)}{line}" if line else "" for line in lines)
            case str():
                yield f"{key} {scalar(value)}"
            case Mapping() if value.keys() & ON_ONE_LINE:
                inner = ", ".join(f"{part}: {scalar(str(text), inside=True)}" for part, text in value.items())
                yield f"{key} {{{inner}}}"
            case Mapping():
                yield key
                yield from _lines(value, indent + STEP)
            case _:
                yield f"{key} [{', '.join(scalar(str(text), inside=True) for text in value)}]"


def scalar(text: str, *, inside: bool = False) -> str:
    """Return a text as YAML on one line; `inside`: it stands inside of brackets."""
    if PLAIN.fullmatch(text) and not MEANT.search(text) and not (inside and INSIDE.search(text)):
        return text
    if "\n" in text:
        return json.dumps(text, ensure_ascii=False)
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
