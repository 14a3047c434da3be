"""The clozes in a field of Anki, as Anki itself reads them (rslib/src/cloze.rs)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(r"\{\{c(\d+(?:,\d+)*)::|\}\}")
"""The beginning of a cloze, with its numbers, or the end of one."""


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
    """Return the texts and clozes of a field; a cloze that does not end is no part of them, with all that is in it."""
    found: list[str | ClozeDeletion] = []
    opened: list[ClozeDeletion] = []
    at = 0
    for token in TOKEN.finditer(text):
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


def every(nodes: Sequence[str | ClozeDeletion]) -> Iterator[ClozeDeletion]:
    """Yield all clozes, outer ones before those in them."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ClozeDeletion):
            yield node
            waiting += reversed(node.nodes)
