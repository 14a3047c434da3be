"""Phases: rows of units one below the other, as time goes by."""

from collections.abc import Iterator

from hitoe.figures.legend import legend
from hitoe.figures.letters import LEADING, LabelWords, words
from hitoe.figures.rooms import Need, fitted
from hitoe.figures.shapes import Canvas, Drawing, FigureError, point
from hitoe.problems import did_you_mean
from hitoe.schema import Phases

UNIT, STEP, ROW_GAP = 9.0, 11.0, 3.0
AXIS, BESIDE = 4.0, 8.0
"""Where the line of time runs; and the room between it, labels, units and notes."""
MOST = 16
"""Units that can be counted at a glance."""


def faults(figure: Phases) -> Iterator[FigureError]:
    """Yield what keeps a figure from being drawn."""
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
    """Draw the phases from top to bottom."""
    canvas = Canvas(width)
    labels = [words(phase.label) for phase in figure.phases.values()]
    notes = [words(phase.note) if phase.note else None for phase in figure.phases.values()]
    most = max(sum(phase.units.values()) for phase in figure.phases.values())
    label_room, note_room = _columns(labels, notes, width - most * STEP)
    top, dots, left = 0.0, [], 2 * AXIS + BESIDE / 2
    for phase, label, note in zip(figure.phases.values(), labels, notes, strict=True):
        high = max(label.height(label_room), note.height(note_room) if note else 0.0, LEADING)
        middle = top + high / 2
        canvas.label(label, label_room, left, middle - label.height(label_room) / 2, align=0.0)
        x = left + label_room + BESIDE
        for state, count in phase.units.items():
            for _ in range(count):
                canvas.box(x, middle - UNIT / 2, UNIT, UNIT, figure.states[state].look)
                x += STEP
        if note:
            start = left + label_room + BESIDE + most * STEP + BESIDE
            canvas.label(note, note_room, start, middle - note.height(note_room) / 2, align=0.0)
        dots.append(middle)
        top += high + ROW_GAP
    canvas.line(f"M{point(AXIS, dots[0])}L{point(AXIS, top - 3)}")
    canvas.head(AXIS, top, 0, 1)
    for middle in dots:
        canvas.box(AXIS - 2, middle - 2, 4, 4, "member", 2)
    shown = {state for phase in figure.phases.values() for state, count in phase.units.items() if count}
    named = [(state.look, words(state.label)) for key, state in figure.states.items() if key in shown]
    return canvas.drawing(legend(canvas, named, top + ROW_GAP))


def _columns(labels: list[LabelWords], notes: list[LabelWords | None], width: float) -> tuple[float, float]:
    """Return how wide the columns of labels and of notes are, beside the units."""
    noted = [note for note in notes if note]
    room = width - 2 * AXIS - BESIDE / 2 - BESIDE - (BESIDE if noted else 0.0)
    wide = fitted([_together(labels), *([_together(noted)] if noted else [])], room)
    if wide is None:
        raise FigureError("too wide: take fewer units, or labels and notes of shorter words", "phases")
    return wide[0], wide[1] if noted else 0.0


def _together(texts: list[LabelWords]) -> Need:
    return max(text.least for text in texts), max(text.natural for text in texts)
