"""Texts as rules about wording read them."""

import re
from unicodedata import normalize

from hitoe.kinds.card_words import words
from hitoe.kinds.cloze import OPEN
from hitoe.text import CodeSpan, Fence, Text
from hitoe.typography.scripts import ALPHABETS, KANJI, KATAKANA

SPAN = "\ufffc"
"""Replaces code: a name, whose signs are no punctuation."""
ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」|『[^『』]*』")
"""Words in parentheses or quotation marks."""
SCRIPTS = (f"{KATAKANA}・", KANJI, f"{ALPHABETS}0-9_.%$")
"""Letters of which a run is one word: katakana, kanji, letters of alphabets and digits."""


def prose(text: Text) -> str:
    """Return the words of a text in compatibility form (NFKC), with one sign for each piece of code."""
    return normalize(
        "NFKC", "".join(words(text.blocks, lambda node: SPAN if isinstance(node, CodeSpan | Fence) else None))
    ).strip()


def without_asides(text: Text) -> str:
    """Return the words of a text without those in parentheses and quotation marks."""
    return ASIDE.sub("", prose(text))


def occurs(answer: str, text: str) -> bool:
    """Return whether an answer occurs in a text as words of its own."""
    answer, text = normalize("NFKC", answer).strip(), normalize("NFKC", text)
    # To compile a pattern for each answer takes most of the time of `check`, and few answers stand anywhere.
    if not answer or answer.casefold() not in text.replace(OPEN, " ").casefold():
        return False
    before, after = (_script(letter) for letter in (answer[0], answer[-1]))
    ahead = f"(?<![{before}])" if before else ""
    behind = f"(?![{after}])" if after else ""
    return re.search(f"{ahead}{re.escape(answer)}{behind}", text.replace(OPEN, " "), re.IGNORECASE) is not None


def _script(letter: str) -> str:
    return next((script for script in SCRIPTS if re.match(f"[{script}]", letter)), "")
