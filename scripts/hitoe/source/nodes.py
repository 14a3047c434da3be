"""The nodes of a YAML document, made of a parser's events: they take half the memory of those of ruamel.yaml."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ruamel.yaml.composer import ComposerError
from ruamel.yaml.error import StreamMark
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

MAX_DEPTH = 50
"""Levels of nesting; more exhaust Python's stack later on."""


@dataclass(slots=True, eq=False)
class _Part:
    """A part of a document, from its first character to the one behind its last; lines and columns count from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True, eq=False)
class ScalarNode(_Part):
    """A text; `style` is the quote or `|` or `>` before it, None or empty for a plain one."""

    value: str
    style: str | None


@dataclass(slots=True, eq=False)
class SequenceNode(_Part):
    """A list."""

    value: "list[Node]"
    flow_style: bool


@dataclass(slots=True, eq=False)
class MappingNode(_Part):
    """Keys with their values."""

    value: "list[tuple[Node, Node]]"
    flow_style: bool


Node = ScalarNode | SequenceNode | MappingNode


def children(node: Node) -> Iterator[tuple[Node | int, Node]]:
    """Yield the values of a mapping or a list, each after its key or its number from 0; nothing of a scalar."""
    if isinstance(node, MappingNode):
        yield from node.value
    elif isinstance(node, SequenceNode):
        yield from enumerate(node.value)


def all_scalars(root: Node) -> Iterator[ScalarNode]:
    """Yield each scalar in a node, keys included, from the last to the first."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            yield node
        else:
            waiting += [part for pair in children(node) for part in pair if isinstance(part, Node)]


class TooDeepError(Exception):
    """A document whose parts are nested too deep; `line` and `column` of the first of these count from 0."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line, self.column = line, column


class EventCheck:
    """Looks at the events of a document one after the other.

    Raises:
        MarkedYAMLError: there is a second document, or an alias of no known anchor.
        TooDeepError: more than MAX_DEPTH collections stand in each other.
    """

    def __init__(self, anchors: set[str]) -> None:
        """Take the anchors that are known, to which those of the document are added."""
        self._anchors = anchors
        self._documents = self._depth = 0

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, NodeEvent):
            if isinstance(event, AliasEvent) and event.anchor not in self._anchors:
                raise ComposerError(None, None, f"found undefined alias {event.anchor!r}", event.start_mark)
            if event.anchor is not None:
                self._anchors.add(event.anchor)
            self._depth += isinstance(event, CollectionStartEvent)
            if self._depth > MAX_DEPTH:
                raise TooDeepError(event.start_mark.line, event.start_mark.column)
        elif isinstance(event, CollectionEndEvent):
            self._depth -= 1
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise ComposerError(None, None, "but found another document", event.start_mark)


def composed(events: Iterable[Event]) -> Node | None:
    """Return the root of a document; None if there is nothing in it. Aliases become texts: no notes may have any.

    Raises as `EventCheck` does.
    """
    around: list[tuple[CollectionStartEvent, list[Node]]] = []
    members: list[Node] = []
    check = EventCheck(set())
    for event in events:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, ScalarEvent):  # most events
            if event.anchor is not None:
                check(event)
            # Most end in the line in which they begin: one number then serves for both.
            line, end_line = start.line, end.line
            end_line = line if end_line == line else end_line
            members.append(ScalarNode(line, start.column, end_line, end.column, event.value, event.style))
            continue
        check(event)
        if isinstance(event, AliasEvent):
            members.append(ScalarNode(start.line, start.column, end.line, end.column, "", None))
        elif isinstance(event, CollectionStartEvent):
            around.append((event, members))
            members = []
        elif isinstance(event, CollectionEndEvent):
            begun, before = around.pop()
            before.append(_collection(begun, members, end))
            members = before
    return members[0] if members else None


def _collection(begun: CollectionStartEvent, members: list[Node], end: StreamMark) -> Node:
    start, flow = begun.start_mark, bool(begun.flow_style)
    if not isinstance(begun, MappingStartEvent):
        return SequenceNode(start.line, start.column, end.line, end.column, members, flow)
    pairs = list(zip(members[::2], members[1::2], strict=True))
    return MappingNode(start.line, start.column, end.line, end.column, pairs, flow)
