"""Signs that look like those of YAML and are others, as input methods and web pages bring them."""

import re
import unicodedata

SPACE = r"[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]"
"""A pattern for one space that YAML takes for a letter."""
COLONS = "：﹕∶；;"
"""What is typed where a colon was meant."""
NAMES = {
    "\u00a0": "a no-break space (U+00A0)",
    "\u3000": "a full-width space (U+3000)",
    "：": "a full-width colon",
    "；": "a full-width semicolon",
    ";": "a semicolon",
    ".": "a full stop",
    ")": "a bracket",
    "，": "a full-width comma",
    "、": "a Japanese comma",
    "｛": "a full-width brace",
    "｝": "a full-width brace",
    "［": "a full-width bracket",
    "］": "a full-width bracket",
}
PLAIN = {"，": ",", "、": ",", "｛": "{", "｝": "}", "［": "[", "］": "]"}
"""What YAML has in place of a sign between values."""
QUOTES = "“”‘’„‚«»「」＂＇"
"""Quotes of prose, which YAML takes for letters."""


def named(sign: str) -> str:
    """Return what a sign is called, with an article."""
    return NAMES.get(sign) or f"a special {'space' if re.match(SPACE, sign) else 'sign'} (U+{ord(sign):04X})"


def special_space(text: str) -> str | None:
    """Return the name of the first space in a text that YAML takes for a letter; None if there is none."""
    found = re.search(SPACE, text)
    return found and named(found[0])


def plain_spaces(indent: str) -> str:
    """Return an indentation of any spaces as one of plain spaces, about as wide."""
    return "".join("  " if sign == "\u3000" else " " for sign in indent)


def plain(text: str) -> str:
    """Return a text with the ordinary form of its full-width letters, digits and spaces, and without outer quotes."""
    return unicodedata.normalize("NFKC", text.replace("\u200b", "")).strip(f" {QUOTES}\"'")
