"""Draws a timeline figure: spans of time on an axis, events below it, and named durations above it."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hitoe.figures.label_text import LEADING, LabelText, label_text
from hitoe.figures.placement import dimension_line, labels_below
from hitoe.figures.shapes import Canvas, Drawing, FigureError, point
from hitoe.schema import Timeline

EDGE, ARROW = 3.0, 11.0
"""The space left of the first time, and right of the last for the arrowhead."""
PAD, DOT_RADIUS = 3.0, 2.2


def faults(figure: Timeline) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.timeline:
        yield FigureError("a timeline without a span: add one at least", "timeline")
    for name, stretches in (("timeline", figure.timeline), ("measures", figure.measures)):
        for key, stretch in stretches.items():
            if stretch.end <= stretch.start:
                yield FigureError(
                    f"it ends at {stretch.end} and begins at {stretch.start}: let it end later", name, key
                )
    spans = sorted(figure.timeline.items(), key=lambda item: item[1].start)
    for (one, first), (other, second) in pairwise(spans):
        if second.start < first.end and second.end > second.start:
            message = (
                f"span '{other}' begins at {second.start}, before '{one}' ends: let it begin at {first.end} or later"
            )
            yield FigureError(message, "timeline", other, "from")


def draw(figure: Timeline, width: float) -> Drawing:
    """Return the drawing, with time from left to right; a label that does not fit into its span stands below it."""
    canvas = Canvas(width)
    stretches = [*figure.timeline.values(), *figure.measures.values()]
    times = [time for each in stretches for time in (each.start, each.end)]
    times += [event.at for event in figure.events.values()]
    first, duration = min(times), max(times) - min(times)

    def x_of(time: Decimal) -> float:
        return EDGE + float((time - first) / duration) * (width - EDGE - ARROW)

    top = 0.0
    for key, each in figure.measures.items():
        top = dimension_line(canvas, label_text(each.label), x_of(each.start), x_of(each.end), top, "measures", key)
    spans = [(x_of(each.start), x_of(each.end), each.look) for each in figure.timeline.values()]
    texts = [label_text(each.label, bold=True) for each in figure.timeline.values()]
    rooms = [end - start - 2 * PAD for start, end, _ in spans]
    inside = [text.height(room) for text, room in zip(texts, rooms, strict=True) if text.fits(room)]
    height = max([LEADING, *inside]) + 2 * PAD
    below: list[tuple[float, LabelText]] = []
    for (start, end, look), text in zip(spans, texts, strict=True):
        box = canvas.box(start, top, end - start, height, look)
        if text.fits(box.width - 2 * PAD):
            canvas.text_in_box(box, text)
        else:
            below.append(((box.left + box.right) / 2, text))
    events = [(x_of(event.at), label_text(event.label)) for event in figure.events.values()]
    y = top + height
    canvas.line(f"M{point(0, y)}L{point(width - 5, y)}")
    canvas.arrowhead(width, y, 1, 0)
    for x, _ in events:
        canvas.box(x - DOT_RADIUS, y - DOT_RADIUS, 2 * DOT_RADIUS, 2 * DOT_RADIUS, "member", DOT_RADIUS)
    labels = sorted([*below, *events], key=lambda label: label[0])
    return canvas.drawing(labels_below(canvas, labels, y + DOT_RADIUS, "timeline"))
