"""Neighbours: items that may stand on one page. What is blanked in one of them must not be read in another.

Where it stands seldom it is hidden there; else it is not asked, for a page full of signs could not be read.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple

from hitoe.sheet.echoes import Blank, Told
from hitoe.sheet.measuring import BlockHeight
from hitoe.sheet.reading import HOLE, HOLES, SEAM, Piece, Seen
from hitoe.sheet.telling import TELLING, core, letters, listed, pattern, tells

COMMON, FEW = 4, 1
"""How often an answer may stand elsewhere in its block, and in those around it, and be hidden; FEW: if it is short.

A short word in another block is mostly a word of its questions, which no one could read without it.
"""
DIGIT = re.compile(r"\d")


class Reading(NamedTuple):
    """What can be read in a block whose answers are blanked, and these."""

    blanks: Sequence[Blank]
    seen: Seen


class Span(NamedTuple):
    """From where to where something reaches at least, in mm from the top of all blocks in one column."""

    top: float
    bottom: float

    def meets(self, other: "Span") -> bool:
        """Return whether something else is partly there."""
        return self.top < other.bottom and other.top < self.bottom

    def wider(self, reach: float) -> "Span":
        """Return what is less than `reach` from it."""
        return Span(self.top - reach, self.bottom + reach)


EVERYWHERE = Span(-inf, inf)


class _Item:
    """What can be read in an item."""

    def __init__(self, piece: Piece, span: Span) -> None:
        self.path, self.span = piece.path, span
        self._tasks = piece.tasks
        self._read(piece.text)

    def fill(self, words: Mapping[str, str]) -> None:
        """Put words into holes, by the numbers of these; nothing within them is ever hidden."""
        text = self._text
        for mark, answer in words.items():
            text = text.replace(f"{HOLE}{mark}{HOLE}", SEAM.join(["", *answer, ""]))
        self._read(text)

    def _read(self, text: str) -> None:
        self._text, holes = text, HOLES.sub("|", text)
        self.whole, self._parts = holes.replace(SEAM, ""), holes.replace(SEAM, "|")
        self.letters = letters(self.whole)

    def count(self, words: str) -> float:
        """Return how often words can be read; infinity if they cannot be hidden somewhere."""
        if core(words) not in self.letters:
            return 0
        found = pattern(words)
        count = len(found.findall(self.whole))
        needed = DIGIT.search(words) and found.search(self._tasks)
        return inf if needed or count != len(found.findall(self._parts)) else count


class _Block:
    """What can be read in a block, and which of its answers are asked."""

    def __init__(self, reading: Reading, span: Span, spans: Sequence[Span], furniture: str) -> None:
        self.span = span
        self.items = [_Item(piece, own) for piece, own in zip(reading.seen.pieces, spans, strict=True)]
        self._blanks = reading.blanks
        self._fixed = f"{furniture}|{reading.seen.topic}|{reading.seen.title}"
        self._note()
        places = {item.path: item.span for item in self.items}
        self.asked: dict[str, Span] = {}
        for blank in (blank for blank in reading.blanks if tells(blank.text)):
            before = self.asked.get(blank.text, places[blank.path])
            self.asked[blank.text] = Span(before.top, places[blank.path].bottom)
        self.given: dict[str, Span] = {}

    def give(self, words: Collection[str]) -> None:
        """No longer ask for some answers: they can be read."""
        for answer in sorted(words):
            self.given[answer] = self.asked.pop(answer)
        for item in self.items:
            own = (blank for blank in self._blanks if blank.path == item.path)
            if filled := {blank.mark: blank.text for blank in own if blank.text in words}:
                item.fill(filled)
        self._note()

    def seldom(self, words: str) -> bool:
        """Return whether words stand less than often where they might be hidden."""
        return sum(len(pattern(words).findall(item.whole)) for item in self.items) < COMMON

    def _note(self) -> None:
        self._letters = "|".join((letters(self._fixed), *(item.letters for item in self.items)))
        self._counts: dict[str, tuple[bool, list[tuple[Span, float]]]] = {}

    def count(self, answer: str, around: Span = EVERYWHERE) -> float:
        """Return how often an answer can be read within a span; infinity if it cannot be hidden somewhere."""
        # Two words of a list that have the same number could no longer be told apart.
        told = any(self.itself(words, around) for words in listed(answer))
        return inf if told else self.itself(answer, around)

    def itself(self, words: str, around: Span = EVERYWHERE) -> float:
        """Return how often an answer can be read, as `count` does, without what it lists."""
        # Looking for an expression takes long, and is seldom needed.
        if core(words) not in self._letters:
            return 0
        if words not in self._counts:
            counts = ((item.span, item.count(words)) for item in self.items)
            fixed = pattern(words).search(self._fixed) is not None
            self._counts[words] = fixed, [(span, count) for span, count in counts if count]
        fixed, counted = self._counts[words]
        near = [count for span, count in counted if span.meets(around)]
        # Where words are hidden in a block, they are in all of it.
        return inf if fixed or inf in near else sum(count for _, count in counted if count < inf) if near else 0


def told(readings: Sequence[Reading], heights: Sequence[BlockHeight], reach: float, furniture: str = "") -> list[Told]:
    """Return for each block what becomes of the words in it that are answers.

    The blocks are in the order in which they are printed; `heights` says how high they are at least, `reach` how high
    all columns of a page are, in mm. `furniture` is what else stands on any page.
    """
    blocks = list(_blocks(readings, heights, furniture))
    near = [list(_near(index, blocks, reach)) for index in range(len(blocks))]
    _give(blocks, near, reach)
    return [
        _told(block, [blocks[other] for other in others], reach) for block, others in zip(blocks, near, strict=True)
    ]


def revealed(reading: Reading) -> list[Blank]:
    """Return the answers of a block that are not asked since its title or words of mixed markup tell them.

    What stands in it often anyway is not among them, nor what is short.
    """
    pieces = [piece._replace(tasks="") for piece in reading.seen.pieces]
    bare = reading._replace(seen=reading.seen._replace(topic="", pieces=pieces))
    block = _Block(bare, EVERYWHERE, [EVERYWHERE] * len(pieces), "")
    return [
        blank
        for blank in reading.blanks
        if len(letters(blank.text)) >= TELLING and block.itself(blank.text) == inf and block.seldom(blank.text)
    ]


def _blocks(readings: Sequence[Reading], heights: Sequence[BlockHeight], furniture: str) -> Iterator[_Block]:
    bottom = 0.0
    for reading, height in zip(readings, heights, strict=True):
        top, own = bottom, [sum(piece.strips) for piece in height.pieces]
        edges = list(accumulate(own, initial=top + height.bar))
        bottom = edges[-1] + height.sources
        spans = [Span(above, below) for above, below in pairwise([*edges[:-1], bottom])]
        yield _Block(reading, Span(top, bottom), spans, furniture)


def _near(index: int, blocks: Sequence[_Block], reach: float) -> Iterator[int]:
    """Yield the numbers of the blocks between which and this one there is less than a page."""
    within = blocks[index].span.wider(reach)
    for way in (range(index - 1, -1, -1), range(index + 1, len(blocks))):
        for other in way:
            if not blocks[other].span.meets(within):
                break
            yield other


def _give(blocks: Sequence[_Block], near: Sequence[Sequence[int]], reach: float) -> None:
    """Give the answers that would take too many signs to hide, or cannot be hidden, and what neighbours give of them.

    How often words stand somewhere is counted without what is given: else what is not asked in a block would less often
    be asked in the next, and so on to the end.
    """
    found = [
        {
            words
            for words, span in block.asked.items()
            if not _bearable(words, block, [blocks[other] for other in others], span.wider(reach))
        }
        for block, others in zip(blocks, near, strict=True)
    ]
    for block, own in zip(blocks, found, strict=True):
        block.give(own)
    waiting = set(range(len(blocks)))
    while waiting:
        index = waiting.pop()
        others = [blocks[other] for other in near[index]]
        told = [words for words in blocks[index].asked if _given_away(words, blocks[index], others, reach)]
        if told:
            blocks[index].give(told)
            waiting.update((index, *near[index]))


def _given_away(words: str, own: _Block, around: Sequence[_Block], reach: float) -> bool:
    """Return whether words that are asked cannot be hidden somewhere, or are not asked near."""
    within = own.asked[words].wider(reach)
    return own.count(words) == inf or any(
        block.count(words, within) == inf or (words in block.given and block.given[words].meets(within))
        for block in around
    )


def _bearable(words: str, own: _Block, around: Sequence[_Block], within: Span) -> bool:
    """Return whether there would not be too many signs if words were hidden."""
    most = COMMON if len(letters(words)) >= TELLING else FEW
    return own.count(words) <= COMMON and sum(block.count(words, within) for block in around) <= most


def _told(block: _Block, around: Sequence[_Block], reach: float) -> Told:
    strange = {
        words
        for other in around
        for words, span in other.asked.items()
        if words not in block.asked and block.count(words, span.wider(reach))
    }
    return Told(list(block.given), [words for words in block.asked if block.count(words)], sorted(strange))
