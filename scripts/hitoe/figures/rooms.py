"""Sharing out room: columns between texts, and labels beside each other below the places they name."""

from collections.abc import Sequence

from hitoe.figures.letters import LabelWords
from hitoe.figures.shapes import Canvas, Label, point

ROUNDING = 0.001
GAP, DROP = 6.0, 7.0
"""Between labels side by side; and from a place down to its label."""


Need = tuple[float, float]
"""How wide something must be, and how wide it would best be."""


def fitted(needs: Sequence[Need], room: float) -> list[float] | None:
    """Return widths that fit into a room together, the widest narrowed first; None if there is too little."""
    least, wide = [need[0] for need in needs], [need[1] for need in needs]
    if sum(least) > room:
        return None
    while (over := sum(wide) - room) > ROUNDING:
        wider = [i for i, width in enumerate(wide) if width > least[i]]
        most = max(wide[i] for i in wider)
        top = [i for i in wider if wide[i] == most]
        below = max([wide[i] for i in wider if wide[i] < most], default=0.0)
        cut = min(over / len(top), most - max([below, *(least[i] for i in top)]))
        for i in top:
            wide[i] = max(least[i], wide[i] - cut)
        if cut <= 0:
            break
    return wide


def below(canvas: Canvas, places: Sequence[tuple[float, LabelWords]], top: float) -> list[Label] | None:
    """Write a text below each of some places, from left to right, a line leading to it; None if there is no room."""
    if not places:
        return []
    widths = fitted([(text.least, text.natural) for _, text in places], canvas.width - GAP * (len(places) - 1))
    if widths is None:
        return None
    lefts = apart([x for x, _ in places], widths, canvas.width, GAP)
    labels = []
    for (x, text), left, width in zip(places, lefts, widths, strict=True):
        label = canvas.label(text, width, left, top + DROP)
        foot = min(max(x, label.left + 3), label.right - 3)
        canvas.line(f"M{point(x, top)}L{point(foot, top + DROP - 1)}", "hair")
        labels.append(label)
    return labels


def apart(centres: Sequence[float], sizes: Sequence[float], room: float, gap: float) -> list[float]:
    """Return where things of these sizes begin that are to stand in order: near to their centres, and inside the room.

    Those that would overlap are moved together, so that they stand around the middle of where they want to be.
    """
    offsets = [sum(sizes[:i]) + gap * i for i in range(len(sizes))]
    pools: list[tuple[float, int]] = []
    for centre, size, offset in zip(centres, sizes, offsets, strict=True):
        mean, count = centre - size / 2 - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    most = max(0.0, room - sum(sizes) - gap * (len(sizes) - 1))
    starts = [min(max(mean, 0.0), most) for mean, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
