"""The characters of a document as paper shows them: replaced in its HTML, where all texts of a sheet come together.

What stands in attributes stays as written, such as addresses and what screen readers say, unless it is printed.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import unescape

from hitoe.templating import Templates
from hitoe.typography.line_breaking import BREAK
from hitoe.typography.printed_signs import ACCENTED, GETA, Signs
from hitoe.values.language import Language

DRAWN = re.compile(r"(<(?:head|svg)\b.*?</(?:head|svg)>)", re.DOTALL)
"""Parts in which a text can have no elements."""
JAPANESE = re.compile('<html lang="ja[-"]')
WESTERN = re.compile(f"{ACCENTED.pattern}|[§¶±×÷†‡…]+|[♭♯]+")
"""Signs that a font for Japanese makes as wide as a kanji, or that stand higher in it, beside letters with marks."""
BEGIN = re.compile(rf"(<(?:p|td|th|li|div)\b[^>]*>(?:<(?:span|strong|em|b)\b[^>]*>)*){BREAK}")
"""Where a line may end before the first word of a cell or paragraph: a long one would leave an empty line above it."""
WORDS = re.compile("(^|>)([^<]+)")
REFERENCE = re.compile(r"&#(?:[xX]0*[0-9a-fA-F]{3,6}|0*[0-9]{4,7});")
"""A reference to a character by its number, but none to a sign of XML."""
HEADS = re.compile('(?<= data-part=")[^"]+|(?<= data-version=")[^"]+')
"""What is printed in the margin of the worksheet."""


def printed(html: str, signs: Signs) -> str:
    """Return a document with its texts as they are printed; letters with marks are set in a font that has both.

    Where the document is not in Japanese, so are signs that are narrower in a font for Latin.
    """
    html = BEGIN.sub(r"\1", html)
    special = ACCENTED if JAPANESE.search(html) else WESTERN
    if signs.drawn(html) == html and (special is ACCENTED or not special.search(html)):
        return html
    parts = DRAWN.split(html)
    parts[::2] = [_texts(part, lambda text: _set_apart(special, signs.printed(text)), signs) for part in parts[::2]]
    parts[1::2] = [_texts(part, signs.drawn, signs) for part in parts[1::2]]
    return "".join(parts)


def without(svg: bytes, lacking: Sequence[str]) -> bytes:
    """Return the file of an SVG in UTF-8 with 〓 for characters that no font has."""
    try:
        words = REFERENCE.sub(lambda found: unescape(found[0]), svg.decode())
    except UnicodeDecodeError:
        return svg
    return words.translate(dict.fromkeys(map(ord, lacking), GETA)).encode()


def _texts(html: str, shown: Callable[[str], str], signs: Signs) -> str:
    def text(found: re.Match[str]) -> str:
        return found[1] + shown(found[2])

    return HEADS.sub(lambda head: signs.printed(head[0]), WORDS.sub(text, html))


def _set_apart(special: re.Pattern[str], text: str) -> str:
    return special.sub(lambda letter: _templates().call("sheet/accented.html.j2", "accented", letter[0]), text)


@cache
def _templates() -> Templates:
    return Templates("sheet", Language("en"))
