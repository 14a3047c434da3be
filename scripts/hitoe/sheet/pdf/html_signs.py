"""The characters of a document as paper shows them: replaced in its HTML, where all texts of a sheet come together.

What stands in attributes stays as written, addresses for instance, and so do the titles for screen readers.
"""

import re
from functools import cache

from hitoe.templating import Templates
from hitoe.typography.signs import ACCENTED, Signs

DRAWN = re.compile(r"(<(?:head|svg)\b.*?</(?:head|svg)>)", re.DOTALL)
"""Parts in which a text can have no elements."""
WORDS = re.compile("(^|>)([^<]+)")


def printed(html: str, signs: Signs) -> str:
    """Return a document with its texts as they are printed; letters with marks are set in a font that has both."""
    if signs.printed(html) == html and not ACCENTED.search(html):
        return html
    parts = DRAWN.split(html)
    parts[::2] = [_texts(part, signs, accented=True) for part in parts[::2]]
    parts[1::2] = [_texts(part, signs, accented=False) for part in parts[1::2]]
    return "".join(parts)


def _texts(html: str, signs: Signs, *, accented: bool) -> str:
    def text(found: re.Match[str]) -> str:
        own = signs.printed(found[2])
        return found[1] + (ACCENTED.sub(lambda letter: _accented(letter[0]), own) if accented else own)

    return WORDS.sub(text, html)


@cache
def _accented(letter: str) -> str:
    return _templates().call("sheet/accented.html.j2", "accented", letter)


@cache
def _templates() -> Templates:
    return Templates("sheet", "en")
