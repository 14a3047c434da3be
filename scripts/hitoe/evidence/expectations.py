"""Compares a value found in an outside source with what an item's evidence expects, and describes the differences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from hitoe.kinds import Mistake
from hitoe.messages import say
from hitoe.problems import close_to
from hitoe.source import Loc
from hitoe.values.evidence import Expectation

Value = str | int | float | bool | list[Any] | dict[str, None]
"""A value in a source; of a mapping the keys only."""

LONGEST_TEXT = 100
"""Characters of a text that a message shows."""
LEAST_ALIKE = 8
"""Characters in a row that a passage must share with the expected text to be shown as similar."""
MOST_LISTED = 8
"""Members or keys that a message lists."""


class NotFoundError(LookupError):
    """There is no value at the place; `last` is true if only the last part of its path does not exist."""

    def __init__(self, message: str, *, last: bool) -> None:
        super().__init__(message)
        self.last = last


Find = Callable[[str], Value]
"""Returns the value at a place in one release of an outside source, or raises NotFoundError."""


def mismatches(found: Value, expect: Expectation) -> Iterator[Mistake]:
    """Yield how a value differs from an expectation; each `loc` is relative to `expect`."""
    if expect.absent:
        yield Mistake(("absent",), say("expected nothing, found {found}", found=described(found)))
    if expect.equal is not None and not equals(expect.equal, found):
        yield Mistake((), say("expected {equal}, found {found}", equal=expect.equal, found=described(found)))
    yield from _members((), expect.members, found, list, exact=True)
    yield from _members(("includes",), expect.includes or None, found, list)
    yield from _members(("keys",), expect.keys or None, found, dict)
    yield from _members(("keys_equal",), expect.keys_equal, found, dict, exact=True)
    for i, key in enumerate(expect.keys_absent):
        if not isinstance(found, dict):
            yield Mistake(("keys_absent", i), say("expected a mapping, found {found}", found=described(found)))
        elif key in found:
            yield Mistake(("keys_absent", i), say("expected no '{key}', found it", key=key))
    for i, passage in enumerate(expect.contains):
        wanted = " ".join(passage.split())
        if not isinstance(found, str):
            yield Mistake(("contains", i), say("expected a text, found {found}", found=described(found)))
        elif wanted not in found:
            yield Mistake(
                ("contains", i), say("expected '{wanted}', found {found}", wanted=wanted, found=_nearest(found, wanted))
            )


def equals(expected: str, found: Any) -> bool:
    """Whether a scalar of the notes means a value: 0.50 equals the number 0.5, and `true` the boolean."""
    if isinstance(found, bool):
        return expected == str(found).lower()
    if isinstance(found, int | float):
        with suppress(InvalidOperation):
            return Decimal(expected) == Decimal(str(found))
    return bool(expected == found)


def described(found: Value) -> str:
    """Return a value as a message shows it, shortened."""
    match found:
        case bool():
            return str(found).lower()
        case str():
            return f"'{found}'" if len(found) <= LONGEST_TEXT else f"'{found[:80]} …'"
        case list():
            return say("the list {found}", found=listed(found)) if found else say("an empty list")
        case dict():
            return say("the keys {found}", found=listed(found)) if found else say("an empty mapping")
        case _:
            return str(found)


def listed(members: Iterable[Any]) -> str:
    """Return members as an author writes them; if they are many, the first few and their number."""
    words = [str(member) for member in members]
    return ", ".join(words[:MOST_LISTED]) + (f" … ({len(words)})" if len(words) > MOST_LISTED else "")


def _members(
    loc: Loc,
    wanted: Sequence[str] | None,
    found: Value,
    kind: type[list[Any]] | type[dict[str, None]],
    *,
    exact: bool = False,
) -> Iterator[Mistake]:
    """Yield the wanted members that a list, or the keys of a mapping, lacks; if `exact`, also what else it has."""
    if wanted is None:
        return
    if not isinstance(found, kind):
        yield Mistake(
            loc,
            say("expected a list, found {found}", found=described(found))
            if kind is list
            else say("expected a mapping, found {found}", found=described(found)),
        )
        return
    for i, member in enumerate(wanted):
        if not any(equals(member, other) for other in found):
            close = close_to(member, map(str, found)) or described(found)
            yield Mistake((*loc, i), say("expected '{member}', found {close}", member=member, close=close))
    more = [other for other in found if not any(equals(member, other) for member in wanted)]
    if exact and more:
        yield Mistake(
            loc,
            say("expected {wanted} only, found also {more}", wanted=listed(wanted) or say("none"), more=listed(more)),
        )


def _nearest(text: str, wanted: str) -> str:
    """Return the passage of a text that is most similar to `wanted`."""
    match = SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match()
    if match.size < min(LEAST_ALIKE, len(wanted)):
        return say("nothing like it")
    start = max(match.a - match.b, 0)
    end = start + len(wanted) + LEAST_ALIKE
    return f"'{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}'"
