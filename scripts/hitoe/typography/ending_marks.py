"""Whether a text ends with a mark of its own, so that no question mark or colon belongs behind it."""

import re

from hitoe.text import CodeSpan, Fence, Text

CLOSING = "\\s)\\]}）］｝〕〉》」』】”’\"'»›"
"""What may stand behind a mark and belongs to what is before it: brackets, quotation marks, spaces."""
ENDED = re.compile(rf"[?？!！‽؟.。．｡…‥:：。।][{CLOSING}]*$")
ENDED_CODE = re.compile(rf"[?？!！][{CLOSING}]*$")
"""In code a period or a colon is part of a name."""


def ended(text: Text) -> bool:
    """Return whether a text ends with a mark, brackets and quotation marks behind it not counted."""
    if not ENDED.search(text.plain):
        return False
    leaves = [node for node in text.walk() if re.sub(rf"[{CLOSING}]", "", getattr(node, "text", ""))]
    in_code = bool(leaves) and isinstance(leaves[-1], CodeSpan | Fence)
    return not in_code or ENDED_CODE.search(text.plain) is not None
