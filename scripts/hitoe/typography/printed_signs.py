"""What paper shows of characters: 〓 for one that no font has, nothing for one that cannot be seen."""

import re
from collections.abc import Collection
from functools import cache
from unicodedata import bidirectional, category, is_normalized, normalize

from hitoe.typography import fonts

GETA = "〓"
"""What Japanese printers set for a character that they have no type for."""
KEPT = frozenset(
    "\t\n\r\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0f"
)
"""Characters without a glyph that matter: where lines break, which signs are joined, the direction of writing."""
SEPARATORS = "\u2028\u2029"
"""Fonts have them, and Pango ends lines at them; printed as a space, as other white space without a glyph."""
UNSEEN = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|\ufe0f(?!\u20e3)"
)
JOINING = "\u0600-\u1cff\u2190-\u2bff\ua8e0-\uabff\U00010000-\U0001fffd"
"""Characters that may look otherwise where a joiner stands between them: of Arabic and Indic scripts, and emoji."""
STRAY = re.compile(f"(?<![{JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{JOINING}])")
ACCENTED = re.compile(
    "[0-9A-Za-z\xc0-\u02af\u0370-\u052f\u1e00-\u1fff]"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]+"
)
"""A letter or digit with marks that are not one character in Unicode."""


class Signs:
    """Knows what becomes of characters on paper, with the vendored fonts and those of a project."""

    def __init__(self, own: Collection[str] = ()) -> None:
        """`own` has the characters of the project's fonts."""
        self._own = own
        self._plain = set(map(chr, range(32, 127)))
        """Characters that are printed as they are, as far as they have been met."""

    def printed(self, text: str) -> str:
        """Return a text as it is printed."""
        if self._usual(text):
            return text
        shown = "".join(sign if self._known(sign) else " " if sign.isspace() else GETA for sign in _seen(text))
        return STRAY.sub("", shown)  # beside 〓 nothing is joined

    def drawn(self, text: str) -> str:
        """Return a text as it is printed in a figure, where WeasyPrint sets each character by itself."""
        shown = self.printed(text)
        if not any(map(_depends, set(shown))):
            return shown
        return "".join(GETA if len(letter) > 1 or _depends(letter) else letter for letter in _letters(shown))

    def lacking(self, text: str) -> list[str]:
        """Return the characters of a text that no font has, each once."""
        if self._usual(text):
            return []
        return list(dict.fromkeys(sign for sign in _seen(text) if not (self._known(sign) or sign.isspace())))

    def undrawn(self, text: str) -> list[str]:
        """Return the letters of a text, with their marks, that the fonts have and a figure cannot show, each once."""
        letters = _letters(self.printed(text))
        return list(dict.fromkeys(each for each in letters if each != GETA and self.drawn(each) == GETA))

    def _usual(self, text: str) -> bool:
        new = set(text) - self._plain
        self._plain.update(sign for sign in new if self._known(sign) and _seen(sign) == sign)
        return new <= self._plain and is_normalized("NFC", text)

    def _known(self, sign: str) -> bool:
        known = sign in self._plain or sign in KEPT or sign in self._own or fonts.has(sign)
        return known and sign not in SEPARATORS


@cache
def _depends(sign: str) -> bool:
    """Return whether a character cannot stand by itself: a mark, or one of a script written from right to left."""
    return category(sign).startswith("M") or bidirectional(sign) in ("R", "AL", "AN")


def _letters(text: str) -> list[str]:
    """Return the characters of a text, each with the marks after it."""
    letters: list[str] = []
    for sign in text:
        if letters and category(sign).startswith("M"):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _seen(text: str) -> str:
    """Return a text without what cannot be seen, and each letter with its marks as one character if there is one."""
    return STRAY.sub("", UNSEEN.sub("", _composed(text)))


def _composed(text: str) -> str:
    """Return a text in Unicode's form NFC, but with the characters that this form exchanges for others."""
    if is_normalized("NFC", text):
        return text
    single = "".join({sign for sign in text if not is_normalized("NFC", sign)})
    parts = re.split(f"([{re.escape(single)}])", text) if single else [text]
    return "".join(part if len(part) == 1 else normalize("NFC", part) for part in parts)
