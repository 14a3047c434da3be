"""Characters in Anki's fields, written so that Anki shows them and does nothing else with them."""

import re
from unicodedata import normalize

from markupsafe import Markup

from hitoe.text import ClozeSpan, Formula, Inline, Tex

SPECIAL = re.compile(r"""[&<>"'{}]|::|\[(?=sound:|anki:|(?i:/?latex\])|\$)|\\(?=[(\[])|\A\u0338""")
PAIRS = re.compile(r"[{}:](?=(?<=\{)\{|(?<=\})\}|(?<=:):)|\}$|^(?=:)")
AUDIBLE = re.compile(r"\[(?=sound:|anki:)")
MARKUP = re.compile(r'[&<>"]')
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def written(text: str) -> Markup:
    """Escape HTML, and what Anki reads in fields: braces (a cloze's), `::` (a hint's), `[sound:`, and mathematics.

    Also U+0338 where a text begins: after the `>` of a tag it would become the sign `≯`.
    """
    text = normalize("NFC", text)
    return Markup(SPECIAL.sub(lambda match: "".join(NAMED.get(sign, f"&#{ord(sign)};") for sign in match[0]), text))


def tex(formula: Formula) -> Markup:
    """Write a formula as Anki's MathJax reads it, its clozes as Anki's.

    Anki ends a cloze at the first `}}`, and takes `::` for what precedes a hint; TeX ignores the spaces put into these.
    """
    parts = (
        f"{{{{c{part.number}::{''.join(map(_tex, part.children))}{_hint(part.hint)}}}}}"
        if isinstance(part, ClozeSpan)
        else _tex(part)
        for part in formula.children
    )
    opening, close = (r"\[", r"\]") if formula.display else (r"\(", r"\)")
    return Markup(f"{opening}{''.join(parts)}{close}")


def _tex(part: Inline) -> str:
    assert isinstance(part, Tex)
    apart = PAIRS.sub(r"\g<0> ", part.text)
    return AUDIBLE.sub("[ ", MARKUP.sub(lambda sign: NAMED[sign[0]], apart))


def _hint(hint: str | None) -> str:
    return f"::{written(hint)}" if hint else ""


def tag(words: str) -> str:
    """Return a tag that Anki takes as one: it splits tags at spaces of any kind, and names levels without a name."""
    levels = re.sub(r"\s+", "_", words.strip()).split("::")
    return normalize("NFC", "::".join(level for level in levels if level) or ":")
