"""What a drawing is made of. Lengths are in tenths of an em of its letters, from the top left corner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hitoe.figures.letters import EM, LEADING, LabelWords, Run

PRINTED_EM = 0.1
"""How large a drawing's letters are on paper, in inches: 7.2 pt."""
BASELINE = 10.2
"""From the top of a line to the foot of its letters."""
ABOVE, BELOW = 8.6, 2.6
"""How far an answer's band reaches from there."""
HATCH, RIM = 4.0, 1.0


class FigureError(ValueError):
    """A figure that cannot be drawn; the message says how to mend it.

    `loc` leads from the figure to the cause: to its value, or with `key` to its key.
    """

    def __init__(self, message: str, *loc: str | int, key: bool = False) -> None:
        super().__init__(message)
        self.loc = loc
        self.key = key


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `look` is one of the format's, or `frame`, `ground`, `member`."""

    left: float
    top: float
    width: float
    height: float
    look: str
    radius: float = 0.0

    @property
    def right(self) -> float:
        """Where it ends."""
        return round(self.left + self.width, 2)

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return round(self.top + self.height, 2)

    @property
    def middle(self) -> float:
        """Half-way down."""
        return round(self.top + self.height / 2, 2)

    @property
    def hatch(self) -> str:
        """The path of the lines across a hatched box, none for others."""
        return "".join(self._hatch()) if self.look == "hatched" else ""

    def _hatch(self) -> Iterator[str]:
        across = HATCH
        while across < self.width + self.height:
            over, under = max(0.0, across - self.width), max(0.0, across - self.height)
            start = point(self.left + across - over, self.top + over)
            yield f"M{start}L{point(self.left + under, self.top + across - under)}"
            across += HATCH


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along a path; `look` is `line`, `hair` or `head`, of which the last is filled."""

    path: str
    look: str = "line"


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """Letters in a row: from `left`, `room` wide, in which `width` is filled from `start`; `foot` is the baseline."""

    left: float
    foot: float
    room: float
    run: Run

    @property
    def width(self) -> float:
        """How wide the letters are."""
        return round(self.run.width, 2)

    @property
    def start(self) -> float:
        """Where the letters begin: in the middle of the room."""
        return round(self.left + (self.room - self.run.width) / 2, 2)

    @property
    def top(self) -> float:
        """Where the band of an answer begins."""
        return round(self.foot - ABOVE, 2)

    @property
    def height(self) -> float:
        """How high the band is."""
        return ABOVE + BELOW

    @property
    def underline(self) -> str:
        """The path of the line below the letters."""
        return f"M{point(self.start, self.foot + 1.6)}H{number(self.start + self.width)}"


@dataclass(frozen=True, slots=True)
class LabelPart:
    """Pieces that are one answer together, or none."""

    answer: bool
    pieces: Sequence[LabelPiece]


@dataclass(frozen=True)
class Label:
    """A text. `ground` says what it stands on: `solid` wants pale letters, `hatched` a blank, `tinted` tinted bands."""

    left: float
    top: float
    width: float
    height: float
    pieces: Sequence[LabelPiece]
    ground: str = ""

    @property
    def right(self) -> float:
        """Where it ends."""
        return round(self.left + self.width, 2)

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return round(self.top + self.height, 2)

    @property
    def parts(self) -> list[LabelPart]:
        """The pieces, those of one answer together."""
        return [
            LabelPart(bool(answer), list(own)) for answer, own in groupby(self.pieces, lambda piece: piece.run.answer)
        ]

    @property
    def answers(self) -> list[LabelPiece]:
        """The pieces that are to be learned."""
        return [piece for piece in self.pieces if piece.run.answer]


@dataclass(frozen=True)
class Drawing:
    """A figure as it is drawn: boxes, over them lines, over these texts."""

    width: float
    height: float
    boxes: Sequence[Box] = ()
    strokes: Sequence[Stroke] = ()
    labels: Sequence[Label] = ()

    @property
    def view(self) -> str:
        """What of the plane is seen: also the outer half of a line at the edge."""
        return f"{-RIM:g} {-RIM:g} {number(self.width + 2 * RIM)} {number(self.height + 2 * RIM)}"

    @property
    def inches(self) -> tuple[float, float]:
        """How wide and high that is on paper."""
        wide, high = self.width + 2 * RIM, self.height + 2 * RIM
        return round(wide * PRINTED_EM / EM, 4), round(high * PRINTED_EM / EM, 4)


@dataclass
class Canvas:
    """A drawing in the making."""

    width: float
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def box(self, left: float, top: float, width: float, height: float, look: str, radius: float = 0.0) -> Box:
        """Draw a box and return it."""
        drawn = Box(round(left, 2), round(top, 2), round(width, 2), round(height, 2), look, radius)
        self.boxes.append(drawn)
        return drawn

    def line(self, path: str, look: str = "line") -> None:
        """Draw a line."""
        self.strokes.append(Stroke(path, look))

    def label(
        self, words: LabelWords, width: float, left: float, top: float, *, align: float = 0.5, ground: str = ""
    ) -> Label:
        """Write words into a width; `align` is which part of what they leave is left of them. Return the label."""
        lines = words.lines(width)
        rooms = [sum(run.room for run in line) for line in lines]
        pieces = []
        for index, (line, room) in enumerate(zip(lines, rooms, strict=True)):
            x = left + (width - room) * align
            foot = round(top + index * LEADING + BASELINE, 2)
            for run in line:
                own = run.stripped
                if own.text:
                    pieces.append(LabelPiece(round(x + run.indent, 2), foot, round(own.room, 2), own))
                x += run.room
        widest = max(rooms, default=0.0)
        start = left + (width - widest) * align
        height = len(lines) * LEADING
        drawn = Label(round(start, 2), round(top, 2), round(widest, 2), height, pieces, ground)
        self.labels.append(drawn)
        return drawn

    def within(self, box: Box, words: LabelWords, pad: float = 2.0) -> Label:
        """Write words into the middle of a box."""
        width = box.width - 2 * pad
        top = box.top + (box.height - words.height(width)) / 2
        ground = box.look if box.look in ("solid", "hatched", "tinted") else ""
        return self.label(words, width, box.left + pad, top, ground=ground)

    def head(self, x: float, y: float, dx: float, dy: float) -> None:
        """Draw the head of an arrow whose point is at a place, and which looks along (dx, dy), of length 1."""
        left = point(x - 5 * dx - 2.2 * dy, y - 5 * dy + 2.2 * dx)
        right = point(x - 5 * dx + 2.2 * dy, y - 5 * dy - 2.2 * dx)
        self.line(f"M{point(x, y)}L{left}L{right}z", "head")

    def drawing(self, height: float) -> Drawing:
        """Return the drawing."""
        return Drawing(round(self.width, 2), round(height, 2), self.boxes, self.strokes, self.labels)


def number(value: float) -> str:
    """Return a length as SVG has it."""
    return f"{round(value, 2):g}"


def point(x: float, y: float) -> str:
    """Return a place as SVG has it."""
    return f"{number(x)} {number(y)}"
