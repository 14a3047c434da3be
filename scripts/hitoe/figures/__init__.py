"""Lays out the figures of the notes: computes the position of every box, line and text. Templates print them as SVG."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hitoe.figures import bar, flow, groups, layers, phases, timeline
from hitoe.figures.shapes import Drawing, FigureError
from hitoe.messages import say
from hitoe.values.figures import Bar, Drawn, Flow, Groups, Phases, Timeline

PAPER, SCREEN = 355.0, 273.0
"""Widths of figures without their edges, in tenths of an em: in a column of the sheet, and on a telephone."""
MOST_TEXTS = 200
"""More would be too small to be read; and the time for the layout of a flow grows with their square."""
KINDS: Mapping[type[Drawn], tuple[Callable[[Any, float], Drawing], Callable[[Any], Iterator[FigureError]]]] = {
    Groups: (groups.draw, groups.faults),
    Phases: (phases.draw, phases.faults),
    Timeline: (timeline.draw, timeline.faults),
    Flow: (flow.draw, layers.faults),
    Bar: (bar.draw, bar.faults),
}


def draw(figure: Drawn, width: float) -> Drawing:
    """Return the drawing of a figure that has no faults, at a width in tenths of an em."""
    return KINDS[type(figure)][0](figure, width)


def faults(figure: Drawn) -> list[FigureError]:
    """Return what prevents a figure from being drawn: mistakes in its values, else texts that do not fit."""
    if (texts := len(figure.texts())) > MOST_TEXTS:
        message = say(
            "{texts} texts, of which none could be read: write {most} into a figure at most",
            texts=texts,
            most=MOST_TEXTS,
        )
        return [FigureError(message)]
    try:
        if not (found := list(KINDS[type(figure)][1](figure))):
            for width in (PAPER, SCREEN):
                draw(figure, width)
    except FigureError as error:
        return [error]
    return found


__all__ = ["PAPER", "SCREEN", "Drawing", "FigureError", "draw", "faults"]
