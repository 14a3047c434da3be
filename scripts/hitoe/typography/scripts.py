"""Scripts as ranges of characters, to be put between the brackets of a regular expression."""

import re

HIRAGANA = "ぁ-ゖ"
KATAKANA = "ァ-ヺー"
"""With the sign that makes a vowel long."""
KANJI = r"々-〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""With the signs that repeat a character, close a letter, and stand for zero."""
ALPHABETS = "A-Za-zªºÀ-ÖØ-öø-ɏͰ-ϿЀ-ԯḀ-ỿ"
"""Latin, Greek and Cyrillic letters."""
BLOCKS = re.compile(rf"[{HIRAGANA}{KATAKANA}{KANJI}\u1100-\u11ff\uac00-\ud7af]")
"""Letters that are a syllable or a word each."""


def in_blocks(text: str) -> bool:
    """Return whether at least half of the letters of a text are a syllable or a word each, as in Japanese."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and 2 * len(BLOCKS.findall(text)) >= letters
