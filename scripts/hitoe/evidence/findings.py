"""What is found at a place of an outside source, and whether it is as expected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any, Protocol

from hitoe.problems import close_to
from hitoe.schema import Expectation
from hitoe.source import Loc

Value = str | int | float | bool | list[Any] | dict[str, None]
"""What stands at a place. Of a mapping only the keys are told."""

NEAR = 8
"""Signs in a row that must agree for a passage to count as resembling another."""
MOST = 8
"""Members or keys that a sentence names."""


class Absent(LookupError):  # noqa: N818 (what is absent may well be what is expected)
    """Nothing stands at the place; `last` says that all is there but the last part of the way to it."""

    def __init__(self, message: str, *, last: bool) -> None:
        super().__init__(message)
        self.last = last


class Finder(Protocol):
    """Looks into one release of an outside source."""

    def find(self, place: str) -> Value:
        """Return what stands at a place.

        Raises:
            Absent: nothing does.
        """


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as expected; `loc` leads from the item to the words that expect it."""

    loc: Loc
    message: str


def faults(found: Value, expect: Expectation) -> Iterator[Fault]:
    """Yield what is not as expected; each `loc` leads on from `expect`."""
    if expect.absent:
        yield Fault(("absent",), f"expected nothing, found {shown(found)}")
    if expect.equal is not None and not same(expect.equal, found):
        yield Fault((), f"expected {expect.equal}, found {shown(found)}")
    if expect.members is not None:
        yield from _lacking((), expect.members, found, list)
        yield from _besides((), expect.members, found, list)
    yield from _lacking(("includes",), expect.includes, found, list)
    yield from _lacking(("keys",), expect.keys, found, dict)
    if expect.keys_equal is not None:
        yield from _lacking(("keys_equal",), expect.keys_equal, found, dict)
        yield from _besides(("keys_equal",), expect.keys_equal, found, dict)
    for i, key in enumerate(expect.keys_absent):
        if not isinstance(found, dict):
            yield Fault(("keys_absent", i), f"expected a mapping, found {shown(found)}")
        elif key in found:
            yield Fault(("keys_absent", i), f"expected no '{key}', found it")
    for i, passage in enumerate(expect.contains):
        wanted = " ".join(passage.split())
        if not isinstance(found, str):
            yield Fault(("contains", i), f"expected a text, found {shown(found)}")
        elif wanted not in found:
            yield Fault(("contains", i), f"expected '{wanted}', found {_nearest(found, wanted)}")


def same(expected: str, found: Any) -> bool:
    """Whether an author's spelling means a value: 0.50 and 0.5 are the same number, `true` is the truth value."""
    match found:
        case bool():
            return expected == str(found).lower()
        case int() | float():
            try:
                return Decimal(expected) == Decimal(str(found))
            except InvalidOperation:
                return False
        case str():
            return expected == found
        case _:
            return False


def shown(found: Value) -> str:
    """Return a value in a few words."""
    match found:
        case bool():
            return str(found).lower()
        case str() if len(found) <= 100:  # noqa: PLR2004 (a line)
            return f"'{found}'"
        case str():
            return f"'{found[:80]} …'"
        case list():
            return f"the list {named(found)}" if found else "an empty list"
        case dict():
            return f"the keys {named(found)}" if found else "an empty mapping"
        case _:
            return str(found)


def named(members: Iterable[Any]) -> str:
    """Return members as an author would write them, the first few only if they are many."""
    words = [str(member) for member in members]
    return ", ".join(words[:MOST]) + (f" … ({len(words)})" if len(words) > MOST else "")


def _lacking(loc: Loc, wanted: Sequence[str], found: Value, kind: type[list[Any] | dict[str, None]]) -> Iterator[Fault]:
    if not isinstance(found, kind):
        if wanted or not loc:
            yield Fault(loc, f"expected a {_word(kind)}, found {shown(found)}")
        return
    assert isinstance(found, list | dict)
    for i, member in enumerate(wanted):
        if not any(same(member, other) for other in found):
            yield Fault((*loc, i), f"expected '{member}', found {close_to(member, map(str, found)) or shown(found)}")


def _besides(loc: Loc, wanted: Sequence[str], found: Value, kind: type[list[Any] | dict[str, None]]) -> Iterator[Fault]:
    if isinstance(found, kind) and isinstance(found, list | dict):
        more = [other for other in found if not any(same(member, other) for member in wanted)]
        if more:
            yield Fault(loc, f"expected {named(wanted) or 'none'} only, found also {named(more)}")


def _word(kind: type[list[Any] | dict[str, None]]) -> str:
    return "list" if kind is list else "mapping"


def _nearest(text: str, wanted: str) -> str:
    """Return the passage of a text that resembles `wanted` most."""
    match = SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match()
    if match.size < min(NEAR, len(wanted)):
        return "nothing like it"
    start = max(match.a - match.b, 0)
    end = start + len(wanted) + NEAR
    return f"'{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}'"
