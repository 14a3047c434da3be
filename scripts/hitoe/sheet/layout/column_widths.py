"""How wide the columns of a table are: as wide as its rows need to be few lines, the same wherever the table is cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

from hitoe.sheet.layout import cells
from hitoe.sheet.layout.cells import SPACE, STEP, CellWords
from hitoe.text import Text

PADDING, LITTLE = 0.85, 0.5
"""Left and right of a cell together, in em, and where there is little room: items.css has 2 mm and 1 mm, and a line."""
SHORT = (7.0, 5.0, 3.5)
"""How much of a Japanese phrase stays together, in em, where a table has little room."""
NARROWEST = 2.5
"""How wide columns are at least, where words have to be cut, in em."""
LINE = 0.3
"""How bad a line more is beside a word that is cut."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their widths in per cent, and the widths of their cells without padding in em.

    `tight`: not all of their longest words find room side by side in cells with much padding. `tall` are the numbers,
    from 1, of the rows that are higher than a page.
    """

    widths: tuple[float, ...]
    rooms: tuple[float, ...]
    tight: bool
    tall: frozenset[int] = frozenset()

    def parted(self, column: int, text: Text) -> Text:
        """Return the text of a cell, in which words may break that are wider than their column."""
        return cells.parted(text, self.rooms[column]) if self.tight else text

    def alone(self, text: Text) -> bool:
        """Return whether the text of a cell is a formula or a picture, and nothing else."""
        return cells.alone(text)


def columns(head: Sequence[Text | None], rows: Sequence[Sequence[Text | None]], width: float) -> Columns:
    """Return the columns of a table `width` em wide. Rows have as many cells as the head; None is an empty one."""
    return divided([[CellWords(text) for text in row] for row in (head, *rows)], width)


def divided(lines: Sequence[Sequence[CellWords]], width: float, narrowest: float = NARROWEST) -> Columns:
    """Return the columns of a table `width` em wide, given its lines of cells.

    Where words have to be cut, columns that need it are `narrowest` em wide at least, if there is room for that.
    """
    columns = range(len(lines[0]))
    tight = sum(_least(lines, inf)) > width - PADDING * len(columns)
    padding = LITTLE if tight else PADDING
    room = width - padding * len(columns)
    fitting = (least for most in (inf, *SHORT) if sum(least := _least(lines, most)) <= room)
    wide = _filled(lines, next(fitting, []) or _cut(lines, room, narrowest), room)
    ems = [max(line[c].ems for line in lines) for c in columns]
    # What is left over goes where it brings a text closer to one line, else everywhere.
    wants = [max(text - width, 0.0) for text, width in zip(ems, wide, strict=True)]
    shares = wants if max(wants) > SPACE else [SPACE] * len(wants)
    spare = room - sum(wide)
    wide = [width + spare * share / sum(shares) for width, share in zip(wide, shares, strict=True)]
    widths = [round(100 * (width + padding) / (sum(wide) + padding * len(wide)), 3) for width in wide]
    return Columns(tuple(widths), tuple(wide), tight)


def _least(lines: Sequence[Sequence[CellWords]], most: float) -> list[float]:
    """Return how wide columns must be for no word to be broken, but Japanese ones wider than `most`."""
    return [max(cell.least(most) for cell in column) for column in zip(*lines, strict=True)]


def _cut(lines: Sequence[Sequence[CellWords]], room: float, narrowest: float) -> list[float]:
    """Return widths with which as few words are cut as possible, and formulas stay large.

    For each number of steps that the columns so far may have together, `best` has the least cost and the widths.
    """
    most = _least(lines, SHORT[-1])
    least = [min(wide, narrowest, room / len(most)) for wide in most]
    best: list[tuple[float, list[float]]] = [(0.0, [])] * (floor((room - sum(least)) / STEP) + 1)
    for column, widest, own in zip(zip(*lines, strict=True), most, least, strict=True):
        wider = range(min(len(best), ceil((widest - own) / STEP) + 1))
        widths = [own + STEP * steps for steps in wider]
        costs = [sum(cell.cost(width) + LINE * cell.lines(width) for cell in column) for width in widths]
        best = [
            min(
                (best[all_ - steps][0] + costs[steps], [*best[all_ - steps][1], widths[steps]])
                for steps in wider[: all_ + 1]
            )
            for all_ in range(len(best))
        ]
    return best[-1][1]


def _filled(lines: Sequence[Sequence[CellWords]], least: Sequence[float], room: float) -> list[float]:
    """Widen the column that saves most lines for the room it takes, until nothing saves any."""
    wide = list(least)
    while True:
        spare, before = room - sum(wide), _height(lines, wide)
        best, widened = 0.0, wide
        for c, now in enumerate(wide):
            for step in range(1, floor(spare / STEP) + 1):
                tried = [*wide[:c], now + step * STEP, *wide[c + 1 :]]
                saved = (before - _height(lines, tried)) / step
                if saved > best:
                    best, widened = saved, tried
        if not best:
            widened = min(_shorter(lines, wide, spare), key=sum, default=wide)
        if widened == wide:
            return wide
        wide = widened


def _shorter(lines: Sequence[Sequence[CellWords]], wide: Sequence[float], spare: float) -> Iterator[list[float]]:
    """Yield widths with which a row has fewer lines whose highest cells are several: none of them saves any alone."""
    for line in lines:
        high = max(cell.lines(width) for cell, width in zip(line, wide, strict=True))
        steps = range(floor(spare / STEP) + 1)
        found = [
            next((now + step * STEP for step in steps if cell.lines(now + step * STEP) < high), inf)
            for cell, now in zip(line, wide, strict=True)
        ]
        if sum(found) <= sum(wide) + spare:
            yield found


def _height(lines: Sequence[Sequence[CellWords]], wide: Sequence[float]) -> float:
    return sum(heights(lines, wide))


def heights(lines: Sequence[Sequence[CellWords]], wide: Sequence[float]) -> Iterator[float]:
    """Yield how many lines of text the head and each row take in columns of some widths, in em."""
    return (max(cell.lines(width) for cell, width in zip(line, wide, strict=True)) for line in lines)
