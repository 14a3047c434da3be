"""Telling: which answers give themselves away where they can be read, and how their words are found in print."""

import re
from functools import cache

from hitoe.sheet.phrases import BREAK, GLUE

TELLING, SHORT = 4, 2
"""From so many letters on hiragana tell an answer, and other words do; what is shorter stands on any page."""
KANA, WORD, NUMBER = re.compile(r"[ぁ-ん]*"), re.compile(r"\w"), re.compile(r"[\d,.]+")
AMOUNT = re.compile(r"[\d,.:]*\d\D+")
KATAKANA, LATIN = "[ァ-ヶー]", "[A-Za-z0-9_]"
BETWEEN = rf"[\s{GLUE}{BREAK}]*"
WITHIN = re.compile(rf"[\s{GLUE}{BREAK}]+")


def letters(words: str) -> str:
    """Return words without what may be within them in print: spaces and glue."""
    return WITHIN.sub("", words)


@cache
def tells(words: str) -> bool:
    """Return whether an answer is told where its words stand elsewhere."""
    bare = letters(words)
    least = TELLING if KANA.fullmatch(bare) else SHORT
    return AMOUNT.fullmatch(bare) is not None or (len(bare) >= least and WORD.search(bare) is not None)


@cache
def pattern(words: str) -> re.Pattern[str]:
    """Return an expression for words as they may stand in print: glued, or with other spaces.

    They are whole if they are Latin, a number, or short and in katakana.
    """
    bare = letters(words)
    before = r"(?<![\d,.])" if AMOUNT.fullmatch(bare) else rf"(?<!{LATIN})" if re.match(LATIN, bare) else ""
    after = rf"(?!{LATIN})" if re.match(LATIN, bare[-1]) else ""
    if NUMBER.fullmatch(bare):
        before, after = before + r"(?<![\d,.])", after + r"(?![.,]\d)"
    if len(bare) < TELLING and re.match(KATAKANA, bare):
        before += rf"(?<!{KATAKANA})(?<!{KATAKANA}{GLUE})"
    if len(bare) < TELLING and re.match(KATAKANA, bare[-1]):
        after += rf"(?!{GLUE}?{KATAKANA})"
    return re.compile(before + BETWEEN.join(map(re.escape, bare)) + after)
