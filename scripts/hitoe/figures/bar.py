"""Draws a bar figure: parts of a total side by side, each as wide as its value is large."""

from collections.abc import Iterator

from hitoe.figures.label_text import LEADING, LabelText, label_text
from hitoe.figures.placement import dimension_line, labels_below
from hitoe.figures.shapes import Canvas, Drawing, FigureError
from hitoe.schema import Bar
from hitoe.text import Text

EDGE, PAD = 1.0, 3.0
LEAST_WIDTH = 2.0
"""The least width of a rest that is drawn."""


def faults(figure: Bar) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.bar:
        yield FigureError("a bar without a part: add one at least", "bar")
    for key, share in figure.bar.items():
        if share.value <= 0:
            yield FigureError(f"a part of {share.value} cannot be seen: write more than 0", "bar", key, "value")
    whole = sum(share.value for share in figure.bar.values())
    if figure.total <= 0:
        yield FigureError("a total must be more than 0", "total")
    elif whole > figure.total:
        yield FigureError(
            f"the parts come to {whole}, more than the total of {figure.total}: mend one of them", "total"
        )
    elif whole == figure.total and figure.rest:
        yield FigureError("the parts leave nothing of the total: delete `rest`, or mend the numbers", "rest")


def draw(figure: Bar, width: float) -> Drawing:
    """Return the drawing; a label that does not fit into its part stands below it."""
    canvas = Canvas(width)
    scale = (width - 2 * EDGE) / float(figure.total)
    top = 0.0
    if figure.whole:
        top = dimension_line(canvas, label_text(figure.whole), EDGE, width - EDGE, top, "whole") + 1
    parts: list[tuple[Text | None, float, str]] = [
        (share.label, float(share.value) * scale, share.look) for share in figure.bar.values()
    ]
    rest = width - 2 * EDGE - sum(part_width for _, part_width, _ in parts)
    if rest > LEAST_WIDTH:
        parts.append((figure.rest, rest, "dashed"))
    texts = [label_text(label, bold=True) if label else LabelText(()) for label, _, _ in parts]
    fits = [text.fits(part_width - 2 * PAD) for text, (_, part_width, _) in zip(texts, parts, strict=True)]
    heights = [text.height(part[1] - 2 * PAD) for text, part, inside in zip(texts, parts, fits, strict=True) if inside]
    height = max([LEADING, *heights]) + PAD
    left = EDGE
    below: list[tuple[float, LabelText]] = []
    for text, (label, part_width, look), inside in zip(texts, parts, fits, strict=True):
        box = canvas.box(left, top, part_width, height, look)
        left += part_width
        if label and inside:
            canvas.text_in_box(box, text)
        elif label:
            below.append(((box.left + box.right) / 2, text))
    bottom = labels_below(canvas, below, top + height, "bar")
    return canvas.drawing(max(top + height + EDGE, bottom))
