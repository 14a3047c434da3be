"""Charts of bars that lie: where each rectangle and each word stands, in the units of the drawing (1 = 1 px)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 360
"""As wide as the text on a small phone, so that the letters are never smaller than drawn."""
TEXT, GAP = 12, 6
LONGEST_LABEL = 28
"""Letters of the widest kind that fit into the width."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words, and where their first letter stands on its line."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A pale bar with its outline, a dark one in it, and the words beside and above."""

    pale: Box
    dark: Box
    label: Words
    figures: Words


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing; `name` is its own within a page, `title`, `told` and `caption` say what it shows."""

    name: str
    title: str
    told: str
    caption: str
    width: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """What a bar shows: the pale length, the dark one within it or beyond it, and where the dark one begins."""

    label: str
    pale: Fraction
    dark: Fraction
    start: Fraction
    figures: str


def beside(amounts: Sequence[Amount]) -> tuple[tuple[Bar, ...], int]:
    """Return bars with their labels to the left, one line each, and the height of all."""
    left, longest, thick, line = 64, 180, 12, 20
    scale = _scale(amounts, longest)
    bars = []
    for i, amount in enumerate(amounts):
        top = i * line + (line - thick) // 2
        pale = Box(left, top, _length(amount.pale, scale), thick)
        dark = Box(left + _length(amount.start, scale), top, _length(amount.dark, scale), thick)
        words = Words(
            left + _length(max(amount.pale, amount.start + amount.dark), scale) + GAP, top + 10, amount.figures
        )
        bars.append(Bar(pale, dark, Words(0, top + 10, amount.label), words))
    return tuple(bars), len(amounts) * line


def below(amounts: Sequence[Amount]) -> tuple[tuple[Bar, ...], int]:
    """Return bars with their labels above, the dark ones thinner, and the height of all."""
    longest, thick, thin, line = 220, 14, 6, 40
    scale = _scale(amounts, longest)
    bars = []
    for i, amount in enumerate(amounts):
        top = i * line + TEXT + GAP
        pale = Box(0, top, _length(amount.pale, scale), thick)
        dark = Box(_length(amount.start, scale), top + (thick - thin) / 2, _length(amount.dark, scale), thin)
        figures = Words(_length(max(amount.pale, amount.start + amount.dark), scale) + GAP, top + 11, amount.figures)
        bars.append(Bar(pale, dark, Words(0, top - GAP + 1, _short(amount.label)), figures))
    return tuple(bars), len(amounts) * line


def _scale(amounts: Iterable[Amount], longest: int) -> Fraction:
    most = max((max(amount.pale, amount.start + amount.dark) for amount in amounts), default=Fraction(0))
    return longest / most if most else Fraction(0)


def _length(amount: Fraction, scale: Fraction) -> float:
    return round(float(amount * scale), 1)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
