"""The parts a text is made of. Every node names its `kind`, by which templates choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters that mean themselves."""

    kind: ClassVar[str] = "plain"
    text: str


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code span; its text is literal."""

    kind: ClassVar[str] = "code"
    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line end inside a paragraph; `space` says whether the words around it need one (Japanese does not)."""

    kind: ClassVar[str] = "break"
    space: bool


@dataclass(frozen=True, slots=True)
class Strong:
    """**Important** words: on the sheet the part of an answer that is set in colour."""

    kind: ClassVar[str] = "strong"
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `url`."""

    kind: ClassVar[str] = "link"
    children: tuple["Inline", ...]
    url: str


@dataclass(frozen=True, slots=True)
class ClozeSpan:
    """A blank: `number` from 1, the answer, and the hint shown in its place (None: dots)."""

    kind: ClassVar[str] = "cloze"
    number: int
    children: tuple["Inline", ...]
    hint: str | None


Inline = Plain | CodeSpan | Break | Strong | Link | ClozeSpan


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of inline nodes."""

    kind: ClassVar[str] = "paragraph"
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list; each item is a tuple of blocks."""

    kind: ClassVar[str] = "bullets"
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """An ordered list that counts from `start`; each item is a tuple of blocks."""

    kind: ClassVar[str] = "numbers"
    items: tuple[tuple["Block", ...], ...]
    start: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code in `language` ("" if unnamed); its text is literal and ends without a line end."""

    kind: ClassVar[str] = "fence"
    text: str
    language: str


Block = Paragraph | Bullets | Numbers | Fence


@dataclass(frozen=True)
class Text:
    """A whole text: `raw` as the author wrote it, `blocks` as it was understood."""

    raw: str
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, characters: str) -> "Text":
        """Return characters that mean themselves as a text."""
        return cls(characters, (Paragraph((Plain(characters),)),))

    @classmethod
    def of_nodes(cls, nodes: tuple[Inline, ...]) -> "Text":
        """Return inline nodes as a text of one paragraph."""
        return cls("", (Paragraph(nodes),))

    def __hash__(self) -> int:
        return hash(self.raw)

    @cached_property
    def inline(self) -> tuple[Inline, ...] | None:
        """The inline nodes of a text that is one paragraph; None for a text of several blocks."""
        match self.blocks:
            case (Paragraph(children),):
                return children
            case _:
                return None

    @cached_property
    def plain(self) -> str:
        """The characters a reader sees, clozes filled in, one line."""
        return "".join(_plain(self.blocks)).strip()

    def walk(self) -> Iterator[Inline | Block]:
        """Yield every node, parents first, in reading order."""
        return _walk(self.blocks)

    @cached_property
    def clozes(self) -> tuple[ClozeSpan, ...]:
        """Every cloze, outer before inner, in reading order."""
        return tuple(node for node in self.walk() if isinstance(node, ClozeSpan))

    @cached_property
    def emphasised(self) -> bool:
        """Whether some words are strong."""
        return any(isinstance(node, Strong) for node in self.walk())


def _walk(nodes: tuple[Inline | Block, ...]) -> Iterator[Inline | Block]:
    for node in nodes:
        yield node
        match node:
            case Bullets(items=items) | Numbers(items=items):
                for item in items:
                    yield from _walk(item)
            case Strong(children=children) | Link(children=children) | ClozeSpan(children=children):
                yield from _walk(children)
            case Paragraph(children=children):
                yield from _walk(children)
            case _:
                pass


def _plain(nodes: tuple[Inline | Block, ...]) -> Iterator[str]:
    for node in _walk(nodes):
        match node:
            case Plain(text) | CodeSpan(text):
                yield text
            case Fence(text=text):
                yield f" {text} "
            case Break(space):
                yield " " if space else ""
            case Paragraph():
                yield " "
            case _:
                pass
