"""Into which column each strip goes: in order, the fewest columns, about equally full, cut where it hurts least.

Lengths are in mm. This module knows heights only, not what is printed.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf

CARE = 3.0
"""How much more cuts hurt where there may be as many columns as it takes.

So columns mostly end where something ends, and what comes after a change stays in its columns from the second page on.
"""
RAGGED = 2.0
"""How much more white hurts that the gaps of a column do not take up."""
DEPTHS = 8
"""How many depths are tried for the columns of a page that is not full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What no column break cuts.

    `gap` is the room before it unless it begins a column, and can grow by `give`; else `opening` is what is repeated
    above it. `hurt` is what a column break before it costs, in mm of white that one would rather leave.
    """

    height: float
    gap: float = 0.0
    give: float = 0.0
    opening: float = 0.0
    hurt: float = 0.0


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """A column: the strips from `start` up to, not including, `stop`."""

    start: int
    stop: int


_Ends = dict[int, tuple[float, int]]
"""Where a column can end: for each strip after it, the least cost up to there, and where the column begins."""


class TooHighError(ValueError):
    """A strip is higher than a column; `index` says which."""

    def __init__(self, index: int) -> None:
        super().__init__(f"strip {index} is higher than a column")
        self.index = index


def height(strips: Sequence[Strip], span: ColumnSpan) -> float:
    """Return how high a column is."""
    inside = strips[span.start : span.stop]
    if not inside:
        return 0.0
    return inside[0].opening + sum(strip.height for strip in inside) + sum(strip.gap for strip in inside[1:])


def greatest_height(strips: Sequence[Strip], span: ColumnSpan) -> float:
    """Return how high a column is with its gaps grown as far as they can."""
    return height(strips, span) + sum(strip.give for strip in strips[span.start + 1 : span.stop])


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


def pack(strips: Sequence[Strip], room: float, count: int) -> list[ColumnSpan]:
    """Return `count` columns that hold all strips in order, with the least sum of squared white; columns may be empty.

    Raises:
        ValueError: so many columns cannot hold them.
    """
    table: list[_Ends] = [{0: (0.0, 0)}]
    left = _columns_needed(strips, room)
    for column in range(count):
        reached: _Ends = {}
        for start, (cost, _) in table[-1].items():
            for stop, ragged in _stops(strips, start, room):
                if left[stop] > count - column - 1:
                    continue
                total = cost + ragged + (strips[stop].hurt ** 2 if stop < len(strips) else 0.0)
                if total < reached.get(stop, (inf, 0))[0]:
                    reached[stop] = (total, start)
        table.append(reached)
    if len(strips) not in table[-1]:
        raise ValueError(f"{count} columns of {room} mm are too few")
    stops = [len(strips)]
    for ends in table[:0:-1]:
        stops.append(ends[stops[-1]][1])
    return _spans(stops)


def flow(strips: Sequence[Strip], room: float, care: float = CARE) -> list[ColumnSpan]:
    """Return columns that hold all strips in order, as many as it takes, with the least sum of squared white and hurt.

    The white of the last does not count, and what cuts hurt counts `care` times.

    Raises:
        TooHighError: no column holds a strip.
    """
    costs: list[tuple[float, int]] = [(0.0, 0), *([(inf, 0)] * len(strips))]
    for start in range(len(strips)):
        for stop, ragged in _stops(strips, start, room) if costs[start][0] < inf else ():
            added = ragged + (care * strips[stop].hurt) ** 2 if stop < len(strips) else 0.0
            costs[stop] = min(costs[stop], (costs[start][0] + added, start))
    if costs[-1][0] == inf:
        raise TooHighError(max(index for index, (cost, _) in enumerate(costs) if cost < inf))
    ends = [len(strips)]
    while ends[-1]:
        ends.append(costs[ends[-1]][1])
    return _spans(ends)


def level(strips: Sequence[Strip], spans: Sequence[ColumnSpan], room: float, count: int) -> list[ColumnSpan]:
    """Return `count` columns that hold what the spans hold: about as high as each other, if that cuts little.

    The last of them may be empty.

    Raises:
        ValueError: so many columns cannot hold it.
    """
    if not spans:
        return []
    first = spans[0].start
    inside = strips[first : spans[-1].stop]
    least = sum(strip.height for strip in inside) / count
    if not least:
        return list(spans)
    found = [pack(inside, room, count)]
    for step in range(DEPTHS):
        with suppress(TooHighError):
            found.append(flow(inside, least * (room / least) ** (step / DEPTHS), care=1.0))
    fitting = (columns for columns in found if len(columns) <= count)
    best = min(fitting, key=lambda columns: _drop(inside, columns, count))
    empty = [ColumnSpan(len(inside), len(inside))] * (count - len(best))
    return [ColumnSpan(first + span.start, first + span.stop) for span in [*best, *empty]]


def _spans(ends: Sequence[int]) -> list[ColumnSpan]:
    """Return the columns between the places where they end, the last place first."""
    return [ColumnSpan(start, stop) for stop, start in pairwise(ends)][::-1]


def _drop(strips: Sequence[Strip], spans: Sequence[ColumnSpan], count: int) -> float:
    """Return how low `count` columns end, what cutting them hurts, and what of them is ragged, in mm."""
    hurts = (strips[span.stop].hurt for span in spans if span.stop < len(strips))
    lowest = max(height(strips, span) for span in spans)
    ragged = sum(max(0.0, lowest - greatest_height(strips, span)) for span in spans) + lowest * (count - len(spans))
    return lowest + sum(hurts) + ragged


def _stops(strips: Sequence[Strip], start: int, room: float) -> Iterator[tuple[int, float]]:
    """Yield where a column that begins at `start` may end, and what its white then costs, emptiest first."""
    if start == len(strips):
        yield start, room * room
        return
    filled, give = strips[start].opening + strips[start].height, 0.0
    for stop in range(start + 1, len(strips) + 1):
        white = room - filled
        if white < 0:
            return
        yield stop, white * white + (RAGGED * max(0.0, white - give)) ** 2
        if stop < len(strips):
            strip = strips[stop]
            filled += strip.gap + strip.height
            give += strip.give


def _columns_needed(strips: Sequence[Strip], room: float) -> list[int]:
    """Return for each strip how many columns are needed at least from there on, as if nothing were repeated."""
    sums = list(accumulate((strip.height for strip in reversed(strips)), initial=0.0))
    return [-int(-rest // room) for rest in reversed(sums)]


def stretch(gaps: Sequence[float], white: float, most: Sequence[float]) -> list[float]:
    """Return the gaps of a column widened by `white` in proportion to `most`, each by no more than its `most`."""
    share = min(1.0, white / sum(most)) if sum(most) else 0.0
    return [gap + share * limit for gap, limit in zip(gaps, most, strict=True)]
