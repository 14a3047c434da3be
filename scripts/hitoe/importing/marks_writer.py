"""Writes nodes as an author would, and reads every text back: it must mean the nodes that it was written from.

Signs are escaped only where the parser would take them for marks, or `check` would warn of them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from hitoe.importing.fewer_marks import STEPS, unlisted, without
from hitoe.importing.inline_tree import merged
from hitoe.messages import say
from hitoe.text import (
    Block,
    Break,
    Bullets,
    ClozeSpan,
    CodeSpan,
    Emphasis,
    Fence,
    Formula,
    Inline,
    Link,
    Numbers,
    Paragraph,
    PictureSpan,
    Plain,
    SoundSpan,
    Strong,
    Sub,
    Sup,
    Tex,
    notations,
)
from hitoe.text.parse import near_misses, parse
from hitoe.text.rewriting import mapped

ESCAPED = {
    "marks": re.compile(r"[*`]"),
    "scripts": re.compile(r"[~^]"),
    "brackets": re.compile(r"\]"),
    "braces": re.compile(r"[{}]"),
    "dollars": re.compile(r"\$"),
    "backslashes": re.compile(r"\\"),
    "tags": re.compile(r"<(?=[A-Za-z/!])"),
    "entities": re.compile(r"&(?=[#A-Za-z])"),
    "lines": re.compile(r"(?<![^\W_])_|_(?![^\W_])"),
    "equals": re.compile(r"=(?==)"),
    "colons": re.compile(r":(?=:)"),
}
"""Classes of signs that can be marks, each with its pattern; a backslash before them makes them characters."""
SUSPECT = {
    "marks": re.compile(r"\*.*\*|`.*`", re.DOTALL),
    "scripts": re.compile(r"([~^]).*\1", re.DOTALL),
    "brackets": re.compile(r"\]\(|\[(?:sound|latex|\$|[ xX]\])"),
    "braces": re.compile(r"\{\{|\}\}"),
    "dollars": re.compile(r"\$.*\$", re.DOTALL),
    "backslashes": re.compile(r"\\[!-/:-@\[-`{-~]"),
    "tags": re.compile(r"<[a-z/]"),
    "entities": re.compile(r"&#?\w+;"),
    "lines": re.compile(r"_.*_", re.DOTALL),
    "equals": re.compile(r"==.*==", re.DOTALL),
    "starts": re.compile(r"^(?:[-+*]|[0-9]+[.)]|#+) |^>", re.MULTILINE),
}
"""Where signs of a class are probably read as marks, or told as such: these are escaped first."""
LINE_STARTS = (
    (re.compile(r"^(?=[-+](?: |$)|\*(?: |$)|~~~|#+ |>)", re.MULTILINE), r"\\"),
    (re.compile(r"^([0-9]{1,9})(?=[.)](?: |$))", re.MULTILINE), r"\1\\"),
)
"""What begins a list, a block of code, or a heading or quote of other Markdown, at the beginning of a line."""
MARKS = re.compile(r"[`*~^\\\[\]{}$]|(?m:^[-+]|^[0-9]+[.)])")
"""What a text has that is read as anything but characters, paragraphs and line ends."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes texts; `math`: they have formulas, `cloze`: they have blanks."""

    math: bool = False
    cloze: bool = False

    def write(self, blocks: Sequence[Block], tell: Callable[[str], None]) -> str:
        """Return the text of some nodes, empty if they show nothing; `tell` is called for what it cannot have."""
        blocks = unlisted(blocks)
        for dropped, what in STEPS:
            kept = tuple(without(block, dropped) for block in blocks) if dropped else tuple(blocks)
            if (text := self._faithful(kept)) is not None:
                if what:
                    tell(what)
                return text
        tell(say("text: it cannot be written"))
        return ""

    def _faithful(self, blocks: Sequence[Block]) -> str | None:
        """Return a text that is read as these nodes; None if there is none."""
        meant = _normal_all(blocks)
        written = _written(blocks, frozenset())
        if (doubts := self._doubts(written, meant)) == 0:
            return written
        likely = frozenset(name for name, pattern in SUSPECT.items() if pattern.search(written))
        if self._doubts(best := _written(blocks, likely), meant) == 0:
            return best
        return self._least_escaped(blocks, meant) or (None if doubts is None else written)

    def _least_escaped(self, blocks: Sequence[Block], meant: tuple[Any, ...]) -> str | None:
        """Return a text with as few classes of signs escaped as possible; None if it is not read as what is meant."""
        escaped = frozenset(ESCAPED) | {"starts"}
        best = _written(blocks, escaped)
        fewest = self._doubts(best, meant)
        if fewest is None:
            return None
        for name in sorted(escaped):
            shorter = _written(blocks, escaped - {name})
            if shorter == best:
                continue
            doubts = self._doubts(shorter, meant)
            if doubts is not None and doubts <= fewest:
                best, escaped = shorter, escaped - {name}
        return best

    def _doubts(self, text: str, meant: tuple[Any, ...]) -> int | None:
        """Return how many warnings a text has; None if it is not read as what is meant."""
        if MARKS.search(text):  # others are read as they are
            try:
                read = parse(text, math=self.math, code=self.cloze)
            except ValueError:
                return None
            if _normal_all(read.blocks) != meant or (self.cloze and near_misses(read)):
                return None
        return len(list(notations.told(text, math=self.math)))


@cache
def _pattern(escaped: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(ESCAPED[name].pattern for name in ESCAPED if name in escaped) or r"(?!)")


def _written(blocks: Sequence[Block], escaped: frozenset[str]) -> str:
    pattern = _pattern(escaped)

    def escape(text: str) -> str:
        return pattern.sub(r"\\\g<0>", text)

    def starts(line: str) -> str:
        for start, instead in LINE_STARTS if "starts" in escaped else ():
            line = start.sub(instead, line)
        return line

    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and "\n" not in (line := _inline(blocks[0], escape)):
        return line
    return f"{_blocks(blocks, escape, starts)}\n" if blocks else ""


def _blocks(blocks: Sequence[Block], escape: Callable[[str], str], starts: Callable[[str], str]) -> str:
    found = ""
    for number, block in enumerate(blocks):
        listed = isinstance(block, Bullets) or (isinstance(block, Numbers) and block.start == 1)
        if number:
            found += "\n" if listed and isinstance(blocks[number - 1], Paragraph) else "\n\n"
        match block:
            case Paragraph():
                found += starts(_inline(block, escape))
            case Fence(text, language):
                ticks = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
                found += f"{ticks}{language}\n{_fence(block)}\n{ticks}"
            case Bullets(items) | Numbers(items):
                first = block.start if isinstance(block, Numbers) else None
                signs = ["- " if first is None else f"{first + i}. " for i in range(len(items))]
                lines = (_indented(s, _blocks(item, escape, starts)) for s, item in zip(signs, items, strict=True))
                found += "\n".join(lines)
    return found


def _indented(sign: str, text: str) -> str:
    return sign + re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), text)


def _fence(fence: Fence) -> str:
    if not fence.children:
        return fence.text
    return "".join(
        f"{{{{c{part.number}::{''.join(getattr(each, 'text', '') for each in part.children)}}}}}"
        if isinstance(part, ClozeSpan)
        else part.text
        for part in fence.children
    )


def _inline(node: Any, escape: Callable[[str], str]) -> str:
    """Return the inline nodes in a node as they are written."""
    return "".join(_mark(child, escape) for child in node.children)


def _mark(node: Inline, escape: Callable[[str], str]) -> str:
    match node:
        case Plain(text):
            return escape(text)
        case CodeSpan(text):
            ticks = "`" * (1 + max(map(len, re.findall(r"`+", text)), default=0))
            space = " " if "`" in (text[0], text[-1]) or (text[0] == text[-1] == " " and text.strip()) else ""
            return f"{ticks}{space}{text}{space}{ticks}"
        case Sub(text):
            return f"~{text}~"
        case Sup(text):
            return f"^{text}^"
        case Break():
            return "\n"
        case PictureSpan(file, alt) | SoundSpan(file, alt):
            return f"![{alt}]({file})"
        case Link(_, url):
            return f"[{_inline(node, escape)}]({re.sub('[()<> ]', lambda sign: f'%{ord(sign[0]):02X}', url)})"
        case Strong():
            return f"**{_inline(node, escape)}**"
        case Emphasis():
            return f"*{_inline(node, escape)}*"
        case ClozeSpan(number, _, hint):
            return f"{{{{c{number}::{_inline(node, escape)}{'::' + hint if hint else ''}}}}}"
        case Formula(display=display):
            tex = _inline(node, escape)
            return f"\\[{tex}\\]" if display else f"\\({tex}\\)"
        case Tex(text):
            return text


def _normal_all(nodes: Iterable[Any]) -> tuple[Any, ...]:
    """Return nodes in a form in which those that mean the same are equal."""
    return merged([_normal(node) for node in nodes])


def _normal(node: Any) -> Any:
    match node:
        case Break():
            return Break(True)
        case Plain(text) if type(node) is not Plain:
            return Plain(text)
        case Link(children, url):
            return Link(_normal_all(children), unquote(url))
        case Fence(text, language):
            return (text, language, _fence(node))
        case _:
            return mapped(node, _normal_all)
