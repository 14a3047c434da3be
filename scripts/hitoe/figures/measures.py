"""Measures: what stands above a stretch that it names, between two arrowheads."""

from hitoe.figures.letters import LabelWords
from hitoe.figures.shapes import Canvas, FigureError, point

TICK, ROOM = 2.5, 7.0
"""Half of how high the ends are; and the room that line and ends take below the words."""


def measure(canvas: Canvas, text: LabelWords, start: float, end: float, top: float) -> float:
    """Draw a measure between two places, and return where it ends below."""
    if text.least > canvas.width:
        raise FigureError("a word is wider than the figure: take a shorter one")
    width = min(text.natural, canvas.width)
    left = min(max((start + end - width) / 2, 0.0), canvas.width - width)
    label = canvas.label(text, width, left, top)
    y = label.bottom + 2
    for x in (start, end):
        canvas.line(f"M{point(x, y - TICK)}L{point(x, y + TICK)}")
    if end - start > 4 * ROOM:
        canvas.head(start, y, -1, 0)
        canvas.head(end, y, 1, 0)
    canvas.line(f"M{point(start, y)}L{point(end, y)}")
    return label.bottom + ROOM
