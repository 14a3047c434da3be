"""What elements and styles of HTML mean for words, and which of them have no counterpart."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from hitoe.importing.inline_tree import ABOVE, BELOW, CODE, EMPHASIS, LINK, STRONG
from hitoe.messages import say

APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table", "dl", "figure"}
"""Elements with a margin above and below: a paragraph of their own."""
LINES = {"div", "tr", "section", "article", "header", "footer", "dt", "dd", "caption", "center", "figcaption"}
LISTS = {"ul", "ol"}
CELL, CELL_BORDER = {"td", "th"}, " | "
ELEMENTS = {
    **dict.fromkeys(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"), STRONG),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), EMPHASIS),
    **dict.fromkeys(("code", "kbd", "tt", "samp", "pre"), CODE),
    "sub": BELOW,
    "sup": ABOVE,
}
STYLES = (
    (re.compile(r"font-weight:\s*(?:bold|[6-9]00)"), STRONG),
    (re.compile(r"font-style:\s*(?:italic|oblique)"), EMPHASIS),
    (re.compile(r"vertical-align:\s*sub"), BELOW),
    (re.compile(r"vertical-align:\s*super"), ABOVE),
)
NOT_BOLD = re.compile(r"font-weight: ?normal|font-weight: 400")
LOST = {
    **dict.fromkeys(("u", "ins"), say("underlined")),
    **dict.fromkeys(("s", "del", "strike"), say("struck through")),
    "mark": say("highlighted"),
    "table": say("table: its rows are lines"),
    "blockquote": say("quotation: it is a paragraph"),
    "hr": say("horizontal line"),
    "video": say("video"),
    "audio": say("audio element"),
    "iframe": say("embedded page"),
    "svg": say("drawing in the text"),
    "input": say("form"),
}
LOST_STYLES = (
    (re.compile(r"(?<![-\w])color:"), say("colour")),
    (
        re.compile(r"background(?:-color)?:\s*(?!transparent|none|initial|inherit|white|rgba\(0, 0, 0, 0\))"),
        say("background colour"),
    ),
    (re.compile(r"text-decoration[^;]*:\s*[^;]*underline"), say("underlined")),
    (re.compile(r"text-decoration[^;]*:\s*[^;]*line-through"), say("struck through")),
    (re.compile(r"display:\s*none"), say("hidden words: they are shown")),
    (re.compile(r"text-align:\s*(?:center|right|end)"), say("alignment")),
    (re.compile(r"font-size:"), say("size of letters")),
)


def of(tag: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """Return the formats that an element gives to its words."""
    style = attributes.get("style", "")
    found = {format_ for pattern, format_ in STYLES if pattern.search(style)}
    if tag in ELEMENTS:
        found.add(ELEMENTS[tag])
    if NOT_BOLD.search(style):
        found.discard(STRONG)
    if tag == "a" and is_address(attributes.get("href", "")):
        found.add(LINK + attributes["href"].strip())
    return frozenset(found)


def lost(tag: str, attributes: Mapping[str, str]) -> list[str]:
    """Return what gets lost of an element."""
    style = attributes.get("style", "")
    found: list[str] = [what for pattern, what in LOST_STYLES if pattern.search(style)]
    if tag in LOST:
        found.append(LOST[tag])
    if tag == "font" and attributes.get("color"):
        found.append(say("colour"))
    if tag == "a" and attributes.get("href") and not is_address(attributes["href"]):
        found.append(say("link: {address}", address=attributes["href"]))
    return found


def is_address(address: str) -> bool:
    """Return whether a link leads to the web or is one to write a mail."""
    try:
        parts = urlsplit(address.strip())
        return parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        return False
