"""A bar: parts of a total, as long as they are large."""

from collections.abc import Iterator

from hitoe.figures.letters import LEADING, LabelWords, words
from hitoe.figures.measures import measure
from hitoe.figures.rooms import below
from hitoe.figures.shapes import Canvas, Drawing, FigureError
from hitoe.schema import Bar
from hitoe.text import Text

EDGE, PAD, ROWS = 1.0, 3.0, 2
LEAST = 2.0
"""How wide a part is at least, to be seen."""


def faults(figure: Bar) -> Iterator[FigureError]:
    """Yield what keeps a figure from being drawn."""
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
    """Draw the bar with its parts from left to right."""
    canvas = Canvas(width)
    scale = (width - 2 * EDGE) / float(figure.total)
    top = 0.0
    if figure.whole:
        try:
            top = measure(canvas, words(figure.whole), EDGE, width - EDGE, top) + 1
        except FigureError as error:
            raise FigureError(str(error), "whole") from None
    parts: list[tuple[Text | None, float, str]] = [
        (share.label, float(share.value) * scale, share.look) for share in figure.bar.values()
    ]
    rest = width - 2 * EDGE - sum(wide for _, wide, _ in parts)
    if rest > LEAST:
        parts.append((figure.rest, rest, "dashed"))
    texts = [words(label, bold=True) if label else None for label, _, _ in parts]
    inside = [text is not None and _fits(text, wide) for text, (_, wide, _) in zip(texts, parts, strict=True)]
    rows = (
        text.height(part[1] - 2 * PAD) for text, part, fits in zip(texts, parts, inside, strict=True) if text and fits
    )
    high = max([LEADING, *rows]) + PAD
    left = EDGE
    places: list[tuple[float, LabelWords]] = []
    for text, (_, wide, look), fits in zip(texts, parts, inside, strict=True):
        box = canvas.box(left, top, wide, high, look)
        left += wide
        if text and fits:
            canvas.within(box, text)
        elif text:
            places.append(((box.left + box.right) / 2, text))
    labels = below(canvas, places, top + high)
    if labels is None:
        raise FigureError("too little room for the labels below the bar: shorten them", "bar")
    return canvas.drawing(max([top + high + EDGE, *(label.bottom for label in labels)]))


def _fits(text: LabelWords, width: float) -> bool:
    room = width - 2 * PAD
    return text.least <= room and len(text.lines(room)) <= ROWS
