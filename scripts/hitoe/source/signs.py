"""Signs that look like those of YAML and are others, as input methods and web pages bring them; and invisible ones."""

import re
import unicodedata

from hitoe.messages import say

SPACE = r"[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]"
"""A pattern for one space that YAML takes for a letter."""
COLONS = "：﹕∶；;"
"""What is typed where a colon was meant."""
NAMES = {
    "\u00a0": say("a no-break space (U+00A0)"),
    "\u3000": say("a full-width space (U+3000)"),
    "：": say("a full-width colon"),
    "；": say("a full-width semicolon"),
    ";": say("a semicolon"),
    ".": say("a full stop"),
    ")": say("a bracket"),
    "，": say("a full-width comma"),
    "、": say("a Japanese comma"),
    "｛": say("a full-width brace"),
    "｝": say("a full-width brace"),
    "［": say("a full-width bracket"),
    "］": say("a full-width bracket"),
}
PLAIN = {"，": ",", "、": ",", "｛": "{", "｝": "}", "［": "[", "］": "]"}
"""What YAML has in place of a sign between values."""
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, and what is no character."""
QUOTES = "“”‘’„‚«»「」＂＇"
"""Quotes of prose, which YAML takes for letters."""


def named(sign: str) -> str:
    """Return what a sign is called, with an article."""
    return NAMES.get(sign) or (
        say("a special space (U+{number:04X})", number=ord(sign))
        if re.match(SPACE, sign)
        else say("a special sign (U+{number:04X})", number=ord(sign))
    )


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


def invisible(text: str) -> str | None:
    """Return the message about the first control character of a text; None when there is none."""
    hit = INVISIBLE.search(text)
    return say("a control character (U+{number:04X}) stands in the text", number=ord(hit[0])) if hit else None
