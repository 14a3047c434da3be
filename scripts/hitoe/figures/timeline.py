"""Draws a timeline figure: spans of time on an axis, events below it, and named durations above it."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hitoe.figures.label_text import label_text, numbered
from hitoe.figures.placement import AREA_PAD, areas, dimension_line, labels_below
from hitoe.figures.shapes import Drawing, FigureError, point
from hitoe.messages import say
from hitoe.text import Text
from hitoe.values.figures import Event, Timeline

EDGE, ARROW = 3.0, 11.0
"""The space left of the first time, and right of the last for the arrowhead."""
DOT_RADIUS = 2.2


def faults(figure: Timeline) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.timeline:
        yield FigureError(say("a timeline without a span: add one at least"), "timeline")
    for name, stretches in (("timeline", figure.timeline), ("measures", figure.measures)):
        for key, each in stretches.items():
            if each.end <= each.start:
                message = say(
                    "it ends at {end} and begins at {start}: let it end later", end=each.end, start=each.start
                )
                yield FigureError(message, name, key)
    spans = sorted(figure.timeline.items(), key=lambda item: item[1].start)
    for (one, first), (other, second) in pairwise(spans):
        if second.start < first.end and second.end > second.start:
            begins = say(
                "span '{other}' begins at {start}, before '{one}' ends", other=other, start=second.start, one=one
            )
            yield FigureError(
                say("{begins}: let it begin at {end} or later", begins=begins, end=first.end), "timeline", other, "from"
            )


def draw(figure: Timeline, width: float) -> Drawing:
    """Return the drawing, time from left to right; what does not fit into its span is placed below."""
    drawing = Drawing(width)
    stretches = [*figure.timeline.values(), *figure.measures.values()]
    times = [time for each in stretches for time in (each.start, each.end)]
    times += [event.at for event in figure.events.values()]
    first, duration = min(times), max(times) - min(times)

    def x_of(time: Decimal) -> float:
        return EDGE + float((time - first) / duration) * (width - EDGE - ARROW)

    top = 0.0
    for key, each in figure.measures.items():
        top = dimension_line(drawing, label_text(each.label), x_of(each.start), x_of(each.end), top, "measures", key)
    spans = [
        (x_of(each.start), x_of(each.end) - x_of(each.start), each.look, label_text(each.label, bold=True))
        for each in figure.timeline.values()
    ]
    y, below = areas(drawing, spans, top, 2 * AREA_PAD)
    drawing.line(f"M{point(0, y)}L{point(width - 5, y)}")
    drawing.arrowhead(width, y, 1, 0)
    events = [(x_of(event.at), label_text(_label(figure, event))) for event in figure.events.values()]
    for x, _ in events:
        drawing.box(x - DOT_RADIUS, y - DOT_RADIUS, 2 * DOT_RADIUS, 2 * DOT_RADIUS, "member", DOT_RADIUS)
    marked = {event.at for event in figure.events.values()}
    numbers = [(x_of(time), label_text(Text.of(f"{time:f}"))) for time in {*times} - marked if figure.numbers]
    labels = sorted([*below, *events, *numbers], key=lambda label: label[0])
    return drawing.finished(labels_below(drawing, labels, y + DOT_RADIUS, "timeline"))


def _label(figure: Timeline, event: Event) -> Text:
    """Return the label of an event, below its time where the figure has numbers."""
    return numbered(f"{event.at:f}", event.label) if figure.numbers else event.label
