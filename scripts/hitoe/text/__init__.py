"""The author's Markdown as a tree of nodes: parsed once, rendered for the card, the sheet and the log.

This package alone knows markdown-it. Each class of nodes has a macro of its name in `nodes.html.j2`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from hitoe.messages import WrongValueError
from hitoe.text.formula_nodes import Formula as Formula
from hitoe.text.formula_nodes import Tex as Tex

CLOZE_START = re.compile(r"\{\{c([0-9]+)::")
LETTERS = "0123456789+-−()"
BELOW, ABOVE = str.maketrans(LETTERS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"), str.maketrans(LETTERS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
"""The characters that Unicode has below and above the line, for where there is no markup."""
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")
"""How the names of picture files end."""
SOUNDS = (".mp3", ".ogg", ".wav", ".m4a", ".opus", ".flac")
"""How the names of sound files end."""
NOTE = "♪"
"""Stands for a sound on paper."""


class TextError(WrongValueError):
    """A text that cannot mean what its author meant; the message says how to correct it."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters that mean themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code span; its text is literal."""

    text: str


@dataclass(frozen=True, slots=True)
class Sub:
    """Letters below the line, as in H₂O."""

    text: str


@dataclass(frozen=True, slots=True)
class Sup:
    """Letters above the line, as in x²."""

    text: str


@dataclass(frozen=True, slots=True)
class PictureSpan:
    """A picture in the content folder, and what it shows in words, empty if its author did not say."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class SoundSpan:
    """A sound in the content folder, and what it is in words."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line end inside a paragraph; `space`: on one line, the words around it need a space (Japanese does not)."""

    space: bool


@dataclass(frozen=True, slots=True)
class Emphasis:
    """*Other* words: names of species, titles, foreign words. Unlike strong words they are no answer."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """**Important** words: on the sheet the part of an answer that is printed in colour."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `url`."""

    children: tuple["Inline", ...]
    url: str


@dataclass(frozen=True, slots=True)
class ClozeSpan:
    """A blank: `number` from 1, the answer, and the hint shown in its place (None: dots)."""

    number: int
    children: tuple["Inline", ...]
    hint: str | None


Leaf = Plain | CodeSpan | Sub | Sup | PictureSpan | SoundSpan | Tex | Break
Inline = Leaf | Formula | Emphasis | Strong | Link | ClozeSpan


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of inline nodes."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list; each item is a tuple of blocks."""

    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """An ordered list that counts from `start`; each item is a tuple of blocks."""

    items: tuple[tuple["Block", ...], ...]
    start: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code in `language` ("" if unnamed); its text is literal and ends without a line end.

    Where it has blanks, `text` has their answers, and `children` are the blanks and the code between them.
    """

    text: str
    language: str
    children: tuple[CodeSpan | ClozeSpan, ...] = ()


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
        return hash(self.raw or self.blocks)

    @property
    def inline(self) -> tuple[Inline, ...] | None:
        """The inline nodes of a text that is one paragraph; None for a text of several blocks."""
        block = self.blocks[0] if len(self.blocks) == 1 else None
        return block.children if isinstance(block, Paragraph) else None

    @cached_property
    def plain(self) -> str:
        """The characters a reader sees, clozes filled in, one line."""
        match self.inline:
            case (Plain(words),):  # most texts
                return words.strip()
        return "".join(map(_plain, self.walk())).strip()

    @property
    def lines(self) -> list[str]:
        """The characters a reader sees of a paragraph, line by line."""
        return "".join("\n" if isinstance(node, Break) else _plain(node) for node in self.walk()).strip().split("\n")

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

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every formula, in reading order."""
        return tuple(node for node in self.walk() if isinstance(node, Formula))

    @property
    def media(self) -> tuple[PictureSpan | SoundSpan, ...]:
        """Every picture and sound, in reading order."""
        if self.raw and "](" not in self.raw:  # almost all texts
            return ()
        return tuple(node for node in self.walk() if isinstance(node, PictureSpan | SoundSpan))


def _walk(nodes: Iterable[Inline | Block]) -> Iterator[Inline | Block]:
    for node in nodes:
        yield node
        if isinstance(node, Bullets | Numbers):
            for item in node.items:
                yield from _walk(item)
        elif isinstance(node, Formula | Emphasis | Strong | Link | ClozeSpan | Paragraph):
            yield from _walk(node.children)
        elif isinstance(node, Fence):  # its text has the characters of all children
            yield from (child for child in node.children if isinstance(child, ClozeSpan))


def _plain(node: Inline | Block) -> str:
    match node:
        case Plain(text) | CodeSpan(text) | Tex(text):
            return text
        case Fence(text=text):
            return f" {text} "
        case Sub(text):
            return text if set(text) - set(LETTERS) else text.translate(BELOW)
        case Sup(text):
            return f"^{text}" if set(text) - set(LETTERS) else text.translate(ABOVE)
        case PictureSpan(alt=alt):
            return alt
        case Paragraph() | Break(True):
            return " "
        case _:
            return ""
