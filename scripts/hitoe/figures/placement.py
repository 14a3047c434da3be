"""Distributes the width of a figure among its texts, and draws labels below, dimension lines above, and the legend."""

from collections.abc import Iterable, Sequence

from hitoe.figures.label_text import LEADING, LabelText, WidthRange
from hitoe.figures.shapes import Drawing, FigureError, point
from hitoe.messages import say

AREA_PAD = 3.0
"""The least distance between the label in an area and the area's left and right edges."""
LABEL_GAP, LABEL_DROP = 6.0, 7.0
"""The distance between labels side by side, and from a labelled point down to its label."""
TICK, DIMENSION_HEIGHT = 2.5, 7.0
"""Half the height of the ticks at the ends of a dimension line, and the height of line and ticks below the text."""
SWATCH, SWATCH_GAP, ENTRY_GAP = 9.0, 3.0, 12.0
"""The side of a sample in the legend, the distance to its text, and the distance between entries."""

Area = tuple[float, float, str, LabelText]
"""The left edge and width of an area, its look, and its label."""


def widest(ranges: Iterable[WidthRange]) -> WidthRange:
    """Return the width range of a column of things with these width ranges."""
    least, natural = zip((0.0, 0.0), *ranges, strict=True)
    return max(least), max(natural)


def fit_widths(ranges: Sequence[WidthRange], available: float, too_wide: FigureError) -> list[float]:
    """Return widths whose sum is at most `available`, the widest narrowed first; raise `too_wide` if there are none."""

    def narrowed(most: float) -> list[float]:
        return [min(natural, max(least, most)) for least, natural in ranges]

    for most in sorted({0.0, *(width for each in ranges for width in each)}, reverse=True):
        if (spare := available - sum(narrowed(most))) >= 0:
            growing = sum(least <= most < natural for least, natural in ranges)
            return narrowed(most + spare / max(1, growing))
    raise too_wide


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


def areas(
    drawing: Drawing, parts: Sequence[Area], top: float, margin: float
) -> tuple[float, list[tuple[float, LabelText]]]:
    """Draw areas side by side, as high as their labels and `margin`; return the lower edge and what does not fit.

    A label that does not fit into its area is returned with the x of the area's centre, to be placed below.
    """
    rooms = [(text, width - 2 * AREA_PAD) for _, width, _, text in parts]
    height = max([LEADING, *(text.height(room) for text, room in rooms if text.fits(room))]) + margin
    below = []
    for left, width, look, text in parts:
        box = drawing.box(left, top, width, height, look)
        if not text.paragraphs:
            continue
        if text.fits(width - 2 * AREA_PAD):
            drawing.text_in_box(box, text)
        else:
            below.append(((box.left + box.right) / 2, text))
    return top + height, below


def labels_below(drawing: Drawing, labels: Sequence[tuple[float, LabelText]], top: float, key: str) -> float:
    """Draw texts below the points they label, each with its x, from left to right, with lines to the points.

    Return the lower edge of the lowest text, `top` without one; raise FigureError at `key` if the texts do not fit.
    """
    available = drawing.width - LABEL_GAP * (len(labels) - 1)
    too_wide = FigureError(say("too little room for the labels below: shorten them, or take fewer"), key)
    widths = fit_widths([text.widths() for _, text in labels], available, too_wide)
    lefts = spread([x for x, _ in labels], widths, drawing.width, LABEL_GAP)
    bottom = top
    for (x, text), left, width in zip(labels, lefts, widths, strict=True):
        label = drawing.label(text, width, left, top + LABEL_DROP)
        end = min(max(x, label.left + 3), label.right - 3)
        drawing.line(f"M{point(x, top)}L{point(end, top + LABEL_DROP - 1)}", "hair")
        bottom = max(bottom, label.bottom)
    return bottom


def dimension_line(drawing: Drawing, text: LabelText, start: float, end: float, top: float, *loc: str) -> float:
    """Draw a text, and below it a line with ticks and arrowheads from `start` to `end`; return the lower edge.

    Raise FigureError at `loc`, the text's path in the figure, if a word of it is wider than the figure.
    """
    too_wide = FigureError(say("a word is wider than the figure: take a shorter one"), *loc)
    (width,) = fit_widths([text.widths()], drawing.width, too_wide)
    left = min(max((start + end - width) / 2, 0.0), drawing.width - width)
    label = drawing.label(text, width, left, top)
    y = label.bottom + 2
    for x in (start, end):
        drawing.line(f"M{point(x, y - TICK)}L{point(x, y + TICK)}")
    if end - start > 4 * DIMENSION_HEIGHT:
        drawing.arrowhead(start, y, -1, 0)
        drawing.arrowhead(end, y, 1, 0)
    drawing.line(f"M{point(start, y)}L{point(end, y)}")
    return label.bottom + DIMENSION_HEIGHT


def legend(drawing: Drawing, entries: Sequence[tuple[str, LabelText]], top: float) -> float:
    """Draw samples of looks, each with its meaning, in as many lines as they need; return the lower edge."""
    x, height = 0.0, 0.0
    for look, text in entries:
        width = min(text.natural, max(drawing.width - SWATCH - SWATCH_GAP, text.least))
        if x and x + SWATCH + SWATCH_GAP + width > drawing.width:
            x, top, height = 0.0, top + height, 0.0
        drawing.box(x, top + (LEADING - SWATCH) / 2, SWATCH, SWATCH, look, 1.5 if look == "frame" else 0.0)
        label = drawing.label(text, width, x + SWATCH + SWATCH_GAP, top, align=0.0)
        x, height = label.right + ENTRY_GAP, max(height, label.height)
    return top + height
