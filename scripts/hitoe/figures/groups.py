"""Draws a groups figure: groups of frames side by side, each frame with its number of members."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from hitoe.figures.label_text import LabelText, label_text
from hitoe.figures.placement import legend
from hitoe.figures.shapes import Drawing, FigureError
from hitoe.messages import say
from hitoe.values.figures import Groups

MEMBER, MEMBER_GAP, FRAME_PAD = 8.0, 2.0, 4.0
"""The side of a member, the distance between members, and between them and their frame."""
STEP = MEMBER + MEMBER_GAP
FRAME_GAP, GROUP_PAD, GROUP_GAP = 5.0, 6.0, 8.0
"""The distance between frames, between frames and the edge of their group, and between groups."""
ROUNDING = 0.01
"""How much too wide a row of groups may be, because sums are rounded."""
MOST_FRAMES, MOST_MEMBERS = 12, 24
"""How many frames and members a reader can still count."""


@dataclass(frozen=True)
class _GroupLayout:
    """A group with its sizes; the members of a frame are in rows of `columns`.

    `frame`, `inner` and `least` are widths: of one frame, of all frames, and the least one of the group.
    """

    label: LabelText
    counts: Sequence[int]
    columns: int
    frame: float
    inner: float
    least: float


def faults(figure: Groups) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.groups:
        yield FigureError(say("groups without a group: add one at least"), "groups")
    for key, group in figure.groups.items():
        loc = ("groups", key, "frames")
        if not group.frames:
            yield FigureError(say("a group without frames: write how many members each has, as [4, 4]"), *loc)
        elif len(group.frames) > MOST_FRAMES or max(group.frames) > MOST_MEMBERS:
            yield FigureError(
                say(
                    "too many to be seen: {most_frames} frames of {most_members} members at most",
                    most_frames=MOST_FRAMES,
                    most_members=MOST_MEMBERS,
                ),
                *loc,
            )


def draw(figure: Groups, width: float) -> Drawing:
    """Return the drawing, with as many groups in a row as fit."""
    drawing = Drawing(width)
    groups = [_group(label_text(each.label), each.frames) for each in figure.groups.values()]
    for key, group in zip(figure.groups, groups, strict=True):
        if group.least > width:
            raise FigureError(say("too wide: take fewer frames, or a label of shorter words"), "groups", key)
    top = 0.0
    for row in _rows(groups, width):
        top = _row(drawing, row, top) + GROUP_GAP
    named = [(look, label_text(text)) for look, text in (("frame", figure.frame), ("member", figure.member)) if text]
    return drawing.finished(legend(drawing, named, top - GROUP_GAP / 2) if named else top - GROUP_GAP)


def _group(label: LabelText, counts: Sequence[int]) -> _GroupLayout:
    most = max(1, *counts)
    columns = 1 if most == 1 else 2 if most <= 6 else ceil(most / 4)  # noqa: PLR2004
    frame = columns * STEP - MEMBER_GAP + 2 * FRAME_PAD
    inner = len(counts) * (frame + FRAME_GAP) - FRAME_GAP
    return _GroupLayout(label, counts, columns, frame, inner, max(inner + 2 * GROUP_PAD, label.least))


def _rows(groups: Sequence[_GroupLayout], width: float) -> Sequence[Sequence[_GroupLayout]]:
    """Return the groups in as few rows as possible, all rows but the last with the same number of groups."""
    lengths = range(len(groups), 0, -1)
    divided = ([groups[first : first + most] for first in range(0, len(groups), most)] for most in lengths)
    return next(rows for rows in divided if all(_spare(row, width) >= -ROUNDING for row in rows))


def _spare(row: Sequence[_GroupLayout], width: float) -> float:
    return width - sum(group.least + GROUP_GAP for group in row) + GROUP_GAP


def _row(drawing: Drawing, groups: Sequence[_GroupLayout], top: float) -> float:
    """Draw groups side by side and return the lower edge."""
    spare = _spare(groups, drawing.width) / len(groups)
    most_rows = max(ceil(count / group.columns) for group in groups for count in group.counts)
    tall = most_rows * STEP - MEMBER_GAP + 2 * FRAME_PAD
    left, bottom = 0.0, top
    for group in groups:
        wide = group.least + spare
        drawing.box(left, top, wide, tall + 2 * GROUP_PAD, "ground", 3)
        x = left + (wide - group.inner) / 2
        for count in group.counts:
            drawing.box(x, top + GROUP_PAD, group.frame, tall, "frame", 1.5)
            upper = top + GROUP_PAD + tall / 2 - (ceil(count / group.columns) * STEP - MEMBER_GAP) / 2
            for index in range(count):
                row, column = divmod(index, group.columns)
                in_row = min(group.columns, count - row * group.columns)
                start = x + (group.frame - in_row * STEP + MEMBER_GAP) / 2
                drawing.box(start + column * STEP, upper + row * STEP, MEMBER, MEMBER, "member")
            x += group.frame + FRAME_GAP
        label = drawing.label(group.label, wide, left, top + tall + 2 * GROUP_PAD + 1)
        bottom = max(bottom, label.bottom)
        left += wide + GROUP_GAP
    return bottom
