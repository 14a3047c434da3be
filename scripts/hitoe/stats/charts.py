"""The layout of horizontal bar charts: positions and sizes of rectangles and texts, in SVG units (1 = 1 px)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 360
"""The width of the text on a small phone: there the drawing is not scaled down, so its letters stay legible."""
GAP = 6
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
    """The label, the figures, and the dark bar, which lies in the pale one if there is one."""

    label: PlacedText
    figures: PlacedText
    dark: Rectangle
    pale: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole chart. `name` is unique within a page; `description` says what the bars show in words."""

    name: str
    title: str
    description: str
    caption: str
    height: int
    bars: Sequence[ChartBar]
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class BarValue:
    """The values that a bar shows: the length of the pale bar, and the length and the start of the dark one."""

    label: str
    pale: Fraction | int
    dark: Fraction | int
    start: Fraction | int
    figures: str

    @property
    def end(self) -> Fraction | int:
        """Where the longer of the two bars ends."""
        return max(self.pale, self.start + self.dark)


def labels_left(values: Sequence[BarValue]) -> tuple[list[ChartBar], int]:
    """Return one bar for each value, its label to the left of it, and the height of all."""
    left, thick, line = 64, 12, 20
    scale = scale_to(180, (value.end for value in values))
    bars = []
    for i, value in enumerate(values):
        top = i * line + (line - thick) // 2
        pale = Rectangle(left, top, length(value.pale, scale), thick)
        dark = Rectangle(left + length(value.start, scale), top, length(value.dark, scale), thick)
        figures = PlacedText(left + length(value.end, scale) + GAP, top + 10, value.figures)
        bars.append(ChartBar(PlacedText(0, top + 10, value.label), figures, dark, pale))
    return bars, len(values) * line


def labels_above(values: Sequence[BarValue]) -> tuple[list[ChartBar], int]:
    """Return one bar for each value, its label above it and the dark bar thinner, and the height of all."""
    thick, thin, line = 14, 6, 40
    scale = scale_to(220, (value.end for value in values))
    bars = []
    for i, value in enumerate(values):
        top = i * line + 18
        label = value.label if len(value.label) <= LONGEST_LABEL else f"{value.label[: LONGEST_LABEL - 1]}…"
        pale = Rectangle(0, top, length(value.pale, scale), thick)
        dark = Rectangle(length(value.start, scale), top + (thick - thin) / 2, length(value.dark, scale), thin)
        figures = PlacedText(length(value.end, scale) + GAP, top + 11, value.figures)
        bars.append(ChartBar(PlacedText(0, top - 5, label), figures, dark, pale))
    return bars, len(values) * line


def scale_to(longest: int, values: Iterable[Fraction | int]) -> Fraction:
    """Return the factor that makes the largest value `longest`; 0 if no value is above 0."""
    most = max(values, default=0)
    return Fraction(longest) / most if most else Fraction(0)


def length(value: Fraction | int, scale: Fraction) -> float:
    """Return the length of a bar."""
    return round(float(value * scale), 1)
