"""The shapes a drawing consists of. Lengths are in tenths of an em; x and y count from the top left corner."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import ceil

from hitoe.figures.label_text import EM, LEADING, LabelText, TextRun

PRINTED_EM = 0.1
"""The font size on paper, in inches: 7.2 pt."""
BASELINE, ABOVE, BELOW = 10.2, 8.6, 2.6
"""How far the baseline is below the top of a line; how far the band behind an answer reaches above and below it."""
HATCH, RIM = 4, 1.0
"""The distance between lines of a hatching, and the margin around a drawing for half the width of lines."""


class FigureError(ValueError):
    """A figure that cannot be drawn; the message says why and how to correct it.

    `loc` is the path from the figure to the value at fault, or with `key` to the key at fault.
    """

    def __init__(self, message: str, *loc: str | int, key: bool = False) -> None:
        super().__init__(message)
        self.loc = loc
        self.key = key


@dataclass(frozen=True, slots=True)
class Bounds:
    """The position and size of a shape."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return round(self.left + self.width, 2)

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return round(self.top + self.height, 2)


@dataclass(frozen=True, slots=True)
class Box(Bounds):
    """A rectangle; `look` is one of the format's, or `frame`, `ground`, `around` or `member`."""

    look: str
    radius: float = 0.0

    @property
    def middle(self) -> float:
        """The y of the centre."""
        return round(self.top + self.height / 2, 2)

    @property
    def hatch(self) -> str:
        """The SVG path of the lines across a hatched box; empty for others."""
        path = ""
        for across in range(HATCH, ceil(self.width + self.height), HATCH) if self.look == "hatched" else ():
            over, under = max(0.0, across - self.width), max(0.0, across - self.height)
            start = point(self.left + across - over, self.top + over)
            path += f"M{start}L{point(self.left + under, self.top + across - under)}"
        return path


@dataclass(frozen=True, slots=True)
class PlacedRun(Bounds):
    """A run of text in the space that is reserved for it; of an answer, a band of this size is drawn behind it.

    `start` is the x where the text begins, which is centred in its space, and `foot` the y of its baseline.
    """

    run: TextRun
    start: float
    foot: float

    @property
    def length(self) -> float:
        """The width of the text itself."""
        return round(self.run.width, 2)

    @property
    def underline(self) -> str:
        """The SVG path of the line below the text."""
        return f"M{point(self.start, self.foot + 1.6)}H{round(self.start + self.length, 2):g}"


@dataclass(frozen=True, slots=True)
class Label(Bounds):
    """A text. `ground` is the look of the box that it is in; empty if it is in none."""

    pieces: Sequence[PlacedRun]
    ground: str = ""

    @property
    def parts(self) -> list[tuple[int, list[PlacedRun]]]:
        """The runs, grouped by the number of the answer they belong to; 0 for none."""
        return [(answer, list(own)) for answer, own in groupby(self.pieces, lambda piece: piece.run.answer)]


@dataclass
class Drawing:
    """A figure as it is drawn: boxes, above them lines, and texts on top. Its height is known when it is finished.

    A line is its SVG path and its look: `line`, `hair` (thin) or `head` (a filled arrowhead).
    """

    width: float
    height: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    @property
    def view(self) -> str:
        """The SVG viewBox, with a margin for the outer half of lines at the edge."""
        return f"{point(-RIM, -RIM)} {point(self.width + 2 * RIM, self.height + 2 * RIM)}"

    @property
    def inches(self) -> tuple[float, ...]:
        """The width and height of the viewBox on paper, in inches."""
        return tuple(round((side + 2 * RIM) * PRINTED_EM / EM, 4) for side in (self.width, self.height))

    def box(self, left: float, top: float, width: float, height: float, look: str, radius: float = 0.0) -> Box:
        """Add a box and return it."""
        drawn = Box(round(left, 2), round(top, 2), round(width, 2), round(height, 2), look, radius)
        self.boxes.append(drawn)
        return drawn

    def line(self, path: str, look: str = "line") -> None:
        """Add a line along an SVG path."""
        self.lines.append((path, look))

    def label(
        self, text: LabelText, width: float, left: float, top: float, *, align: float = 0.5, ground: str = ""
    ) -> Label:
        """Add a text in lines of a width and return it; `align` is the share of unused width put left of a line."""
        lines = text.lines(width)
        rooms = [sum(run.room for run in line) for line in lines]
        pieces = []
        for index, (line, room) in enumerate(zip(lines, rooms, strict=True)):
            x = left + (width - room) * align
            foot = round(top + index * LEADING + BASELINE, 2)
            for run in line:
                indent = replace(run, text=run.text[: -len(run.text.lstrip())])
                own = replace(run, text=run.text.strip())
                start, space = round(x + indent.width, 2), round(own.room, 2)
                if own.text:
                    band = start, round(foot - ABOVE, 2), space, ABOVE + BELOW
                    pieces.append(PlacedRun(*band, own, round(start + (space - own.width) / 2, 2), foot))
                x += run.room
        widest = max(rooms, default=0.0)
        start = round(left + (width - widest) * align, 2)
        drawn = Label(start, round(top, 2), round(widest, 2), len(lines) * LEADING, pieces, ground)
        self.labels.append(drawn)
        return drawn

    def text_in_box(self, box: Box, text: LabelText, pad: float = 2.0) -> Label:
        """Add a text in the middle of a box, at least `pad` from its left and right edges, and return it."""
        width = box.width - 2 * pad
        top = box.top + (box.height - text.height(width)) / 2
        return self.label(text, width, box.left + pad, top, ground=box.look)

    def arrowhead(self, x: float, y: float, dx: float, dy: float) -> None:
        """Add an arrowhead with its tip at (x, y), pointing in the direction of the unit vector (dx, dy)."""
        left = point(x - 5 * dx - 2.2 * dy, y - 5 * dy + 2.2 * dx)
        right = point(x - 5 * dx + 2.2 * dy, y - 5 * dy - 2.2 * dx)
        self.line(f"M{point(x, y)}L{left}L{right}z", "head")

    def finished(self, height: float) -> "Drawing":
        """Set the height and return the drawing."""
        self.width, self.height = round(self.width, 2), round(height, 2)
        return self


def point(x: float, y: float) -> str:
    """Return a point as SVG writes it."""
    return f"{round(x, 2):g} {round(y, 2):g}"
