"""Whether a text ends with a mark of its own, so that no question mark or colon belongs behind it."""

import re

from hitoe.text import CodeSpan, Fence, Formula, PictureSpan, Tex, Text

CLOSING = "\\s)\\]}）］｝〕〉》」』】”’\"'»›"
"""What may stand behind a mark and belongs to what is before it: brackets, quotation marks, spaces."""
ENDED = re.compile(rf"[?？!！‽؟.。．｡…‥:：。।][{CLOSING}]*$")
DRAWN = re.compile(r"\]\(|[$\\]")
"""What an author writes who puts a picture or a formula into a text."""
BEHIND = re.compile(rf"[{CLOSING}]")
ENDED_CODE = re.compile(rf"[?？!！][{CLOSING}]*$")
"""In code a period or a colon is part of a name."""

INSTRUCTION = re.compile(
    r"(?:Explain|Describe|Define) |(?:Name|List|State|Give|Write|Draw|Sketch|Show|Find|Calculate|Solve|Prove|Derive"
    r"|Compare|Identify|Translate|Complete|Spell|Say) "
    r"(?:the|an?|all|any|some|both|one|two|three|four|five|how|why|what|\d+) "
)
"""How an English instruction begins; `Name of the river` and `State in the south` are none."""
ASKING = re.compile(
    r"(?:(?:(?:です|ます|でした|ました|でしょう|だろう|何[^、。]{3,8}|.{3}(?:る|た|ない)"
    r"|(?<=[はがもにでち、])(?:どれ|どちら|どこ|だれ|誰|いつ|なぜ|いくら|いくつ|何[^、。]{0,8}))か"
    r"|[せめべえげ]よ|なさい|ください|下さい|(?<=[をに])(?:書け|示せ|解け|直せ)))$"
)
"""How a Japanese question or instruction ends, which takes no 「は?」; いるか, どこか and 雪解け are none."""


def instruction(text: Text) -> bool:
    """Return whether a text asks or instructs in words, so that no 「は?」 and no question mark belongs behind it."""
    return (INSTRUCTION.match(f"{text.plain} ") or ASKING.search(text.plain)) is not None


def ended(text: Text) -> bool:
    """Return whether a text ends with a mark; brackets, quotation marks and pictures behind it are not counted.

    So does a text that ends with a formula on a line of its own: a mark would stand at the end of that line. So do
    pictures without words: it would stand alone.
    """
    shown = text.plain
    if text.raw and not DRAWN.search(text.raw) and not ENDED.search(shown):  # most texts
        return False
    leaves = [node for node in text.walk() if isinstance(node, PictureSpan | Formula) or _shown(node)]
    while leaves and isinstance(picture := leaves[-1], PictureSpan):
        shown = shown.removesuffix(picture.alt).rstrip()
        leaves.pop()
        if not leaves:
            return True
    last = leaves[-1] if leaves else None
    if isinstance(last, Formula) and last.display:
        return True
    if not ENDED.search(shown):
        return False
    in_code = isinstance(last, CodeSpan | Fence)
    return not in_code or ENDED_CODE.search(shown) is not None


def _shown(node: object) -> bool:
    return not isinstance(node, Tex) and bool(BEHIND.sub("", getattr(node, "text", "")))
