"""Texts as Markdown source that a CommonMark reader shows with the same characters.

Every list is indented by four spaces a level, which nests in all Markdown readers.
"""

import re
from collections.abc import Iterable, Sequence

from hitoe.log import inlines
from hitoe.log.dialects import Dialect
from hitoe.text import Block, Bullets, CodeSpan, Fence, Inline, Numbers, Paragraph, Plain, Text

INDENT = 4
FENCE = "```"
OPENS_BLOCK = re.compile(r"- |[0-9]+\. |`{3}")
"""How a list or a fence begins; a paragraph never does, but for harmless code spans."""
INTERRUPTS = re.compile(r"- |1\. |`{3}")
"""How those begin that end a paragraph without a blank line, which would spread the items of a list."""
START = re.compile(r"(?=[#>]|[-+](?:\s|$)|-[- ]*$)|[0-9]{1,9}(?=[.)](?:\s|$))")
"""The beginning of a line, up to the sign that would make a heading, a quotation, a list or a rule of it."""


class Writer:
    """Writes texts for one dialect of Markdown."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def line(self, text: Text) -> str:
        """Return a text on one line, which stands after other words."""
        return self._inline(flat(text))

    def characters(self, characters: str) -> str:
        """Return plain characters on one line."""
        return self._inline((Plain(characters),))

    def paragraph(self, text: Text) -> str:
        """Return a text on one line of its own."""
        return started(self.line(text))

    def heading(self, text: Text) -> str:
        """Return a text that stands after `###`: a reader drops number signs at the end of a heading."""
        return re.sub(r"#+$", lambda signs: "&#35;" * len(signs[0]), self.line(text))

    def bold(self, text: Text) -> str:
        """Return a title of something smaller than a section: a line of its own, all of it bold."""
        return started(inlines.written(self._dialect(flat(text)), bold=True).strip())

    def blocks(self, text: Text) -> list[str]:
        """Return the blocks of a text."""
        return [self._block(block) for block in text.blocks]

    def item(self, text: Text, children: str = "") -> str:
        """Return a text as the content of a bullet, with a written list below it."""
        return below(self._content(text.blocks), children)

    def table(self, head: Sequence[Text | None], rows: Iterable[Sequence[Text]]) -> str:
        """Return a pipe table; every row is as long as the head, in which None is an empty cell."""
        lines = [self._row(head), "|" + " --- |" * len(head), *map(self._row, rows)]
        return "\n".join(lines)

    def _row(self, cells: Sequence[Text | None]) -> str:
        return f"| {' | '.join(self.cell(cell) if cell else '' for cell in cells)} |"

    def cell(self, text: Text) -> str:
        """Return a text as the content of a table's cell."""
        return inlines.written(self._dialect(flat(text)), cell=True).strip()

    def _inline(self, nodes: tuple[Inline, ...]) -> str:
        return inlines.written(self._dialect(nodes)).strip()

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(children):
                return started(self._inline(children))
            case Bullets(items):
                return bullets(map(self._content, items))
            case Numbers(items, start):
                return numbered(map(self._content, items), start)
            case Fence(text, language):
                return fenced(text, language)

    def _content(self, blocks: tuple[Block, ...]) -> str:
        content = ""
        for block in blocks:
            content = below(content, self._block(block))
        return content


def flat(text: Text) -> tuple[Inline, ...]:
    """Return the inline nodes of a text; of several blocks, one after the other."""
    if text.inline is not None:
        return text.inline
    nodes: list[Inline] = []
    for node in text.walk():
        match node:
            case Paragraph(children):
                nodes += [Plain(" "), *children]
            case Fence(text=code):
                nodes += [Plain(" "), CodeSpan(" ".join(code.split())), Plain(" ")]
            case _:
                pass
    return tuple(nodes)


def bullets(items: Iterable[str]) -> str:
    """Return a list of written contents."""
    return "\n".join(_hung("- ", item) for item in items)


def numbered(items: Iterable[str], start: int = 1) -> str:
    """Return a list of written contents, counted from `start`."""
    return "\n".join(_hung(f"{number}. ", item) for number, item in enumerate(items, start))


def fenced(code: str, language: str) -> str:
    """Return a block of code; its fence is longer than any run of backticks in it."""
    code, fence = code.rstrip("\n"), FENCE
    while fence in code:
        fence += "`"
    info = language.replace("`", "").split()[:1]
    return f"{fence}{''.join(info)}\n{code}\n{fence}"


def quoted(blocks: Iterable[str]) -> str:
    """Return written blocks as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))


def joined(blocks: Iterable[str]) -> list[str]:
    """Return blocks such that no bullet list follows another: a reader would make one of them, with gaps."""
    whole: list[str] = []
    for block in blocks:
        if whole and whole[-1].startswith("- ") and block.startswith("- "):
            whole[-1] += f"\n{block}"
        else:
            whole.append(block)
    return whole


def started(line: str) -> str:
    """Return a line that begins a paragraph, and nothing else."""
    found = START.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def below(content: str, block: str) -> str:
    """Return the content of a list's item with one more written block; either may be empty."""
    if not content or not block:
        return content + block
    return f"{content}\n{block}" if INTERRUPTS.match(block) else f"{content}\n\n{block}"


def _hung(marker: str, content: str) -> str:
    """Return a list's item: its first line after the marker, the others indented below it."""
    width = max(INDENT, len(marker))
    if OPENS_BLOCK.match(content):
        marker = marker.ljust(width)  # else what follows would be deeper than the content's first line
    first, *others = content.split("\n")
    return "\n".join([marker + first, *(" " * width + line if line else "" for line in others)])
