"""Reads what HTML has in a `pre` element: a block of code, which has lines of characters only."""

from collections.abc import Callable, Mapping

from hitoe.importing import word_formats
from hitoe.importing.word_formats import APART, CELL, CELL_BORDER, LINES, LISTS
from hitoe.messages import say
from hitoe.text import Block, Fence, TextError
from hitoe.text.code_blanks import read as with_blanks

TOLD = {"sub", "sup", "a"}
"""Elements whose meaning gets lost in code; most others, as those of letters, only show its syntax."""


class CodeReader:
    """Takes tags and characters one after the other; `pictures` (their attributes) shall follow the code."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.pictures: list[Mapping[str, str]] = []
        self._tell = tell
        self._parts: list[str] = []

    def begin(self, tag: str, values: Mapping[str, str]) -> None:
        """Take an opening tag with its attributes."""
        if tag == "br":
            self.add("\n")
        elif tag == "img":
            self.pictures.append(values)
        elif tag in CELL and self._parts and not self._parts[-1].endswith("\n"):
            self.add(CELL_BORDER)
        else:
            self.end(tag)
            lost = [say("markup: {tag}", tag=tag)] if tag in TOLD else word_formats.lost(tag, {})
            for sentence in lost:
                self._tell(sentence)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if tag in APART | LINES | LISTS | {"li", "pre"} and self._parts and not self._parts[-1].endswith("\n"):
            self.add("\n")

    def add(self, text: str) -> None:
        """Take characters."""
        self._parts.append(text)

    def block(self, *, cloze: bool) -> Block | None:
        """Return the block of code, with its blanks if it can have some; None without a character in it."""
        text = "".join(self._parts).replace("\xa0", " ").expandtabs(4).strip("\n").rstrip()
        if not text.strip():
            return None
        fences: tuple[Block, ...] = (Fence(text, ""),)
        if cloze:
            try:
                fences = with_blanks(fences)
            except TextError as error:
                self._tell(say("blank in code: {error}", error=error))
                fences = (Fence(text.replace("{{", "{ {"), ""),)
        return fences[0]
