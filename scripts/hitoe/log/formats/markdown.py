"""Texts as Markdown source: a CommonMark parser reads the same characters from it that the author wrote.

Nested lists are indented by four spaces a level, which all Markdown parsers understand.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import groupby

from hitoe.log.formats import inlines, tex_source
from hitoe.text import Block, Bullets, CodeSpan, Fence, Formula, Inline, Link, Numbers, Paragraph, Plain, Strong, Text
from hitoe.text.ruby import in_brackets

INDENT = 4
OPENS_BLOCK = re.compile(r"- |[0-9]+\. |`{3}")
"""How a list or a fenced code block begins. A paragraph that starts with a code span matches too, which is harmless."""
INTERRUPTS = re.compile(r"- |1\. |`{3}")
"""How a block begins that may follow a paragraph without an empty line; an empty line would make the list loose."""
START = re.compile(r"(?=[#>]|[-+](?:\s|$)|-[- ]*$)|[0-9]{1,9}(?=[.)](?:\s|$))")
"""The beginning of a line that would become a heading, quotation, list or rule, up to where a backslash prevents it."""


class MarkdownWriter:
    """Writes texts for one dialect of Markdown.

    `address` says where a picture or a sound of the content folder is for the posts, `protect` returns nodes that show
    the same characters, without what the dialect would read as its own syntax, and `formula` writes a formula, in a
    cell of a table if it is told so.
    """

    def __init__(
        self,
        address: Callable[[str], str] = str,
        protect: Callable[[tuple[Inline, ...]], tuple[Inline, ...]] = tuple,
        formula: Callable[[Formula, bool], str] = tex_source.commonmark,
    ) -> None:
        self._protect, self._dialect = protect, inlines.Dialect(formula, address)

    def line(self, text: Text | str) -> str:
        """Return a text, or plain characters, on one line, to be inserted after other text on that line."""
        return self._inline(flat(text))

    def comment(self, characters: str) -> str:
        """Return plain characters for an HTML comment, in which no two hyphens may follow each other."""
        return characters.replace("--", "- -").replace("--", "- -")

    def link(self, title: str, url: str) -> str:
        """Return a link with a title of plain characters."""
        return self._inline((Link((Plain(title),), url),))

    def address(self, url: str) -> str:
        """Return an address that can be enclosed in brackets of any kind."""
        return inlines.destination(url)

    def paragraph(self, text: Text | str) -> str:
        """Return a text, or plain characters, as a paragraph of one line, or as the content of a list item."""
        return started(self.line(text))

    def heading(self, text: Text) -> str:
        """Return a text that follows `###`. Number signs at its end are escaped: a parser would drop them."""
        return re.sub(r"#+$", lambda signs: "&#35;" * len(signs[0]), self.line(text))

    def bold(self, text: Text) -> str:
        """Return a title below the level of headings: a paragraph in bold."""
        return started(self._inline((Strong(flat(text)),)))

    def blocks(self, text: Text) -> list[str]:
        """Return the blocks of a text, each as Markdown."""
        return [self._block(block) for block in text.blocks]

    def item(self, text: Text, children: str = "") -> str:
        """Return a text as the content of a list item, with `children`, a list that is Markdown already, below it."""
        return below(self._content(text.blocks), children)

    def table(self, head: Sequence[Text | None], rows: Iterable[Sequence[Text | None]]) -> str:
        """Return a pipe table; every row is as long as the head. None is an empty cell."""
        return "\n".join([self._row(head), "|" + " --- |" * len(head), *map(self._row, rows)])

    def _row(self, cells: Sequence[Text | None]) -> str:
        return f"| {' | '.join(self.cell(cell) if cell else '' for cell in cells)} |"

    def cell(self, text: Text | str) -> str:
        """Return a text, or plain characters, on one line, as the content of a table cell."""
        return self._inline(flat(text), cell=True)

    def _inline(self, nodes: tuple[Inline, ...], cell: bool = False) -> str:
        return inlines.written(self._protect(in_brackets(nodes)), self._dialect, cell=cell).strip()

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
        return reduce(below, map(self._block, blocks), "")


def flat(text: Text | str) -> tuple[Inline, ...]:
    """Return the inline nodes of a text, or of plain characters; those of several blocks are joined with spaces."""
    if isinstance(text, str):
        return (Plain(text),)
    if text.inline is not None:
        return text.inline
    nodes: list[Inline] = []
    for node in text.walk():
        match node:
            case Paragraph(children):
                nodes += [Plain(" "), *children]
            case Fence(text=code):
                nodes += [Plain(" "), CodeSpan(" ".join(code.split())), Plain(" ")]
    return tuple(nodes)


def bullets(items: Iterable[str]) -> str:
    """Return a bullet list of items that are Markdown already."""
    return "\n".join(_list_item("- ", item) for item in items)


def numbered(items: Iterable[str], start: int = 1) -> str:
    """Return a list of items that are Markdown already, numbered from `start`."""
    return "\n".join(_list_item(f"{number}. ", item) for number, item in enumerate(items, start))


def fenced(code: str, language: str) -> str:
    """Return a fenced code block; its fence is longer than any run of backticks in the code."""
    code = code.rstrip("\n")
    fence = "`" * (1 + max(map(len, re.findall("`{3,}", code)), default=2))
    info = language.replace("`", "").split()[:1]
    return f"{fence}{''.join(info)}\n{code}\n{fence}"


def quoted(blocks: Iterable[str]) -> str:
    """Return blocks that are Markdown already as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))


def joined(blocks: Iterable[str]) -> list[str]:
    """Return the blocks, adjacent bullet lists merged: a parser would read them as one loose list."""
    runs = groupby(blocks, key=lambda block: block.startswith("- "))
    return [block for bulleted, run in runs for block in (["\n".join(run)] if bulleted else run)]


def started(line: str) -> str:
    """Return a line escaped so that it begins a paragraph and no other block."""
    found = START.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def below(content: str, block: str) -> str:
    """Return the content of a list item with one more block below it, both Markdown already; either may be empty."""
    if not content or not block:
        return content + block
    return f"{content}\n{block}" if INTERRUPTS.match(block) else f"{content}\n\n{block}"


def _list_item(marker: str, content: str) -> str:
    """Return a list item: the first line after the marker, the others indented."""
    width = max(INDENT, len(marker))
    if OPENS_BLOCK.match(content):
        marker = marker.ljust(width)  # else the first line would be indented less than the others
    first, *others = content.split("\n")
    return "\n".join([marker + first, *(" " * width + line if line else "" for line in others)])
