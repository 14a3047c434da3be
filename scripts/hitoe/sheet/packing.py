"""Into which column each strip goes: in order, the fewest columns, about equally full, cut where it hurts least.

Lengths are in mm. This module knows heights only, not what is printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What no column break cuts.

    `gap` is the room before it unless it begins a column; then `opening` is what is repeated above it. `hurt` is what
    a column break before it costs, in mm of white that one would rather leave.
    """

    height: float
    gap: float = 0.0
    opening: float = 0.0
    hurt: float = 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """A column: the strips from `start` up to, not including, `stop`."""

    start: int
    stop: int


_Ends = dict[int, tuple[float, int | None]]
"""Where a column can end: for each strip after it, the least cost up to there, and where the column begins."""


class TooHighError(ValueError):
    """A strip is higher than a column; `index` says which."""

    def __init__(self, index: int) -> None:
        super().__init__(f"strip {index} is higher than a column")
        self.index = index


def height(strips: Sequence[Strip], span: Span) -> float:
    """Return how high a column is."""
    inside = strips[span.start : span.stop]
    if not inside:
        return 0.0
    return inside[0].opening + sum(strip.height for strip in inside) + sum(strip.gap for strip in inside[1:])


def fewest(strips: Sequence[Strip], room: float) -> int:
    """Return the least number of columns of height `room` that hold the strips.

    Raises:
        TooHighError: no column holds a strip.
    """
    return max(_columns(strips, room), default=0)


def held(strips: Sequence[Strip], room: float, count: int) -> int:
    """Return how many of the strips `count` columns of height `room` hold.

    Raises:
        TooHighError: no column holds a strip.
    """
    return sum(column <= count for column in _columns(strips, room))


def _columns(strips: Sequence[Strip], room: float) -> Iterator[int]:
    """Yield for each strip the number of its column, from 1, where each column holds as much as it can."""
    count, filled = 0, inf
    for index, strip in enumerate(strips):
        filled += strip.gap + strip.height
        if filled > room:
            count, filled = count + 1, strip.opening + strip.height
            if filled > room:
                raise TooHighError(index)
        yield count


def pack(strips: Sequence[Strip], room: float, count: int) -> list[Span]:
    """Return `count` columns that hold all strips in order, with the least sum of squared white; columns may be empty.

    Raises:
        ValueError: so many columns cannot hold them.
    """
    table: list[_Ends] = [{0: (0.0, None)}]
    left = _columns_needed(strips, room)
    for column in range(count):
        reached: _Ends = {}
        for start, (cost, _) in table[-1].items():
            for stop, white in _stops(strips, start, room):
                if left[stop] > count - column - 1:
                    continue
                total = cost + white * white + (strips[stop].hurt ** 2 if stop < len(strips) else 0.0)
                if total < reached.get(stop, (inf, None))[0]:
                    reached[stop] = (total, start)
        table.append(reached)
    if len(strips) not in table[-1]:
        raise ValueError(f"{count} columns of {room} mm are too few")
    return _spans(table, len(strips))


def filled(strips: Sequence[Strip], room: float) -> list[Span]:
    """Return columns that hold all strips in order, each of which ends where it costs least, whatever comes after.

    So what comes after a change finds its places again as soon as one column ends where it did.

    Raises:
        TooHighError: no column holds a strip.
    """
    spans, start = [], 0
    while start < len(strips):
        stops = list(_stops(strips, start, room))
        if not stops:
            raise TooHighError(start)
        ends = len(strips) == stops[-1][0]
        stop = len(strips) if ends else min(stops, key=lambda stop: stop[1] ** 2 + strips[stop[0]].hurt ** 2)[0]
        spans.append(Span(start, stop))
        start = stop
    return spans


def _stops(strips: Sequence[Strip], start: int, room: float) -> Iterator[tuple[int, float]]:
    """Yield where a column that begins at `start` may end, and the white it then has, emptiest first."""
    if start == len(strips):
        yield start, room
        return
    filled = strips[start].opening + strips[start].height
    for stop in range(start + 1, len(strips) + 1):
        if filled > room:
            return
        yield stop, room - filled
        if stop < len(strips):
            filled += strips[stop].gap + strips[stop].height


def _columns_needed(strips: Sequence[Strip], room: float) -> list[int]:
    """Return for each strip how many columns are needed at least from there on, as if nothing were repeated."""
    sums = list(accumulate((strip.height for strip in reversed(strips)), initial=0.0))
    return [-int(-rest // room) for rest in reversed(sums)]


def _spans(table: Sequence[_Ends], stop: int) -> list[Span]:
    spans = []
    for ends in reversed(table[1:]):
        start = ends[stop][1]
        assert start is not None
        spans.append(Span(start, stop))
        stop = start
    return spans[::-1]


def stretch(gaps: Sequence[float], white: float, most: Sequence[float]) -> list[float]:
    """Return the gaps of a column widened by `white` in proportion to `most`, each by no more than its `most`."""
    share = min(1.0, white / sum(most)) if sum(most) else 0.0
    return [gap + share * limit for gap, limit in zip(gaps, most, strict=True)]
