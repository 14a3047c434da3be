"""Figures, drawn from what the author says: where each box, line and letter stands.

Templates print the shapes; what they look like is for the style sheet of each medium.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hitoe.figures import bar, flow, groups, phases, timeline
from hitoe.figures.shapes import Drawing, FigureError
from hitoe.schema import Bar, Drawn, Flow, Groups, Phases, Timeline

PAPER, SCREEN = 355.0, 273.0
"""How wide figures are, but for their edges, in tenths of an em: in a column of the sheet, and on a telephone."""
DRAW: Mapping[type[Drawn], Callable[[Any, float], Drawing]] = {
    Groups: groups.draw,
    Phases: phases.draw,
    Timeline: timeline.draw,
    Flow: flow.draw,
    Bar: bar.draw,
}
FAULTS: Mapping[type[Drawn], Callable[[Any], Iterator[FigureError]]] = {
    Groups: groups.faults,
    Phases: phases.faults,
    Timeline: timeline.faults,
    Flow: flow.faults,
    Bar: bar.faults,
}


def draw(figure: Drawn, width: float) -> Drawing:
    """Return the drawing of a figure without faults.

    Raises:
        FigureError: its words do not fit into the width.
    """
    return DRAW[type(figure)](figure, width)


def faults(figure: Drawn) -> Iterator[FigureError]:
    """Yield what keeps a figure from being drawn."""
    found = list(FAULTS[type(figure)](figure))
    yield from found
    if not found:
        for width in (PAPER, SCREEN):
            try:
                draw(figure, width)
            except FigureError as error:
                yield error
                return


__all__ = ["PAPER", "SCREEN", "Drawing", "FigureError", "draw", "faults"]
