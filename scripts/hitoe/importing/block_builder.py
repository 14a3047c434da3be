"""Puts what is read of HTML one after the other into lines, paragraphs and lists."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hitoe.importing.anki_signs import Closing, Opening
from hitoe.importing.inline_tree import Leaf, Part, is_blank, nodes
from hitoe.messages import say
from hitoe.text import Block, Break, Bullets, Inline, Numbers, Paragraph

DEEPEST = 10
"""Lists in each other."""


@dataclass(slots=True)
class ListFrame:
    """A list that is being read: whether it is numbered, where it counts from, and the blocks of each item."""

    ordered: bool
    start: int
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class BlockBuilder:
    """Makes blocks; `tell` is called for what cannot be in them. `line_is_empty`: nothing is on the line so far."""

    tell: Callable[[str], None]
    line_is_empty: bool = True
    clozes: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _lists: list[ListFrame] = field(default_factory=list)
    _deeper: int = 0
    _parts: list[Part] = field(default_factory=list)

    def finish(self) -> tuple[Block, ...]:
        """Return all blocks; lists that were left open end here."""
        while self._lists:
            self.end_list()
        self.end_paragraph()
        return tuple(self._blocks)

    def add(self, node: Inline, formats: frozenset[str]) -> None:
        """Add a node to the line."""
        if self._lists and not self._lists[-1].items and not is_blank([Leaf(node)]):
            self._lists[-1].items.append([])  # words that stand in a list, but in none of its items
        self._parts.append(Leaf(node, formats))
        self.line_is_empty = self.line_is_empty and is_blank([Leaf(node)])

    def start_cloze(self, opening: Opening) -> None:
        """Begin a cloze; until it ends all is in one paragraph."""
        self.clozes += 1
        self._parts.append(opening)

    def end_cloze(self, closing: Closing) -> None:
        """End the innermost cloze."""
        self.clozes -= 1
        self._parts.append(closing)

    def line_end(self) -> None:
        """End a line where the HTML says so; after an empty one a paragraph begins."""
        if not self.line_is_empty:
            self._parts.append(Leaf(Break(True)))
            self.line_is_empty = True
        elif not self.clozes:
            self.end_paragraph()

    def soft_line_end(self) -> None:
        """End a line if there is anything on it."""
        if not self.line_is_empty:
            self.line_end()

    def end_paragraph(self) -> None:
        """End a paragraph if there is anything in it."""
        if self.clozes:  # a blank is a part of one paragraph
            self.soft_line_end()
            return
        parts, self._parts, self.line_is_empty = self._parts, [], True
        if not is_blank(parts) and (inline := nodes(parts, self.tell)):
            self.put(Paragraph(inline))

    def put(self, block: Block) -> None:
        """Add a block to the innermost list item, or to the text."""
        if self._lists and not self._lists[-1].items:
            self._lists[-1].items.append([])
        blocks = self._lists[-1].items[-1] if self._lists else self._blocks
        match blocks[-1:], block:
            case [Bullets(before)], Bullets(items):  # two lists one after the other are one in a text
                blocks[-1] = Bullets((*before, *items))
            case [Numbers(before, start)], Numbers(items, again):
                blocks[-1] = Numbers((*before, *items), start)
                if again != start + len(before):
                    self.tell(say("numbers of a list: it goes on counting where the list before it ended"))
            case _:
                blocks.append(block)

    def begin_list(self, *, ordered: bool, start: int) -> None:
        """Begin a list, within the item that is open."""
        if self.clozes:
            self.tell(say("list in a blank: its items are lines"))
            return
        self._deeper += len(self._lists) >= DEEPEST
        if self._deeper:
            self.tell(say("lists in each other: those that stand too deep are part of the one around them"))
            return
        self.end_paragraph()
        self._lists.append(ListFrame(ordered, start))

    def begin_item(self) -> None:
        """Begin an item of the innermost list; where there is none, a line."""
        self.end_item()
        if self._lists and not self.clozes:
            self._lists[-1].items.append([])

    def end_item(self) -> None:
        """End an item of a list."""
        if self._lists and not self.clozes:
            self.end_paragraph()
        else:
            self.soft_line_end()

    def end_list(self) -> None:
        """End the innermost list; without one, nothing."""
        if not self._lists or self.clozes:
            return
        if self._deeper:
            self._deeper -= 1
            return
        self.end_paragraph()
        frame = self._lists.pop()
        items = tuple(tuple(item) for item in frame.items if item)
        if items:
            self.put(Numbers(items, frame.start) if frame.ordered else Bullets(items))
