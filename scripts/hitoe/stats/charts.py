"""The layout of horizontal bar charts: positions and sizes of rectangles and texts, in SVG units (1 = 1 px)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 360
"""The width of the text on a small phone: there the drawing is not scaled down, so its letters stay legible."""
TEXT, GAP = 12, 6
LONGEST_LABEL = 28
"""How many full-width characters fit into the width."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The left and top edge of a rectangle, its width and its height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text, the left edge of its first character and its baseline."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A pale bar with an outline, a dark bar in it, the label, and the figures at the end of the bars."""

    pale: Rectangle
    dark: Rectangle
    label: PlacedText
    figures: PlacedText


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole chart. `name` is unique within a page; `description` says what the bars show in words."""

    name: str
    title: str
    description: str
    caption: str
    width: int
    height: int
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True, slots=True)
class BarValue:
    """The values that a bar shows: the length of the pale bar, and the length and the start of the dark one."""

    label: str
    pale: Fraction
    dark: Fraction
    start: Fraction
    figures: str

    @property
    def end(self) -> Fraction:
        """Where the longer of the two bars ends."""
        return max(self.pale, self.start + self.dark)


def labels_left(values: Sequence[BarValue]) -> tuple[tuple[ChartBar, ...], int]:
    """Return one bar for each value, its label to the left of it, and the height of all."""
    left, longest, thick, line = 64, 180, 12, 20
    scale = _scale(values, longest)
    bars = []
    for i, value in enumerate(values):
        top = i * line + (line - thick) // 2
        pale = Rectangle(left, top, _length(value.pale, scale), thick)
        dark = Rectangle(left + _length(value.start, scale), top, _length(value.dark, scale), thick)
        figures = PlacedText(left + _length(value.end, scale) + GAP, top + 10, value.figures)
        bars.append(ChartBar(pale, dark, PlacedText(0, top + 10, value.label), figures))
    return tuple(bars), len(values) * line


def labels_above(values: Sequence[BarValue]) -> tuple[tuple[ChartBar, ...], int]:
    """Return one bar for each value, its label above it and the dark bar thinner, and the height of all."""
    longest, thick, thin, line = 220, 14, 6, 40
    scale = _scale(values, longest)
    bars = []
    for i, value in enumerate(values):
        top = i * line + TEXT + GAP
        pale = Rectangle(0, top, _length(value.pale, scale), thick)
        dark = Rectangle(_length(value.start, scale), top + (thick - thin) / 2, _length(value.dark, scale), thin)
        figures = PlacedText(_length(value.end, scale) + GAP, top + 11, value.figures)
        bars.append(ChartBar(pale, dark, PlacedText(0, top - GAP + 1, _shortened(value.label)), figures))
    return tuple(bars), len(values) * line


def _scale(values: Iterable[BarValue], longest: int) -> Fraction:
    most = max((value.end for value in values), default=Fraction(0))
    return longest / most if most else Fraction(0)


def _length(value: Fraction, scale: Fraction) -> float:
    return round(float(value * scale), 1)


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
