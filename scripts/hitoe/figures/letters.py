"""How wide a figure's labels are, and where their lines end. Lengths are in tenths of an em.

The advances are those of the sheet's fonts. Other media have other fonts, and fit the letters into the same room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, inf

from hitoe.text import Break, CodeSpan, Inline, Link, Plain, Strong, Text

EM, LEADING = 10.0, 13.0
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
"""Advances from the space to the tilde, in thousandths of an em."""
MONO = 600
WIDEST = {"Ш": 1018, "Щ": 1034, "Ю": 1064, "№": 1074}
"""The only other letters that are wider than an em."""
QUANTUM, SHORTEST = 20.0, 40.0
"""Of what the room for an answer is a multiple, so that it tells little, and how much it is at least."""
NOT_FIRST = frozenset("、。，．,.・:;：；?!？！」』）】〕)]}ー〜～…々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％")
NOT_LAST = frozenset("「『（【〔([{")
UNWELCOME = 400.0
"""What a break within a phrase costs, in squares of white."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one kind. `answer` counts the answers of a label from 1; 0 is none."""

    text: str
    bold: bool
    code: bool
    answer: int

    @property
    def width(self) -> float:
        """How much room the letters take."""
        return sum(_advance(sign, self.bold, self.code) for sign in self.text) * EM / 1000

    @property
    def stripped(self) -> "Run":
        """The letters without the spaces around them."""
        return Run(self.text.strip(), self.bold, self.code, self.answer)

    @property
    def indent(self) -> float:
        """How wide the spaces before the letters are."""
        return (len(self.text) - len(self.text.lstrip())) * _advance(" ", self.bold, self.code) * EM / 1000

    @property
    def room(self) -> float:
        """How much room is kept for them: an answer must also be written by hand."""
        return max(SHORTEST, QUANTUM * ceil(self.width / QUANTUM)) if self.answer else self.width


@dataclass(frozen=True, slots=True)
class Atom:
    """What no line break cuts. `cost` is what a break before it costs, infinite where there must be one.

    `space` is the width of the space before it, where there is one.
    """

    run: Run
    space: float
    cost: float


@dataclass(frozen=True)
class LabelWords:
    """A label's text, ready to be cut into lines."""

    atoms: tuple[Atom, ...]

    @cached_property
    def least(self) -> float:
        """The width of the longest word."""
        return max((atom.run.room for atom in self.atoms), default=0.0)

    @cached_property
    def natural(self) -> float:
        """The width with the fewest line breaks."""
        return max(_width(line) for line in self._forced)

    @cached_property
    def _forced(self) -> list[Sequence[Atom]]:
        starts = [0, *(i for i, atom in enumerate(self.atoms) if i and atom.cost == inf), len(self.atoms)]
        return [self.atoms[a:b] for a, b in pairwise(starts)]

    def lines(self, width: float) -> list[list[Run]]:
        """Return as few lines as the width allows, evenly filled; no word is cut, even if it is wider."""
        cut = (line for forced in self._forced for line in _cut(forced, max(width, self.least) + 0.01))
        return [_joined(line) for line in cut]

    def height(self, width: float) -> float:
        """Return how high the text is in a width."""
        return len(self.lines(width)) * LEADING


def words(text: Text, *, bold: bool = False) -> LabelWords:
    """Return a text of one paragraph as words."""
    atoms: list[Atom] = []
    space, forced, before = 0.0, False, ""
    for run in _runs(text.inline or (), bold, code=False, answer=0, count=[0]):
        if run is None:
            forced, space = bool(atoms), 0.0
            continue
        for piece in [run.text] if run.answer else _pieces(run.text, run.code):
            if piece == " ":
                space = Run(" ", run.bold, run.code, 0).width
                continue
            cost = inf if forced else 0.0 if space else _cost(before, piece[0])
            own = Run(piece, run.bold, run.code, run.answer)
            atoms.append(Atom(own, 0.0 if forced else space, cost if atoms else 0.0))
            space, forced, before = 0.0, False, piece[-1]
    return LabelWords(tuple(_glued(atoms)))


def _runs(nodes: Sequence[Inline], bold: bool, code: bool, answer: int, count: list[int]) -> Iterator[Run | None]:
    """Yield the runs of letters, and None for a line end."""
    for node in nodes:
        match node:
            case Plain(text):
                yield Run(text, bold or answer > 0, code, answer)
            case CodeSpan(text):
                yield Run(text, bold or answer > 0, True, answer)
            case Break():
                yield None
            case Strong(children):
                count[0] += 1
                yield from _runs(children, bold, code, count[0], count)
            case Link(children):
                yield from _runs(children, bold, code, answer, count)
            case _:
                raise AssertionError(f"{node.kind} in a label")


def _pieces(text: str, code: bool) -> Iterator[str]:
    """Yield single wide letters, whole Latin words, and spaces."""
    word = ""
    for sign in text:
        narrow = sign.isascii() and sign != " "
        if word and (not narrow or (code and sign.isupper() and not word[-1].isupper())):
            yield word
            word = ""
        if narrow:
            word += sign
        else:
            yield " " if sign.isspace() else sign
    if word:
        yield word


def _glued(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """Join the atoms between which no line may end."""
    held: Atom | None = None
    for atom in atoms:
        run = atom.run
        if held and atom.cost < 0 and not (held.run.answer or run.answer) and held.run.code == run.code:
            held = Atom(Run(held.run.text + run.text, run.bold, run.code, 0), held.space, held.cost)
            continue
        if held:
            yield held
        held = atom if atom.cost >= 0 else Atom(run, atom.space, UNWELCOME * 4)
    if held:
        yield held


def _cost(before: str, after: str) -> float:
    """Return what a line end between two letters costs; less than nothing where there should be none."""
    if not before:
        return 0.0
    if after in NOT_FIRST or before in NOT_LAST or (before.isdigit() and not after.isascii()):
        return -1.0
    one, other = _script(before), _script(after)
    if one == other == "katakana":
        return -1.0
    if one == "hiragana" and other != "hiragana":
        return 0.0
    return UNWELCOME if "hiragana" in (one, other) else UNWELCOME / 2


def _script(sign: str) -> str:
    if "ぁ" <= sign <= "ゟ":
        return "hiragana"
    if "ァ" <= sign <= "ヿ":
        return "katakana"
    return "latin" if sign.isascii() else "kanji"


def _advance(sign: str, bold: bool, code: bool) -> int:
    if " " <= sign <= "~":
        return MONO if code else (BOLD if bold else MEDIUM)[ord(sign) - 32]
    return WIDEST.get(sign, 1000)


def _width(line: Sequence[Atom]) -> float:
    return sum(atom.run.room + (atom.space if i else 0.0) for i, atom in enumerate(line))


def _cut(atoms: Sequence[Atom], width: float) -> list[Sequence[Atom]]:
    """Cut atoms into the fewest lines that are no wider, of these into those that are best."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(atoms) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            room = width - _width(atoms[start:end])
            if room < 0 and start < end - 1:
                break
            lines, cost, _ = best[start]
            choices.append((lines + 1, cost + room**2 + (atoms[start].cost if start else 0.0), start))
        best.append(min(choices))
    cuts, end = [], len(atoms)
    while end:
        start = best[end][2]
        cuts.append(atoms[start:end])
        end = start
    return cuts[::-1]


def _joined(line: Sequence[Atom]) -> list[Run]:
    """Return the runs of a line, with its spaces."""
    runs: list[Run] = []
    for atom in line:
        text = (" " if atom.space and runs else "") + atom.run.text
        last = runs[-1] if runs else None
        if last and (last.bold, last.code, last.answer) == (atom.run.bold, atom.run.code, atom.run.answer):
            runs[-1] = Run(last.text + text, last.bold, last.code, last.answer)
        elif text.startswith(" ") and atom.run.answer:
            runs += [Run(" ", False, False, 0), atom.run]
        else:
            runs.append(Run(text, atom.run.bold, atom.run.code, atom.run.answer))
    return runs
