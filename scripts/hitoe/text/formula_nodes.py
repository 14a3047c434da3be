"""The nodes of formulas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

COMMAND, MARKUP = re.compile(r"\\[A-Za-z]+|\\."), re.compile(r"[{}^_\s]|\\(?:begin|end|left|right|text)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Tex:
    """A formula, or a part of one, in TeX."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, of Tex and of ClozeSpans, which have Tex in them; `display`: it has a line of its own."""

    children: tuple[Any, ...]
    display: bool

    @property
    def source(self) -> str:
        """The TeX of the whole, clozes filled in."""
        return "".join(tex for tex, _ in self._parts())

    @property
    def asked(self) -> bool:
        """Whether clozes hide parts of it."""
        return not all(isinstance(node, Tex) for node in self.children)

    @property
    def letters(self) -> int:
        """How many letters a reader sees, a command taken for one."""
        return len(COMMAND.sub("x", MARKUP.sub("", self.source)))

    @property
    def marked(self) -> str:
        """The TeX of the whole, what clozes hide in it between LEARN and LEARNT of `formulas`."""
        from hitoe.formulas import LEARN, LEARNT

        return "".join(f"{LEARN}{tex}{LEARNT}" if hidden else tex for tex, hidden in self._parts())

    def _parts(self) -> Iterator[tuple[str, bool]]:
        """Yield the TeX of each part, and whether it is a cloze."""
        for node in self.children:
            if isinstance(node, Tex):
                yield node.text, False
            else:
                yield "".join(tex.text for tex in node.children if isinstance(tex, Tex)), True
