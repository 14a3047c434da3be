"""Distributes the width of a figure among its texts, and draws labels below, dimension lines above, and the legend."""

from collections.abc import Sequence

from hitoe.figures.label_text import LEADING, LabelText
from hitoe.figures.shapes import Canvas, FigureError, point

ROUNDING = 0.001
LABEL_GAP, LABEL_DROP = 6.0, 7.0
"""The distance between labels side by side, and from a labelled point down to its label."""
TICK, DIMENSION_HEIGHT = 2.5, 7.0
"""Half the height of the ticks at the ends of a dimension line, and the height of line and ticks below the text."""
SWATCH, SWATCH_GAP, ENTRY_GAP = 9.0, 3.0, 12.0
"""The side of a sample in the legend, the distance to its text, and the distance between entries."""

WidthRange = tuple[float, float]
"""The least width that something needs, and the width it takes where there is enough."""


def fit_widths(ranges: Sequence[WidthRange], available: float) -> list[float] | None:
    """Return widths whose sum is at most `available`, the widest narrowed first; None if the least are too wide."""
    least, widths = [each[0] for each in ranges], [each[1] for each in ranges]
    if sum(least) > available:
        return None
    while (excess := sum(widths) - available) > ROUNDING:
        narrowable = [i for i, width in enumerate(widths) if width > least[i]]
        most = max(widths[i] for i in narrowable)
        widest = [i for i in narrowable if widths[i] == most]
        second = max([widths[i] for i in narrowable if widths[i] < most], default=0.0)
        cut = min(excess / len(widest), most - max([second, *(least[i] for i in widest)]))
        for i in widest:
            widths[i] = max(least[i], widths[i] - cut)
        if cut <= 0:
            break
    return widths


def spread(centres: Sequence[float], sizes: Sequence[float], available: float, gap: float) -> list[float]:
    """Return the starts of intervals of these sizes, in order and within 0 and `available`, close to their centres.

    Intervals that would overlap form a block around the mean of the positions they would have alone.
    """
    offsets = [sum(sizes[:i]) + gap * i for i in range(len(sizes))]
    blocks: list[tuple[float, int]] = []
    for centre, size, offset in zip(centres, sizes, offsets, strict=True):
        mean, count = centre - size / 2 - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        blocks.append((mean, count))
    most = max(0.0, available - sum(sizes) - gap * (len(sizes) - 1))
    starts = [min(max(mean, 0.0), most) for mean, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def labels_below(canvas: Canvas, labels: Sequence[tuple[float, LabelText]], top: float, key: str) -> float:
    """Draw texts below the points they label, given by x from left to right, with lines to the points.

    Returns the lower edge of the lowest text, or `top` if there is none.

    Raises:
        FigureError: the texts do not fit; it names `key`, the key of the figure's kind.
    """
    available = canvas.width - LABEL_GAP * (len(labels) - 1)
    widths = fit_widths([(text.least, text.natural) for _, text in labels], available)
    if widths is None:
        raise FigureError("too little room for the labels below: shorten them, or take fewer", key)
    lefts = spread([x for x, _ in labels], widths, canvas.width, LABEL_GAP)
    bottom = top
    for (x, text), left, width in zip(labels, lefts, widths, strict=True):
        label = canvas.label(text, width, left, top + LABEL_DROP)
        end = min(max(x, label.left + 3), label.right - 3)
        canvas.line(f"M{point(x, top)}L{point(end, top + LABEL_DROP - 1)}", "hair")
        bottom = max(bottom, label.bottom)
    return bottom


def dimension_line(canvas: Canvas, text: LabelText, start: float, end: float, top: float, *loc: str) -> float:
    """Draw a text, and below it a line with ticks and arrowheads from `start` to `end`; return the lower edge.

    Raises:
        FigureError: a word of the text is wider than the figure; `loc` is the text's path in the figure.
    """
    if text.least > canvas.width:
        raise FigureError("a word is wider than the figure: take a shorter one", *loc)
    width = min(text.natural, canvas.width)
    left = min(max((start + end - width) / 2, 0.0), canvas.width - width)
    label = canvas.label(text, width, left, top)
    y = label.bottom + 2
    for x in (start, end):
        canvas.line(f"M{point(x, y - TICK)}L{point(x, y + TICK)}")
    if end - start > 4 * DIMENSION_HEIGHT:
        canvas.arrowhead(start, y, -1, 0)
        canvas.arrowhead(end, y, 1, 0)
    canvas.line(f"M{point(start, y)}L{point(end, y)}")
    return label.bottom + DIMENSION_HEIGHT


def legend(canvas: Canvas, entries: Sequence[tuple[str, LabelText]], top: float) -> float:
    """Draw samples of looks, each with its meaning, in as many lines as they need; return the lower edge."""
    x, height = 0.0, 0.0
    for look, text in entries:
        width = min(text.natural, max(canvas.width - SWATCH - SWATCH_GAP, text.least))
        if x and x + SWATCH + SWATCH_GAP + width > canvas.width:
            x, top, height = 0.0, top + height, 0.0
        canvas.box(x, top + (LEADING - SWATCH) / 2, SWATCH, SWATCH, look, 1.5 if look == "frame" else 0.0)
        label = canvas.label(text, width, x + SWATCH + SWATCH_GAP, top, align=0.0)
        x, height = label.right + ENTRY_GAP, max(height, label.height)
    return top + height
