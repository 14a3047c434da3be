"""The legend below a figure: what its boxes stand for."""

from collections.abc import Sequence

from hitoe.figures.letters import LEADING, LabelWords
from hitoe.figures.shapes import Canvas

SWATCH, BESIDE, APART = 9.0, 3.0, 12.0


def legend(canvas: Canvas, entries: Sequence[tuple[str, LabelWords]], top: float) -> float:
    """Write looks and what they mean from left to right, in as many lines as they need; return where they end."""
    x, high = 0.0, 0.0
    for look, text in entries:
        room = canvas.width - SWATCH - BESIDE
        width = min(text.natural, max(room, text.least))
        if x and x + SWATCH + BESIDE + width > canvas.width:
            x, top, high = 0.0, top + high, 0.0
        canvas.box(x, top + (LEADING - SWATCH) / 2, SWATCH, SWATCH, look, 1.5 if look == "frame" else 0.0)
        label = canvas.label(text, width, x + SWATCH + BESIDE, top, align=0.0)
        x, high = label.right + APART, max(high, label.height)
    return top + high
