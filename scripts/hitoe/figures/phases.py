"""Draws a phases figure: one row of units for each phase, from top to bottom along a time axis."""

from collections.abc import Iterator

from hitoe.figures.label_text import LEADING, LabelText, label_text
from hitoe.figures.placement import fit_widths, legend, widest
from hitoe.figures.shapes import Drawing, FigureError, point
from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.values.figures import Phases

UNIT, STEP, ROW_GAP = 9.0, 11.0, 3.0
"""The side of a unit, the distance from one unit to the next, and the distance between rows."""
AXIS, COLUMN_GAP = 4.0, 8.0
"""The x of the time axis, and the distance between labels, units and notes."""
MOST = 16
"""Units that a reader can still count at a glance."""


def faults(figure: Phases) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.phases:
        yield FigureError(say("phases without a phase: add one at least"), "phases")
    for key, phase in figure.phases.items():
        loc = ("phases", key, "units")
        for state in phase.units:
            if state not in figure.states:
                message = say("unknown state '{state}': {hint}", state=state, hint=did_you_mean(state, figure.states))
                yield FigureError(message, *loc, state, key=True)
        if not sum(phase.units.values()):
            yield FigureError(say("a phase without units: write how many are in which state"), *loc)
        if sum(phase.units.values()) > MOST:
            yield FigureError(say("too many units to be counted: {most} at most", most=MOST), *loc)


def draw(figure: Phases, width: float) -> Drawing:
    """Return the drawing."""
    drawing, phases = Drawing(width), figure.phases.values()
    labels = [label_text(phase.label) for phase in phases]
    notes = [label_text(phase.note) if phase.note else LabelText(()) for phase in phases]
    left, most = 2 * AXIS + COLUMN_GAP / 2, max(sum(phase.units.values()) for phase in phases)
    available = width - left - most * STEP - COLUMN_GAP - (COLUMN_GAP if any(phase.note for phase in phases) else 0.0)
    too_wide = FigureError(say("too wide: take fewer units, or labels and notes of shorter words"), "phases")
    columns = (widest(text.widths() for text in column) for column in (labels, notes))
    label_width, note_width = fit_widths(list(columns), available, too_wide)
    units = left + label_width + COLUMN_GAP
    top, dots = 0.0, []
    for phase, label, note in zip(phases, labels, notes, strict=True):
        high = max(label.height(label_width), note.height(note_width), LEADING)
        middle = top + high / 2
        drawing.label(label, label_width, left, middle - label.height(label_width) / 2, align=0.0)
        looks = [figure.states[state].look for state, count in phase.units.items() for _ in range(count)]
        for index, look in enumerate(looks):
            drawing.box(units + index * STEP, middle - UNIT / 2, UNIT, UNIT, look)
        if phase.note:
            start = units + most * STEP + COLUMN_GAP
            drawing.label(note, note_width, start, middle - note.height(note_width) / 2, align=0.0)
        dots.append(middle)
        top += high + ROW_GAP
    drawing.line(f"M{point(AXIS, dots[0])}L{point(AXIS, top - 3)}")
    drawing.arrowhead(AXIS, top, 0, 1)
    for middle in dots:
        drawing.box(AXIS - 2, middle - 2, 4, 4, "member", 2)
    shown = [state for key, state in figure.states.items() if any(phase.units.get(key) for phase in phases)]
    named = [(state.look, label_text(state.label)) for state in shown]
    return drawing.finished(legend(drawing, named, top + ROW_GAP))
