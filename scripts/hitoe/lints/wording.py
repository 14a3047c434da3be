"""Texts as rules about wording read them."""

import re
from functools import lru_cache
from unicodedata import normalize

from hitoe.kinds.card_words import words
from hitoe.kinds.cloze import OPEN
from hitoe.text import CodeSpan, Fence, Text
from hitoe.typography.scripts import ALPHABETS, KANJI, KATAKANA

SPAN = "\ufffc"
"""Replaces code: a name, whose signs are no punctuation."""
SPACES = re.compile(r"(\s)\s+")
"""Of several spaces rules see one: how long they search for what stands between spaces grows with their square."""
ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」|『[^『』]*』")
"""Words in parentheses or quotation marks."""
SCRIPTS = tuple(re.compile(f"[{letters}]") for letters in (f"{KATAKANA}・", KANJI, f"{ALPHABETS}0-9_.%$"))
"""Letters of which a run is one word: katakana, kanji, letters of alphabets and digits."""


@lru_cache(maxsize=256)  # each card of a cloze or a table has the same question
def prose(text: Text) -> str:
    """Return the words of a text in compatibility form (NFKC), with one sign for code and one for spaces."""
    said = "".join(words(text.blocks, lambda node: SPAN if isinstance(node, CodeSpan | Fence) else None))
    return SPACES.sub(r"\1", normalize("NFKC", said)).strip()


@lru_cache(maxsize=256)
def without_asides(text: Text) -> str:
    """Return the words of a text without those in parentheses and quotation marks."""
    return ASIDE.sub("", prose(text))


def occurs(answer: str, text: str) -> bool:
    """Return whether an answer occurs in a text as words of its own, in capitals or small letters."""
    answer, text = _folded(answer), _folded(text)
    if not (answer := answer.strip()):
        return False
    before, after = _script(answer[0]), _script(answer[-1])
    start = text.find(answer)
    while start >= 0:
        end = start + len(answer)
        if not (_is_of(before, text[max(0, start - 1) : start]) or _is_of(after, text[end : end + 1])):
            return True
        start = text.find(answer, start + 1)
    return False


@lru_cache(maxsize=256)  # the same sentence is looked through for each of its blanks
def _folded(text: str) -> str:
    """Return a text in compatibility form (NFKC) and small letters, without open blanks."""
    return normalize("NFKC", text.replace(OPEN, " ")).lower()


def _script(letter: str) -> re.Pattern[str] | None:
    return next((script for script in SCRIPTS if script.match(letter)), None)


def _is_of(script: re.Pattern[str] | None, letter: str) -> bool:
    return script is not None and script.match(letter) is not None
