"""Groups: frames with members, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from hitoe.figures.legend import legend
from hitoe.figures.letters import LabelWords, words
from hitoe.figures.shapes import Canvas, Drawing, FigureError
from hitoe.schema import Groups

MEMBER, BETWEEN, INSIDE = 8.0, 2.0, 4.0
"""The side of a member, the room between members, and that between them and their frame."""
FRAME_GAP, PAD, GAP = 5.0, 6.0, 8.0
"""Between frames, between these and the edge of their group, and between groups."""
FEW, MOST_FRAMES, MOST_MEMBERS = 2, 12, 24
"""Members that stand in one pile; and how many frames and members can be told apart."""


@dataclass(frozen=True)
class _Group:
    """A group with its measures."""

    label: LabelWords
    frames: Sequence[int]
    piles: int

    @property
    def frame(self) -> float:
        return self.piles * (MEMBER + BETWEEN) - BETWEEN + 2 * INSIDE

    @property
    def rows(self) -> int:
        return max(ceil(count / self.piles) for count in self.frames)

    @property
    def least(self) -> float:
        """How wide the group is at least."""
        return max(self.inner + 2 * PAD, self.label.least)

    @property
    def inner(self) -> float:
        return len(self.frames) * (self.frame + FRAME_GAP) - FRAME_GAP


def faults(figure: Groups) -> Iterator[FigureError]:
    """Yield what keeps a figure from being drawn."""
    if not figure.groups:
        yield FigureError("groups without a group: add one at least", "groups")
    for key, group in figure.groups.items():
        loc = ("groups", key, "frames")
        if not group.frames:
            yield FigureError("a group without frames: write how many members each has, as [4, 4]", *loc)
        elif len(group.frames) > MOST_FRAMES or max(group.frames) > MOST_MEMBERS:
            yield FigureError(f"too many to be seen: {MOST_FRAMES} frames of {MOST_MEMBERS} members at most", *loc)


def draw(figure: Groups, width: float) -> Drawing:
    """Draw the groups, as many in a row as fit."""
    canvas = Canvas(width)
    groups = [_group(words(each.label), each.frames) for each in figure.groups.values()]
    for key, group in zip(figure.groups, groups, strict=True):
        if group.least > width:
            raise FigureError("too wide: take fewer frames, or a label of shorter words", "groups", key)
    top = 0.0
    for row in _rows(groups, width):
        top = _row(canvas, row, top) + GAP
    named = [(look, words(text)) for look, text in (("frame", figure.frame), ("member", figure.member)) if text]
    return canvas.drawing(legend(canvas, named, top - GAP / 2) if named else top - GAP)


def _group(label: LabelWords, frames: Sequence[int]) -> _Group:
    most = max(1, *frames)
    return _Group(label, frames, 1 if most == 1 else FEW if most <= 2 * FEW + FEW else ceil(most / 4))


def _rows(groups: Sequence[_Group], width: float) -> Iterator[Sequence[_Group]]:
    """Yield the groups in as few rows as they need, as many in each as in the first."""
    for count in range(len(groups), 0, -1):
        rows = [groups[first : first + count] for first in range(0, len(groups), count)]
        if all(sum(group.least + GAP for group in row) - GAP <= width + 0.01 for row in rows):
            yield from rows
            return
    raise AssertionError("a group is wider than the drawing")


def _row(canvas: Canvas, row: Sequence[_Group], top: float) -> float:
    spare = (canvas.width - sum(group.least + GAP for group in row) + GAP) / len(row)
    tall = max(group.rows for group in row) * (MEMBER + BETWEEN) - BETWEEN + 2 * INSIDE
    left, bottom = 0.0, top
    for group in row:
        wide = group.least + spare
        canvas.box(left, top, wide, tall + 2 * PAD, "ground", 3)
        x = left + (wide - group.inner) / 2
        for count in group.frames:
            canvas.box(x, top + PAD, group.frame, tall, "frame", 1.5)
            _members(canvas, group, count, x, top + PAD + tall / 2)
            x += group.frame + FRAME_GAP
        label = canvas.label(group.label, wide, left, top + tall + 2 * PAD + 1)
        bottom = max(bottom, label.bottom)
        left += wide + GAP
    return bottom


def _members(canvas: Canvas, group: _Group, count: int, left: float, middle: float) -> None:
    step = MEMBER + BETWEEN
    rows = ceil(count / group.piles)
    top = middle - (rows * step - BETWEEN) / 2
    for index in range(count):
        row, column = divmod(index, group.piles)
        beside = min(group.piles, count - row * group.piles)
        start = left + (group.frame - beside * step + BETWEEN) / 2
        canvas.box(start + column * step, top + row * step, MEMBER, MEMBER, "member")
