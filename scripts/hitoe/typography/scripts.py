"""The Japanese scripts as ranges of characters, to be put between the brackets of a regular expression."""

HIRAGANA = "ぁ-ゖ"
KATAKANA = "ァ-ヺー"
"""With the sign that makes a vowel long."""
KANJI = r"々-〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""With the signs that repeat a character, close a letter, and stand for zero."""
