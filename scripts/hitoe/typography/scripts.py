"""The Japanese scripts as ranges of characters, to be put between the brackets of a regular expression."""

HIRAGANA = "ぁ-ん"
KATAKANA = "ァ-ヶー"
"""With the sign that makes a vowel long."""
KANJI = "一-龥々"
"""With the sign that repeats a character."""
