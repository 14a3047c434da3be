"""Draws a groups figure: groups of frames side by side, each frame with its number of members."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from hitoe.figures.label_text import LabelText, label_text
from hitoe.figures.placement import legend
from hitoe.figures.shapes import Canvas, Drawing, FigureError
from hitoe.schema import Groups

MEMBER, MEMBER_GAP, FRAME_PAD = 8.0, 2.0, 4.0
"""The side of a member, the distance between members, and between them and their frame."""
FRAME_GAP, GROUP_PAD, GROUP_GAP = 5.0, 6.0, 8.0
"""The distance between frames, between frames and the edge of their group, and between groups."""
MOST_FRAMES, MOST_MEMBERS = 12, 24
"""How many frames and members a reader can still tell apart."""


@dataclass(frozen=True)
class _GroupLayout:
    """A group with its sizes; the members of a frame stand in rows of `columns`."""

    label: LabelText
    frames: Sequence[int]
    columns: int

    @property
    def frame(self) -> float:
        """The width of a frame."""
        return self.columns * (MEMBER + MEMBER_GAP) - MEMBER_GAP + 2 * FRAME_PAD

    @property
    def rows(self) -> int:
        """The rows of members in the fullest frame."""
        return max(ceil(count / self.columns) for count in self.frames)

    @property
    def least(self) -> float:
        """The least width of the group."""
        return max(self.inner + 2 * GROUP_PAD, self.label.least)

    @property
    def inner(self) -> float:
        """The width of all frames."""
        return len(self.frames) * (self.frame + FRAME_GAP) - FRAME_GAP


def faults(figure: Groups) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.groups:
        yield FigureError("groups without a group: add one at least", "groups")
    for key, group in figure.groups.items():
        loc = ("groups", key, "frames")
        if not group.frames:
            yield FigureError("a group without frames: write how many members each has, as [4, 4]", *loc)
        elif len(group.frames) > MOST_FRAMES or max(group.frames) > MOST_MEMBERS:
            yield FigureError(f"too many to be seen: {MOST_FRAMES} frames of {MOST_MEMBERS} members at most", *loc)


def draw(figure: Groups, width: float) -> Drawing:
    """Return the drawing, with as many groups in a row as fit."""
    canvas = Canvas(width)
    groups = [_group(label_text(each.label), each.frames) for each in figure.groups.values()]
    for key, group in zip(figure.groups, groups, strict=True):
        if group.least > width:
            raise FigureError("too wide: take fewer frames, or a label of shorter words", "groups", key)
    top = 0.0
    for row in _rows(groups, width):
        top = _row(canvas, row, top) + GROUP_GAP
    named = [(look, label_text(text)) for look, text in (("frame", figure.frame), ("member", figure.member)) if text]
    return canvas.drawing(legend(canvas, named, top - GROUP_GAP / 2) if named else top - GROUP_GAP)


def _group(label: LabelText, frames: Sequence[int]) -> _GroupLayout:
    most = max(1, *frames)
    return _GroupLayout(label, frames, 1 if most == 1 else 2 if most <= 6 else ceil(most / 4))  # noqa: PLR2004


def _rows(groups: Sequence[_GroupLayout], width: float) -> Iterator[Sequence[_GroupLayout]]:
    """Yield the groups in as few rows as possible, all rows but the last with the same number of groups."""
    for count in range(len(groups), 0, -1):
        rows = [groups[first : first + count] for first in range(0, len(groups), count)]
        if all(sum(group.least + GROUP_GAP for group in row) - GROUP_GAP <= width + 0.01 for row in rows):
            yield from rows
            return
    raise AssertionError("a group is wider than the drawing")


def _row(canvas: Canvas, row: Sequence[_GroupLayout], top: float) -> float:
    spare = (canvas.width - sum(group.least + GROUP_GAP for group in row) + GROUP_GAP) / len(row)
    tall = max(group.rows for group in row) * (MEMBER + MEMBER_GAP) - MEMBER_GAP + 2 * FRAME_PAD
    left, bottom = 0.0, top
    for group in row:
        wide = group.least + spare
        canvas.box(left, top, wide, tall + 2 * GROUP_PAD, "ground", 3)
        x = left + (wide - group.inner) / 2
        for count in group.frames:
            canvas.box(x, top + GROUP_PAD, group.frame, tall, "frame", 1.5)
            _members(canvas, group, count, x, top + GROUP_PAD + tall / 2)
            x += group.frame + FRAME_GAP
        label = canvas.label(group.label, wide, left, top + tall + 2 * GROUP_PAD + 1)
        bottom = max(bottom, label.bottom)
        left += wide + GROUP_GAP
    return bottom


def _members(canvas: Canvas, group: _GroupLayout, count: int, left: float, middle: float) -> None:
    step = MEMBER + MEMBER_GAP
    rows = ceil(count / group.columns)
    top = middle - (rows * step - MEMBER_GAP) / 2
    for index in range(count):
        row, column = divmod(index, group.columns)
        in_row = min(group.columns, count - row * group.columns)
        start = left + (group.frame - in_row * step + MEMBER_GAP) / 2
        canvas.box(start + column * step, top + row * step, MEMBER, MEMBER, "member")
