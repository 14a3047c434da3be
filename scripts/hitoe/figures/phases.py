"""Draws a phases figure: one row of units for each phase, from top to bottom along a time axis."""

from collections.abc import Iterator

from hitoe.figures.label_text import LEADING, LabelText, label_text
from hitoe.figures.placement import WidthRange, fit_widths, legend
from hitoe.figures.shapes import Canvas, Drawing, FigureError, point
from hitoe.problems import did_you_mean
from hitoe.schema import Phases

UNIT, STEP, ROW_GAP = 9.0, 11.0, 3.0
"""The side of a unit, the distance from one unit to the next, and the distance between rows."""
AXIS, COLUMN_GAP = 4.0, 8.0
"""The x of the time axis, and the distance between labels, units and notes."""
MOST = 16
"""Units that a reader can still count at a glance."""


def faults(figure: Phases) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.phases:
        yield FigureError("phases without a phase: add one at least", "phases")
    for key, phase in figure.phases.items():
        loc = ("phases", key, "units")
        for state in phase.units:
            if state not in figure.states:
                yield FigureError(
                    f"unknown state '{state}': {did_you_mean(state, figure.states)}", *loc, state, key=True
                )
        if not sum(phase.units.values()):
            yield FigureError("a phase without units: write how many are in which state", *loc)
        if sum(phase.units.values()) > MOST:
            yield FigureError(f"too many units to be counted: {MOST} at most", *loc)


def draw(figure: Phases, width: float) -> Drawing:
    """Return the drawing."""
    canvas = Canvas(width)
    labels = [label_text(phase.label) for phase in figure.phases.values()]
    notes = [label_text(phase.note) if phase.note else None for phase in figure.phases.values()]
    most = max(sum(phase.units.values()) for phase in figure.phases.values())
    label_width, note_width = _columns(labels, notes, width - most * STEP)
    top, dots, left = 0.0, [], 2 * AXIS + COLUMN_GAP / 2
    for phase, label, note in zip(figure.phases.values(), labels, notes, strict=True):
        high = max(label.height(label_width), note.height(note_width) if note else 0.0, LEADING)
        middle = top + high / 2
        canvas.label(label, label_width, left, middle - label.height(label_width) / 2, align=0.0)
        x = left + label_width + COLUMN_GAP
        for state, count in phase.units.items():
            for _ in range(count):
                canvas.box(x, middle - UNIT / 2, UNIT, UNIT, figure.states[state].look)
                x += STEP
        if note:
            start = left + label_width + COLUMN_GAP + most * STEP + COLUMN_GAP
            canvas.label(note, note_width, start, middle - note.height(note_width) / 2, align=0.0)
        dots.append(middle)
        top += high + ROW_GAP
    canvas.line(f"M{point(AXIS, dots[0])}L{point(AXIS, top - 3)}")
    canvas.arrowhead(AXIS, top, 0, 1)
    for middle in dots:
        canvas.box(AXIS - 2, middle - 2, 4, 4, "member", 2)
    shown = {state for phase in figure.phases.values() for state, count in phase.units.items() if count}
    named = [(state.look, label_text(state.label)) for key, state in figure.states.items() if key in shown]
    return canvas.drawing(legend(canvas, named, top + ROW_GAP))


def _columns(labels: list[LabelText], notes: list[LabelText | None], width: float) -> tuple[float, float]:
    """Return the widths of the columns of labels and of notes, in the width that the units leave."""
    noted = [note for note in notes if note]
    available = width - 2 * AXIS - COLUMN_GAP / 2 - COLUMN_GAP - (COLUMN_GAP if noted else 0.0)
    wide = fit_widths([_width_range(labels), *([_width_range(noted)] if noted else [])], available)
    if wide is None:
        raise FigureError("too wide: take fewer units, or labels and notes of shorter words", "phases")
    return wide[0], wide[1] if noted else 0.0


def _width_range(texts: list[LabelText]) -> WidthRange:
    return max(text.least for text in texts), max(text.natural for text in texts)
