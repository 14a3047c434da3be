"""Writes mappings, lists and texts as YAML, with quotes only where they are needed and blocks for texts of lines."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

from hitoe.source.signs import INVISIBLE

Value = Union[str, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007 (a string cannot be a part of `|`)
PLAIN = re.compile(r"[\w（「『][^\n\t]*")
MEANT = re.compile(r": |:$| #|^\s|\s$")
"""What YAML reads in a text without quotes."""
INSIDE = re.compile(r"[\[\]{},:?#]")
"""What it reads besides in a text inside of brackets."""
BLOCK = re.compile(r"[^\s](?:.*[^\n])?\n?", re.DOTALL)
"""A text of lines that can be indented as it is."""
NO_YAML = re.compile(r"[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in YAML as it is, or is read as the end of a line."""
STEP = 2


class InLines(str):
    """A text that is written in lines of its own, as it is, even if it is only one line."""

    __slots__ = ()


class InQuotes(str):
    """A text that is written in quotes in any case, as one of random signs is."""

    __slots__ = ()


class InBraces(dict[str, Value]):
    """A mapping that is written in braces."""


def document(mapping: Mapping[str, Value]) -> str:
    """Return the text of a YAML file; every value in it is read back as it is, but control characters as spaces."""
    return INVISIBLE.sub(" ", "".join(f"{line}\n" for line in _lines(mapping, 0)))


def _lines(mapping: Mapping[str, Value], indent: int) -> Iterator[str]:
    for name, value in mapping.items():
        key = f"{' ' * indent}{scalar(name)}:"
        match value:
            case InQuotes():
                yield f"{key} {_quoted(value)}"
            case str() if _in_lines(value):
                yield f"{key} {_header(value)}"
                lines = value.removesuffix("\n").split("\n")
                yield from (f"{' ' * (indent + STEP)}{line}" if line else "" for line in lines)
            case str():
                yield f"{key} {scalar(value)}"
            case InBraces():
                inner = ", ".join(f"{part}: {scalar(str(text), inside=True)}" for part, text in value.items())
                yield f"{key} {{{inner}}}"
            case Mapping():
                yield key
                yield from _lines(value, indent + STEP)
            case _:
                yield f"{key} [{', '.join(scalar(str(text), inside=True) for text in value)}]"


def _in_lines(text: str) -> bool:
    """Return whether a text is written in lines of its own, indented below its key."""
    wanted = bool(text.strip()) if isinstance(text, InLines) else "\n" in text and BLOCK.fullmatch(text) is not None
    return wanted and not NO_YAML.search(text)


def _header(text: str) -> str:
    """Return the sign of a block: with its indentation if it begins with space, and with how its last lines end."""
    return "|" + str(STEP) * text[0].isspace() + ("+" if text.endswith("\n\n") else "" if text.endswith("\n") else "-")


def scalar(text: str, *, inside: bool = False) -> str:
    """Return a text as YAML on one line; `inside`: it stands inside of brackets."""
    signs = "\n" in text or "\t" in text or NO_YAML.search(text)
    if PLAIN.fullmatch(text) and not signs and not MEANT.search(text) and not (inside and INSIDE.search(text)):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    if "\n" in text or "\t" in text or NO_YAML.search(text):
        quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", r"\x7f")
        return NO_YAML.sub(lambda sign: f"\\U{ord(sign[0]):08x}", quoted)
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
