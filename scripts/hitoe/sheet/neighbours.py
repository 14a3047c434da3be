"""Neighbours: blocks that may stand on one page. What is blanked in one of them must not be read in another.

Where it stands seldom it is hidden there; else it is not asked, for a page full of signs could not be read.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from math import inf
from typing import NamedTuple

from hitoe.sheet.echoes import HOLE, SEAM, Blank, Seen, Told
from hitoe.sheet.telling import TELLING, letters, pattern, tells

COMMON, FEW = 4, 2
"""How often an answer may stand elsewhere in its block, and in those around it, and be hidden; FEW: if it is short.

A short word in another block is mostly a word of its questions, which no one could read without it.
"""
DIGIT = re.compile(r"\d")
HOLES = re.compile(f"{HOLE}[^{HOLE}]*{HOLE}")


class Reading(NamedTuple):
    """What can be read in a block whose answers are blanked, and these."""

    blanks: Sequence[Blank]
    seen: Seen


class _Text:
    """What can be read in a block."""

    def __init__(self, reading: Reading, furniture: str) -> None:
        self._blanks = reading.blanks
        self._tasks = reading.seen.tasks
        self._read(f"{furniture}|{reading.seen.topic}|{reading.seen.title}", reading.seen.free)

    def fill(self, words: Collection[str]) -> None:
        """Note that some answers can be read, too: they are not asked."""
        free = self._free
        for blank in self._blanks:
            if blank.text in words:
                free = free.replace(f"{HOLE}{blank.mark}{HOLE}", f"{SEAM}{blank.text}{SEAM}")
        self._read(self._fixed, free)

    def _read(self, fixed: str, free: str) -> None:
        self._fixed, self._free = fixed, free
        holes = HOLES.sub("|", free)
        self._whole, self._parts = holes.replace(SEAM, ""), holes.replace(SEAM, "|")
        self._letters = letters(f"{fixed}|{self._whole}")
        self._counts: dict[str, float] = {}

    def count(self, words: str) -> float:
        """Return how often words can be read; infinity if they cannot be hidden somewhere."""
        if words not in self._counts:
            # Looking for an expression takes long, and is seldom needed.
            self._counts[words] = self._counted(words) if letters(words) in self._letters else 0
        return self._counts[words]

    def _counted(self, words: str) -> float:
        found, whole = pattern(words), self.free(words)
        fixed = found.search(self._fixed) or (DIGIT.search(words) and found.search(self._tasks))
        return inf if fixed or whole != len(found.findall(self._parts)) else whole

    def free(self, words: str) -> int:
        """Return how often words can be read where they might be hidden."""
        return len(pattern(words).findall(self._whole))


def told(readings: Sequence[Reading], heights: Sequence[float], reach: float, furniture: str = "") -> list[Told]:
    """Return for each block what becomes of the words in it that are answers.

    The blocks are in the order in which they are printed; `heights` says how high they are at least, `reach` how high
    all columns of a page are, in mm. `furniture` is what else stands on any page.
    """
    near = [list(_near(index, heights, reach)) for index in range(len(heights))]
    asked = [dict.fromkeys(blank.text for blank in reading.blanks if tells(blank.text)) for reading in readings]
    texts = [_Text(reading, furniture) for reading in readings]
    given = _given(asked, texts, near)
    left = [[words for words in own if words not in out] for own, out in zip(asked, given, strict=True)]
    return [
        Told(
            [words for words in asked[index] if words in given[index]],
            [words for words in left[index] if text.count(words)],
            _longest({words for other in near[index] for words in left[other] if text.count(words)} - set(left[index])),
        )
        for index, text in enumerate(texts)
    ]


def revealed(reading: Reading) -> list[Blank]:
    """Return the answers of a block that are not asked since its title or words of mixed markup tell them.

    What stands in it often anyway is not among them, nor what is short.
    """
    text = _Text(reading._replace(seen=reading.seen._replace(tasks="", topic="")), "")
    return [
        blank
        for blank in reading.blanks
        if len(letters(blank.text)) >= TELLING and text.count(blank.text) == inf and text.free(blank.text) < COMMON
    ]


def _given(asked: Sequence[dict[str, None]], texts: Sequence[_Text], near: Sequence[Sequence[int]]) -> list[set[str]]:
    """Return for each block the answers that are not asked, and fill them in.

    How often words stand somewhere is counted without them: else a word that is not asked here would not be asked in
    the next block either, and so on to the end.
    """
    around = [[texts[other] for other in others] for others in near]
    given = [
        {words for words in own if not _bearable(words, text, others)}
        for own, text, others in zip(asked, texts, around, strict=True)
    ]
    waiting = set(range(len(asked)))
    for text, words in zip(texts, given, strict=True):
        text.fill(words)
    while waiting:
        index = waiting.pop()
        left = [words for words in asked[index] if words not in given[index]]
        more = {words for words in left if any(text.count(words) == inf for text in (texts[index], *around[index]))}
        if more:
            texts[index].fill(more)
            given[index] |= more
            waiting.update((index, *near[index]))
    return given


def _bearable(words: str, own: _Text, around: Sequence[_Text]) -> bool:
    """Return whether there would not be too many signs if words were hidden."""
    most = COMMON if len(letters(words)) >= TELLING else FEW
    return own.count(words) <= COMMON and sum(text.count(words) for text in around) <= most


def _longest(words: set[str]) -> list[str]:
    """Return words in an order in which those come first that may hold others."""
    return sorted(words, key=lambda each: (-len(each), each))


def _near(index: int, heights: Sequence[float], reach: float) -> Iterator[int]:
    """Yield the numbers of the blocks between which and this one there is less than a page."""
    for way in (range(index - 1, -1, -1), range(index + 1, len(heights))):
        between = 0.0
        for other in way:
            if between >= reach:
                break
            yield other
            between += heights[other]
