"""A line of time: spans on it, events below, measures above."""

from collections.abc import Iterator
from itertools import pairwise

from hitoe.figures.letters import LEADING, LabelWords, words
from hitoe.figures.measures import measure
from hitoe.figures.rooms import below
from hitoe.figures.shapes import Canvas, Drawing, FigureError, point
from hitoe.schema import Timeline

EDGE, ARROW = 3.0, 11.0
"""The room left of the first moment, and that for the arrow right of the last."""
PAD, MOST_ROWS = 3.0, 2
DOT = 2.2


def faults(figure: Timeline) -> Iterator[FigureError]:
    """Yield what keeps a figure from being drawn."""
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
    """Draw the line of time from left to right."""
    canvas = Canvas(width)
    stretches = [*figure.timeline.values(), *figure.measures.values()]
    times = [time for each in stretches for time in (each.start, each.end)]
    times += [event.at for event in figure.events.values()]
    first, length = min(times), max(times) - min(times)

    def place(time: object) -> float:
        return EDGE + float((time - first) / length) * (width - EDGE - ARROW)  # type: ignore[operator]

    top = 0.0
    for key, each in figure.measures.items():
        try:
            top = measure(canvas, words(each.label), place(each.start), place(each.end), top)
        except FigureError as error:
            raise FigureError(str(error), "measures", key) from None
    names = {key: words(span.label, bold=True) for key, span in figure.timeline.items()}
    ends = {key: (place(span.start), place(span.end)) for key, span in figure.timeline.items()}
    high = max((_height(names[key], *ends[key]) for key in names), default=LEADING) + 2 * PAD
    places: list[tuple[float, LabelWords]] = []
    for key, span in figure.timeline.items():
        box = canvas.box(ends[key][0], top, ends[key][1] - ends[key][0], high, span.look)
        if _fits(names[key], box.width):
            canvas.within(box, names[key])
        else:
            places.append(((box.left + box.right) / 2, names[key]))
    places += [(place(event.at), words(event.label)) for event in figure.events.values()]
    return canvas.drawing(
        _axis(canvas, figure, [place(event.at) for event in figure.events.values()], places, top + high)
    )


def _axis(
    canvas: Canvas, figure: Timeline, dots: list[float], places: list[tuple[float, LabelWords]], y: float
) -> float:
    """Draw the line of time and what is below it; return where that ends."""
    canvas.line(f"M0 {point(0, y)[2:]}L{point(canvas.width - 5, y)}")
    canvas.head(canvas.width, y, 1, 0)
    for x in dots:
        canvas.box(x - DOT, y - DOT, 2 * DOT, 2 * DOT, "member", DOT)
    labels = below(canvas, sorted(places, key=lambda each: each[0]), y + DOT)
    if labels is None:
        raise FigureError("too little room for the labels below the line: shorten them, or take fewer", "timeline")
    return max((label.bottom for label in labels), default=y + DOT)


def _fits(text: LabelWords, width: float) -> bool:
    room = width - 2 * PAD
    return text.least <= room and len(text.lines(room)) <= MOST_ROWS


def _height(text: LabelWords, start: float, end: float) -> float:
    return text.height(end - start - 2 * PAD) if _fits(text, end - start) else LEADING
