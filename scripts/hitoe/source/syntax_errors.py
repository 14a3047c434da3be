"""Finds the syntax errors of a text one after the other, without reading all of it again after each correction."""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from hitoe.source.nodes import EventCheck

Place = tuple[int, ...]
"""A key that begins a line outside of brackets, and the keys around it: the number of each one's line, from 0."""

MARKERS = re.compile(r"^(?:%|---|\.\.\.)", re.MULTILINE)
"""Lines that say something of all lines below them."""


class _Level:
    """A collection that is being read; `line` has the last key of a mapping in block style, if that begins a line."""

    def __init__(self, event: NodeEvent) -> None:
        self._in_block = isinstance(event, MappingStartEvent) and not event.flow_style
        self._key_follows = True
        self.line: int | None = None

    def is_key(self, event: NodeEvent, text: str) -> bool:
        """Take the next member of the collection; returns whether that is a key that begins a line."""
        if not self._in_block:
            return False
        self._key_follows = not self._key_follows
        if self._key_follows:
            return False
        mark = event.start_mark
        begins = isinstance(event, ScalarEvent) and not text[mark.index - mark.column : mark.index].strip()
        self.line = mark.line if begins else None
        return begins


class ErrorSearch:
    """The syntax errors of a text that is corrected after each. Reading begins anew at a key shortly before it.

    What was read before that key has no influence on what follows, except by the keys around it.
    """

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._anchors: set[str] = set()

    def unread(self, text: str, line: int | None = None) -> str:
        """Return a text of which only the lines remain that must be read to find errors from a line on, counted from 0.

        The other lines are empty. Without a line, all are read again.
        """
        while self._places and (line is None or self._places[-1][-1] >= line):
            self._places.pop()
        if not self._places or MARKERS.search(text):
            return text
        *around, first = self._places.pop()
        lines = text.split("\n")
        kept = [""] * first
        for each in around:
            kept[each] = lines[each]
        return "\n".join([*kept, *lines[first:]])

    def error(self, text: str) -> MarkedYAMLError | None:
        """Return the first syntax error of a text that `unread` returned, or of a whole one."""
        levels: list[_Level] = []
        check = EventCheck(self._anchors)
        try:
            for event in YAML(typ="base", pure=True).parse(text):
                check(event)
                if isinstance(event, CollectionEndEvent):
                    levels.pop()
                elif isinstance(event, NodeEvent):
                    self._node(event, levels, text)
        except MarkedYAMLError as error:
            return error
        return None

    def _node(self, event: NodeEvent, levels: list[_Level], text: str) -> None:
        if levels and levels[-1].is_key(event, text):
            place = tuple(level.line for level in levels if level.line is not None)
            if len(place) == len(levels):
                self._places.append(place)
        if isinstance(event, CollectionStartEvent):
            levels.append(_Level(event))
