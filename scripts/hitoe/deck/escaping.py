"""Characters in Anki's fields, written so that Anki shows them and does nothing else with them."""

import re
from unicodedata import normalize

from markupsafe import Markup

SPECIAL = re.compile(r"""[&<>"'{}]|::|\[(?=sound:|anki:|(?i:/?latex\])|\$)|\\(?=[(\[])|\A\u0338""")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def written(text: str) -> Markup:
    """Escape HTML, and what Anki reads in fields: braces (a cloze's), `::` (a hint's), `[sound:`, and mathematics.

    Also U+0338 where a text begins: after the `>` of a tag it would become the sign `≯`.
    """
    text = normalize("NFC", text)
    return Markup(SPECIAL.sub(lambda match: "".join(NAMED.get(sign, f"&#{ord(sign)};") for sign in match[0]), text))


def tag(words: str) -> str:
    """Return a tag that Anki takes as one: it splits tags at spaces of any kind, and names levels without a name."""
    levels = re.sub(r"\s+", "_", words.strip()).split("::")
    return normalize("NFC", "::".join(level for level in levels if level) or ":")
