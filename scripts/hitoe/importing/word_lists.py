"""Lists as Word writes them: paragraphs whose style says at which level of a list they stand, a bullet as words."""

import re
from collections.abc import Mapping

from hitoe.importing.block_builder import BlockBuilder

LEVEL = re.compile(r"mso-list:\s*l[0-9]+\s+level([1-9])")
BULLET = re.compile(r"mso-list:\s*Ignore")
NUMBER = re.compile(r"\(?(?:([0-9]{1,8})|[a-z]|[ivx]+)[.)]", re.IGNORECASE)


class WordLists:
    """Begins and ends lists of a builder where such paragraphs do."""

    def __init__(self, built: BlockBuilder) -> None:
        self._built = built
        self._lists: list[tuple[int, bool]] = []
        """The level of each list that is open, and whether it is numbered."""
        self._level = 0
        """That of the paragraph that is open, 0 if it is in no list."""
        self._waits = False
        """Whether it is not known yet if that paragraph's list is numbered."""
        self._bullet: str | None = None
        self._spans = 0

    def begin(self, tag: str, values: Mapping[str, str], *, block: bool) -> None:
        """Take the begin of an element; `block`: it ends a paragraph."""
        style = values.get("style", "")
        if block and not self._built.clozes:  # a blank is a part of one paragraph
            level = LEVEL.search(style) if tag == "p" else None
            self._level, self._waits = (int(level[1]), True) if level else (0, False)
            if not level:
                self._end(0)
        if tag == "span" and (self._bullet is not None or (self._waits and BULLET.search(style))):
            self._bullet = self._bullet or ""
            self._spans += 1

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "p":
            self._level, self._waits = 0, False
        if tag == "span" and self._bullet is not None:
            self._spans -= 1
            if not self._spans:
                bullet, self._bullet = self._bullet, None
                self._item(bullet.strip())

    def is_bullet(self, words: str) -> bool:
        """Take words; return whether they are a bullet, which is not shown."""
        if self._bullet is not None:
            self._bullet += words
        elif words.strip() and self._waits:
            self._item("")
        elif words.strip() and not self._level and not self._built.clozes:
            self._end(0)
        return self._bullet is not None

    def _item(self, bullet: str) -> None:
        """Begin the item of the paragraph that is open."""
        self._waits = False
        number = NUMBER.fullmatch(bullet)
        self._end(self._level)
        if self._lists[-1:] == [(self._level, not number)]:  # another list at the same level
            self._end(self._level - 1)
        if not self._lists or self._lists[-1][0] < self._level:
            self._built.begin_list(ordered=bool(number), start=int(number[1] or 1) if number else 1)
            self._lists.append((self._level, bool(number)))
        self._built.begin_item()

    def _end(self, level: int) -> None:
        """End all lists that stand deeper than a level."""
        while self._lists and self._lists[-1][0] > level:
            self._built.end_list()
            self._lists.pop()
