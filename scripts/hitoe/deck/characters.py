"""Characters in Anki's fields, written so that Anki shows them and does nothing else with them."""

import re

from markupsafe import Markup

SPECIAL = re.compile(r"""[&<>"'{}]|::|\[(?=sound:|anki:|latex\]|/latex\]|\$)""")
ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "{": "&#123;",
    "}": "&#125;",
    "::": "&#58;&#58;",
    "[": "&#91;",
}


def written(text: str) -> Markup:
    """Escape HTML, braces (a cloze's, a template's), `::` (a hint's) and `[sound:`, which Anki reads in fields."""
    if SPECIAL.search(text) is None:
        return Markup(text)
    return Markup(SPECIAL.sub(lambda match: ENTITIES[match[0]], text))


def tag(words: str) -> str:
    """Return a tag that Anki takes as one: it splits tags at spaces, ideographic ones too."""
    return re.sub(r"[\s\u3000]+", "_", words.strip())
