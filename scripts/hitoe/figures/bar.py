"""Draws a bar figure: parts of a total side by side, each as wide as its value is large."""

from collections.abc import Iterator
from decimal import Decimal

from hitoe.figures.label_text import LabelText, label_text, numbered
from hitoe.figures.placement import AREA_PAD, Area, areas, dimension_line, labels_below
from hitoe.figures.shapes import Drawing, FigureError
from hitoe.messages import say
from hitoe.text import Text
from hitoe.values.figures import Bar

EDGE, LEAST_REST = 1.0, 2.0
"""The space left and right of the bar, and the least width of a rest without a text that is drawn."""


def faults(figure: Bar) -> Iterator[FigureError]:
    """Yield what prevents a figure from being drawn."""
    if not figure.bar:
        yield FigureError(say("a bar without a part: add one at least"), "bar")
    for key, share in figure.bar.items():
        if share.value <= 0:
            yield FigureError(
                say("a part of {value} cannot be seen: write more than 0", value=share.value), "bar", key, "value"
            )
    whole = _sum(figure)
    if figure.total <= 0:
        yield FigureError(say("a total must be more than 0"), "total")
    elif whole > figure.total:
        message = say(
            "the parts come to {whole}, more than the total of {total}: correct one of them",
            whole=whole,
            total=figure.total,
        )
        yield FigureError(message, "total")
    elif whole == figure.total and figure.rest:
        yield FigureError(say("the parts leave nothing of the total: delete `rest`, or correct the numbers"), "rest")


def draw(figure: Bar, width: float) -> Drawing:
    """Return the drawing; a label that does not fit into its part is placed below it."""
    drawing = Drawing(width)
    top, left, right = 0.0, EDGE, width - EDGE
    if figure.whole or figure.numbers:
        top = dimension_line(drawing, _label(figure, figure.whole, figure.total), left, right, top, "whole") + 1
    scale = (right - left) / float(figure.total)
    parts: list[Area] = []
    for share in figure.bar.values():
        part_width = float(share.value) * scale
        parts.append((left, part_width, share.look, _label(figure, share.label, share.value, bold=True)))
        left += part_width
    if right - left > LEAST_REST or figure.rest:
        rest = _label(figure, figure.rest, figure.total - _sum(figure), bold=True)
        parts.append((left, right - left, "dashed", rest))
    lower, below = areas(drawing, parts, top, AREA_PAD)
    return drawing.finished(max(lower + EDGE, labels_below(drawing, below, lower, "bar")))


def _sum(figure: Bar) -> Decimal:
    return sum((share.value for share in figure.bar.values()), Decimal(0))


def _label(figure: Bar, label: Text | None, value: Decimal, *, bold: bool = False) -> LabelText:
    """Return the text of a label, with its value below it where the figure has numbers."""
    if figure.numbers:
        return label_text(numbered(label, f"{value:,f}"), bold=bold)
    return label_text(label, bold=bold) if label else LabelText(())
