"""Anki's clozes in a field: what a card shows of them, what it reads aloud, and what is to be typed."""

import re
from collections.abc import Callable

from markupsafe import Markup

from hitoe.kinds.anki_clozes import ClozeDeletion, every, parsed

MATHJAX = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
TAG_OR_COMMENT = re.compile(r"<!--.*?-->|<(style|script).*?>.*?</\1>|<.*?>", re.DOTALL)
NO_LETTER = re.compile("[\\x00-\\xff](?<![0-9A-Za-z])")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
OCCLUSION = "image-occlusion:"
SHAPE_NAMES = {"oi": "occludeInactive"}
NO_HINT = "..."

Macro = Callable[..., str]
"""Prints a macro of `preview/anki.html.j2`, by its name."""


def revealed(text: str, number: int, question: bool, macro: Macro) -> str:
    """Return a field as the card of a cloze number shows it; nothing if the field has no such cloze."""
    nodes = parsed(text)
    if not any(cloze.asked_by(number) for cloze in every(nodes)):
        return ""
    shown = "".join(_revealed(node, number, question, macro) for node in nodes)
    return MATHJAX.sub(lambda formula: TAG_OR_COMMENT.sub("", formula[0]), shown)


def only(text: str, number: int, question: bool) -> list[str]:
    """Return what each cloze of a number hides, or on the question its hint."""
    asked = (cloze for cloze in every(parsed(text)) if cloze.asked_by(number))
    return [(NO_HINT if cloze.hint is None else cloze.hint) if question else cloze.words for cloze in asked]


def to_type(text: str, number: int) -> str:
    """Return what is to be typed for a cloze number: the same answer is typed once."""
    words = only(text, number, question=False)
    return words[0] if len(set(words)) == 1 else ", ".join(words)


def _revealed(node: str | ClozeDeletion, number: int, question: bool, macro: Macro) -> str:
    if isinstance(node, str):
        return node
    active = node.asked_by(number)
    if node.words.startswith(OCCLUSION):
        name = ("cloze" if question else "cloze-highlight") if active else "cloze-inactive"
        return macro("shape", name, node.ordinals, _shape(node.words))
    inner = "".join(_revealed(each, number, question, macro) for each in node.shown)
    if active and question:
        hint = Markup(f"[{NO_HINT if node.hint is None else node.hint}]")
        return macro("cloze", "cloze", node.ordinals, _attribute(inner), hint)
    return macro("cloze", "cloze" if active else "cloze-inactive", node.ordinals, None, Markup(inner))


def _shape(words: str) -> list[tuple[str, str]]:
    """Return the names and values of a covered region."""
    shape, *sides = words.removeprefix(OCCLUSION).split(":")
    pairs = (side.partition("=")[::2] for side in sides)
    return [("shape", shape), *((SHAPE_NAMES.get(name, name), value) for name, value in pairs)]


def _attribute(text: str) -> Markup:
    """Escape a value as Anki does."""
    return Markup(NO_LETTER.sub(lambda sign: NAMED.get(sign[0], f"&#x{ord(sign[0]):X};"), text))
