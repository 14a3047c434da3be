"""Anki's clozes in a field: what a card shows of them, what it reads aloud, and what is to be typed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from hitoe.kinds.kept_type import CLOZE

MATHJAX = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
TAG_OR_COMMENT = re.compile(r"<!--.*?-->|<(style|script).*?>.*?</\1>|<.*?>", re.DOTALL)
NO_LETTER = re.compile("[\\x00-\\xff](?<![0-9A-Za-z])")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
OCCLUSION = "image-occlusion:"
SHAPE_NAMES = {"oi": "occludeInactive"}
NO_HINT = "..."

Macro = Callable[..., str]
"""Prints a macro of `preview/anki.html.j2`, by its name."""


@dataclass
class ClozeDeletion:
    """A cloze of a field: its `ordinals` as written, and the texts and clozes in it."""

    ordinals: str
    nodes: "list[str | ClozeDeletion]" = field(default_factory=list)

    def asked_by(self, number: int) -> bool:
        """Return whether the card of a cloze number, from 1, asks it."""
        return str(number) in self.ordinals.split(",")

    @property
    def hint(self) -> str | None:
        """What stands after the first `::`."""
        parts = "".join(node for node in self.nodes if isinstance(node, str)).split("::", 1)
        return parts[1] if len(parts) > 1 else None

    @property
    def shown(self) -> "Iterator[str | ClozeDeletion]":
        """The texts and clozes without the hint."""
        for node in self.nodes:
            if isinstance(node, str) and "::" in node and self.hint is not None:
                yield node.split("::", 1)[0]
                return
            yield node

    @property
    def words(self) -> str:
        """All that it hides, without hints."""
        return "".join(node if isinstance(node, str) else node.words for node in self.shown)


def parsed(text: str) -> list[str | ClozeDeletion]:
    """Return the texts and clozes of a field; a cloze that does not end is no part of them, as in Anki."""
    found: list[str | ClozeDeletion] = []
    opened: list[ClozeDeletion] = []
    at = 0
    for token in CLOZE.finditer(text):
        nodes = opened[-1].nodes if opened else found
        if token.start() > at:
            nodes.append(text[at : token.start()])
        at = token.end()
        if token[1]:
            opened.append(ClozeDeletion(token[1]))
        elif opened:
            closed = opened.pop()
            (opened[-1].nodes if opened else found).append(closed)
        else:
            nodes.append(token[0])
    if at < len(text) and not opened:
        found.append(text[at:])
    return found


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


def every(nodes: list[str | ClozeDeletion]) -> Iterator[ClozeDeletion]:
    """Yield all clozes, outer ones before those in them."""
    for node in nodes:
        if isinstance(node, ClozeDeletion):
            yield node
            yield from every(node.nodes)


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
