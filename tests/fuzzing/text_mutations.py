"""Ways to change files of lines: YAML as authors write it, JSON of one row a line, tables, Markdown."""

import re
from collections.abc import Callable, Sequence
from random import Random

from fuzzing.mutations import Mutation
from fuzzing.words import SCALARS

VALUE = re.compile(
    r"(?P<key>^[ \t]*(?:- )*(?:[^\s:#'\"{\[]+|\"[^\"]*\"): +|^[ \t]*- +|[{,] *[\w-]+: +)(?P<value>[^,}\n]*)", re.M
)
KEY = re.compile(r"(?<![\w-])[A-Za-z_][\w-]*(?=:)")
INDENT = re.compile(r" *")
WORD = re.compile(r"[^\s:,\[\]{}]+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NUMBERS = [
    *("-1", "0", "1", "2", "65535", "2147483648", "4294967296", "9223372036854775807", "9" * 30, "9" * 5000),
    *("1e400", "0.1", "-0"),
]
OPEN_CLOSE = [
    ("{a: ", "}"),
    ("[", "]"),
    ("- ", ""),
    ("{{c1::", "}}"),
    ("**", "**"),
    ("$", "$"),
    ("(", ")"),
    ("'", "'"),
    ('"', '"'),
]


def _text(change: Callable[[str, Random, Sequence[bytes]], str]) -> Mutation:
    def mutation(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
        text = raw.decode("utf-8", "surrogateescape")
        return change(text, random, others).encode("utf-8", "surrogateescape")

    return mutation


def _replaced(text: str, pattern: re.Pattern[str], random: Random, by: Callable[[re.Match[str]], str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    chosen = random.choice(found)
    return text[: chosen.start()] + by(chosen) + text[chosen.end() :]


def _any(random: Random, others: Sequence[bytes]) -> str:
    """Return a value: one of those that make trouble, or one of another input."""
    if random.random() < 0.7:
        return random.choice(SCALARS)
    found = VALUE.findall(random.choice(others).decode("utf-8", "replace"))
    return str(random.choice(found)[1]) if found else ""


@_text
def valued(text: str, random: Random, others: Sequence[bytes]) -> str:
    """Give a key another value."""
    return _replaced(text, VALUE, random, lambda found: found["key"] + _any(random, others))


@_text
def appended(text: str, random: Random, others: Sequence[bytes]) -> str:
    """Put something before or behind a value."""
    more = _any(random, others)
    return _replaced(
        text,
        VALUE,
        random,
        lambda found: found[0] + more if random.random() < 0.5 else found["key"] + more + found["value"],
    )


@_text
def nested(text: str, random: Random, _others: Sequence[bytes]) -> str:
    """Put a value into brackets, a few or many."""
    opening, closing = random.choice(OPEN_CLOSE)
    deep = random.choice([1, 1, 2, 5, 48, 52, 1000])
    return _replaced(text, VALUE, random, lambda found: found["key"] + opening * deep + found["value"] + closing * deep)


@_text
def named(text: str, random: Random, others: Sequence[bytes]) -> str:
    """Give a value another key."""
    known = KEY.findall(text) + KEY.findall(random.choice(others).decode("utf-8", "replace"))
    return _replaced(
        text, KEY, random, lambda _: random.choice(known or ["x"]) if random.random() < 0.8 else _any(random, others)
    )


@_text
def counted(text: str, random: Random, _others: Sequence[bytes]) -> str:
    """Change a number."""
    return _replaced(text, NUMBER, random, lambda _: random.choice(NUMBERS))


@_text
def reworded(text: str, random: Random, others: Sequence[bytes]) -> str:
    """Change a word."""
    return _replaced(text, WORD, random, lambda _: _any(random, others))


def _block(lines: Sequence[str], random: Random) -> tuple[int, int]:
    """Return where a line begins and what is indented below it ends."""
    start = random.randrange(len(lines))
    end = start + 1
    while end < len(lines) and len(INDENT.match(lines[end])[0]) > len(INDENT.match(lines[start])[0]):  # type: ignore[index]
        end += 1
    return start, end if random.random() < 0.7 else start + 1


@_text
def line_moved(text: str, random: Random, others: Sequence[bytes]) -> str:
    """Delete, double, move or take from another input a line with all below it."""
    lines = text.split("\n")
    start, end = _block(lines, random)
    way = random.choice(["delete", "double", "move", "many", "foreign", "swap"])
    if way == "delete":
        return "\n".join(lines[:start] + lines[end:])
    if way == "swap":
        return "\n".join(lines[:start] + lines[end : end + 1] + lines[start:end] + lines[end + 1 :])
    block = lines[start:end]
    if way == "move":
        lines[start:end] = []
    elif way == "foreign":
        foreign = random.choice(others).decode("utf-8", "replace").split("\n")
        first, last = _block(foreign, random)
        block = foreign[first:last]
    elif way == "many":
        block *= random.choice([2, 10, 60])
    at = random.randint(0, len(lines))
    if random.random() < 0.5:
        indent = INDENT.match(lines[at - 1])[0] if at else ""  # type: ignore[index]
        own = len(INDENT.match(block[0])[0]) if block else 0  # type: ignore[index]
        block = [indent + line[own:] for line in block]
    return "\n".join(lines[:at] + block + lines[at:])


@_text
def indented(text: str, random: Random, _others: Sequence[bytes]) -> str:
    """Indent a line with all below it otherwise."""
    lines = text.split("\n")
    start, end = _block(lines, random)
    by = random.choice(["  ", " ", "\t", "\u3000", "-", "- ", ""])
    for at in range(start, end):
        lines[at] = by + lines[at] if by else lines[at][random.choice([1, 2, 4]) :]
    return "\n".join(lines)


YAML: tuple[Mutation, ...] = (
    valued,
    valued,
    appended,
    nested,
    named,
    counted,
    reworded,
    line_moved,
    line_moved,
    indented,
)
