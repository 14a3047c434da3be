"""Keys that are suggested for titles."""

import re
from collections.abc import Container
from itertools import count
from unicodedata import combining, normalize

LONGEST = 40
WORD = re.compile(r"[a-z0-9]+")


def slug(title: str) -> str:
    """Return the words of a title that ASCII can write, joined with '-'; empty if they hardly say anything."""
    plain = "".join(sign for sign in normalize("NFKD", title.lower()) if not combining(sign))
    joined = ""
    for word in WORD.findall(plain.replace("'", "").replace("’", "")):
        if len(joined) + len(word) < LONGEST:
            joined += f"-{word}" if joined else word
    return joined if len(re.findall("[a-z]", joined)) > 1 else ""


def unused(title: str, generic: str, taken: Container[str]) -> str:
    """Return a key for a title that is not taken; `generic` with a number where the title has no ASCII words."""
    name = slug(title)
    numbered = (f"{name or generic}-{number}" for number in count(2 if name else 1))
    return name if name and name not in taken else next(key for key in numbered if key not in taken)
