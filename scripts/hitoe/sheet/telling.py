"""Telling: which answers give themselves away where they can be read, and how their words are found in print."""

import re
from functools import cache

from hitoe.typography.line_breaking import BREAK, GLUE

TELLING, SHORT = 4, 2
"""From so many letters on hiragana tell an answer, and other words do; what is shorter stands on any page."""
KANA, WORD, NUMBER = re.compile(r"[ぁ-ん]*"), re.compile(r"\w"), re.compile(r"[\d,.]+")
AMOUNT = re.compile(r"[\d,.:]*\d\D+")
KATAKANA, KANJI, LATIN = "[ァ-ヶー]", "[一-龥々]", "[A-Za-z0-9_À-ɏ]"
INFLECTED = re.compile(f"{KANJI}.*[ぁ-ん]")
BETWEEN = rf"[\s{GLUE}{BREAK}]*"
WITHIN = re.compile(rf"[\s{GLUE}{BREAK}]+")
LIST = re.compile(r"[、・]|,\s|\s/\s|\s(?:と|や|か|または|および|and|or)\s")
"""What stands between the words of an answer that lists several."""
CODE = re.compile(r'[(){}=;"<>\n]')


def letters(words: str) -> str:
    """Return words in small letters without what may be within them in print: spaces and glue."""
    return WITHIN.sub("", words).lower()


@cache
def core(words: str) -> str:
    """Return the letters of words that tell them: at their end a slash or a full stop does not."""
    bare = letters(words)
    return bare.rstrip("/。") or bare


@cache
def tells(words: str) -> bool:
    """Return whether an answer is told where its words stand elsewhere."""
    bare = core(words)
    least = TELLING if KANA.fullmatch(bare) else SHORT
    return AMOUNT.fullmatch(bare) is not None or (len(bare) >= least and WORD.search(bare) is not None)


@cache
def listed(words: str) -> tuple[str, ...]:
    """Return what an answer lists, unless that is short; nothing if it is no list, or code."""
    pieces = [] if CODE.search(words) else LIST.split(words)
    return tuple(piece for piece in pieces if len(letters(piece)) >= TELLING and tells(piece)) if pieces[1:] else ()


@cache
def pattern(words: str) -> re.Pattern[str]:
    """Return an expression for words as they may stand in print: glued, with other spaces, in large or small letters.

    They are whole if they are Latin, a number, or short and in katakana; before a word with an ending in hiragana there
    is no kanji that would make another word of it.
    """
    bare = core(words)
    before = r"(?<![\d,.])" if AMOUNT.fullmatch(bare) else rf"(?<!{LATIN})" if re.match(LATIN, bare) else ""
    after = rf"(?!{LATIN})" if re.match(LATIN, bare[-1]) else ""
    if NUMBER.fullmatch(bare):
        before, after = before + r"(?<![\d,.])", after + r"(?![.,]\d)"
    if len(bare) < TELLING and re.match(KATAKANA, bare):
        before += rf"(?<!{KATAKANA})(?<!{KATAKANA}{GLUE})"
    if len(bare) < TELLING and re.match(KATAKANA, bare[-1]):
        after += rf"(?!{GLUE}?{KATAKANA})"
    if INFLECTED.fullmatch(bare):
        before += rf"(?<!{KANJI})(?<!{KANJI}{GLUE})"
    return re.compile(f"(?i:{before}{BETWEEN.join(map(re.escape, bare))}{after})")
