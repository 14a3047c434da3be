"""Computes the width of the texts in a figure and breaks them into lines. Lengths are in tenths of an em.

The advance widths are those of the sheet's fonts. Screens have other fonts, and SVG stretches these to the same width.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import count, pairwise
from math import ceil

from hitoe.figures import sign_widths
from hitoe.text import Break, ClozeSpan, CodeSpan, Inline, Link, Plain, Strong, Text

EM, LEADING = 10.0, 13.0
"""The font size, and the distance between baselines."""
MEDIUM = (
    *(225, 343, 518, 570, 570, 939, 706, 298, 356, 356, 484, 570, 298, 357, 298, 390, 570, 570, 570, 570),
    *(570, 570, 570, 570, 570, 570, 298, 298, 570, 570, 570, 492, 972, 622, 667, 646, 699, 600, 566, 701),
    *(741, 309, 549, 664, 558, 830, 734, 754, 648, 754, 656, 608, 611, 733, 594, 894, 596, 553, 607, 356),
    *(390, 356, 570, 562, 615, 575, 629, 517, 630, 566, 346, 578, 621, 288, 289, 575, 298, 943, 624, 615),
    *(630, 630, 409, 480, 396, 620, 545, 829, 526, 544, 491, 356, 281, 356, 570),
)
BOLD = (
    *(227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590, 590, 590),
    *(590, 590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656, 714, 615, 585, 717),
    *(757, 330, 568, 686, 578, 853, 749, 770, 667, 770, 682, 624, 625, 748, 619, 915, 627, 580, 613, 378),
    *(387, 378, 590, 567, 626, 591, 644, 527, 644, 581, 372, 597, 640, 304, 306, 604, 315, 964, 641, 626),
    *(644, 644, 437, 495, 421, 637, 576, 863, 562, 574, 511, 378, 296, 378, 590),
)
"""Advance widths of the characters from space to tilde, in thousandths of an em."""
MONO = 600
"""The advance width of code."""
ANSWER_STEP, ANSWER_LEAST = 20.0, 40.0
"""The width reserved for an answer is a multiple of the step, so that it reveals little, and has a least value."""
NOT_FIRST = frozenset("、。，．,.・:;：；?!？！」』）】〕)]}ー〜～…々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％")
NOT_LAST = frozenset("「『（【〔([{")
WORD = "[!-~\xb2\xb3\xb9\xc0-\xd6\xd8-\xf6\xf8-\u1fff\u2070-\u209c]"
"""A character of a script that has spaces between words."""
REST = "(?:[\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]|\u200d.)*"
"""Marks and parts of emoji that belong to the character before."""
PIECE = re.compile(f"(?:{WORD}{REST})+|.{REST}", re.DOTALL)
"""A part of a text between line breaks."""
CAPITAL = re.compile("(?<=[^A-Z])(?=[A-Z])")
"""Where a line may end within the names in code, as in `PutRecord`."""
HIRAGANA, KATAKANA = re.compile("[ぁ-ゟ]"), re.compile("[ァ-ヿ]+")
IN_PHRASE = 400.0
"""The cost of a line break within a phrase; the cost of unused width in a line is its square."""

WidthRange = tuple[float, float]
"""The least width that something needs, and the width it takes where there is enough."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Consecutive characters of one style. `answer` is the number of the answer in its label, from 1; 0 is none."""

    text: str
    bold: bool
    code: bool
    answer: int

    @property
    def width(self) -> float:
        """The width of the characters."""
        return _width_of(self.text, self.bold, self.code)

    @property
    def room(self) -> float:
        """The width reserved for the run: more than its own for an answer, which is also written by hand."""
        return max(ANSWER_LEAST, ANSWER_STEP * ceil(self.width / ANSWER_STEP)) if self.answer else self.width


@lru_cache(maxsize=4096)  # most segments of Japanese are single characters
def _width_of(text: str, bold: bool, code: bool) -> float:
    table = (MONO,) * len(BOLD) if code else BOLD if bold else MEDIUM
    advances = (table[ord(char) - 32] if " " <= char <= "~" else sign_widths.width(char) for char in text)
    return sum(advances) * EM / 1000


@dataclass(frozen=True, slots=True)
class Segment:
    """A run that no line break divides; the width of the space before it, 0 for none; the cost of a break there."""

    run: TextRun
    space: float
    cost: float


@dataclass(frozen=True)
class LabelText:
    """The text of a label, to be broken into lines of any width; each line that the author wrote is a `paragraph`."""

    paragraphs: tuple[Sequence[Segment], ...]
    _known: dict[float, list[list[TextRun]]] = field(default_factory=dict, repr=False, compare=False)
    """The lines of each width that was asked for: first their height is, then they are."""

    @cached_property
    def least(self) -> float:
        """The width of the widest segment."""
        return max((segment.run.room for paragraph in self.paragraphs for segment in paragraph), default=0.0)

    @cached_property
    def natural(self) -> float:
        """The width where no paragraph is broken into lines."""
        return max(map(_width, self.paragraphs), default=0.0)

    def widths(self, extra: float = 0.0) -> WidthRange:
        """Return the range of the text's width, both ends increased by `extra`."""
        return self.least + extra, self.natural + extra

    def lines(self, width: float) -> list[list[TextRun]]:
        """Return as few lines as the width allows, filled evenly; a segment wider than that is not divided."""
        if (lines := self._known.get(width)) is None:
            wide = max(width, self.least) + 0.01
            lines = [_merged(line) for paragraph in self.paragraphs for line in _broken(paragraph, wide)]
            self._known[width] = lines
        return lines

    def height(self, width: float) -> float:
        """Return the height of the text in lines of a width."""
        return len(self.lines(width)) * LEADING

    def fits(self, width: float) -> bool:
        """Return whether the text fits into a width in at most two lines."""
        return self.least <= width and len(self.lines(width)) <= 2  # noqa: PLR2004


def numbered(*parts: Text | str | None) -> Text:
    """Return the parts of a label, some of which are numbers, each in a line of its own; None is left out."""
    lines = [(Plain(part),) if isinstance(part, str) else part.inline or () for part in parts if part]
    return Text.of_nodes(tuple(node for line in lines for node in (Break(False), *line))[1:])


@lru_cache(maxsize=1024)  # a figure is drawn for paper and for a screen
def label_text(text: Text, *, bold: bool = False) -> LabelText:
    """Return a text of one Markdown paragraph divided into segments."""
    paragraphs: list[list[Segment]] = [[]]
    space, before = 0.0, ""
    for run in _runs(text.inline or (), count(1), bold=bold):
        if run is None:
            paragraphs.append([])
            space, before = 0.0, ""
            continue
        line = paragraphs[-1]
        for piece in [run.text] if run.answer else _pieces(run):
            own = replace(run, text=piece)
            if piece == " ":
                space = own.width
                continue
            cost = _cost(before, piece[0]) if before and not space else 0.0
            last = line[-1].run if line else own
            if cost >= 0:
                line.append(Segment(own, space, cost))
            elif last.answer or own.answer or last.code != own.code:
                line.append(Segment(own, space, IN_PHRASE * 4))
            else:
                line[-1] = replace(line[-1], run=replace(own, text=last.text + piece))
            space, before = 0.0, piece[-1]
    return LabelText(tuple(line for line in paragraphs if line))


def _runs(nodes: Sequence[Inline], numbers: Iterator[int], *, bold: bool, answer: int = 0) -> Iterator[TextRun | None]:
    """Yield the runs, and None for a line break; `numbers` are those of the answers to come."""
    for node in nodes:
        if isinstance(node, Break):
            yield None
        elif isinstance(node, Plain | CodeSpan):
            yield TextRun(node.text, bold, isinstance(node, CodeSpan), answer)
        elif isinstance(node, Strong | Link | ClozeSpan):  # labels have no other
            strong = isinstance(node, Strong)
            yield from _runs(node.children, numbers, bold=bold or strong, answer=next(numbers) if strong else answer)


def _pieces(run: TextRun) -> Iterator[str]:
    """Yield the parts of a text between which a line may end: ASCII words, spaces, and single other characters."""
    for piece in PIECE.findall(run.text):
        yield from CAPITAL.split(piece) if run.code else [" " if piece.isspace() else piece]


def _cost(before: str, after: str) -> float:
    """Return the cost of a line break between two characters; negative where there must be none."""
    pair = before + after
    if after in NOT_FIRST or before in NOT_LAST or KATAKANA.fullmatch(pair):
        return -1.0
    if before.isdigit() and not after.isascii():
        return -1.0
    if HIRAGANA.match(before) and not HIRAGANA.match(after):
        return 0.0
    return IN_PHRASE if HIRAGANA.search(pair) else IN_PHRASE / 2


def _width(line: Sequence[Segment]) -> float:
    return sum(segment.run.room + (segment.space if i else 0.0) for i, segment in enumerate(line))


def _broken(segments: Sequence[Segment], width: float) -> list[Sequence[Segment]]:
    """Divide segments into the fewest lines of a width; among these, into those with the least cost."""
    rooms = [segment.run.room for segment in segments]
    after = [room + segment.space for room, segment in zip(rooms, segments, strict=True)]
    if sum(after[1:], rooms[0]) <= width:  # most labels are one line
        return [segments]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # by the end of the lines: their number, cost, the last's start
    for end in range(1, len(segments) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            room = width - sum(after[start + 1 : end], rooms[start])
            if room < 0 and start < end - 1:
                break
            lines, cost, _ = best[start]
            choices.append((lines + 1, cost + room**2 + (segments[start].cost if start else 0.0), start))
        best.append(min(choices))
    ends = [len(segments)]
    while ends[-1]:
        ends.append(best[ends[-1]][2])
    return [segments[start:end] for start, end in pairwise(reversed(ends))]


def _merged(line: Sequence[Segment]) -> list[TextRun]:
    """Return the runs of a line: its segments with the spaces between them, those of one style merged."""
    runs: list[TextRun] = []
    for segment in line:
        run, space = segment.run, " " if segment.space and runs else ""
        if runs and (run.bold, run.code, run.answer) == (runs[-1].bold, runs[-1].code, runs[-1].answer):
            runs[-1] = replace(run, text=runs[-1].text + space + run.text)
        elif space and run.answer:
            runs += [TextRun(space, False, False, 0), run]
        else:
            runs.append(replace(run, text=space + run.text))
    return runs
