"""The value of a YAML document, made of a parser's events: text, lists and mappings, without their places in the file.

Where something is in the file matters only for messages, and then `nodes` says it.
"""

import re
from collections.abc import Iterable

from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from hitoe.messages import say
from hitoe.source.nodes import EventCheck
from hitoe.source.signs import invisible
from hitoe.source.syntax_repair import Mistake

Value = str | list["Value"] | dict[str, "Value"]
"""A value of a document; every scalar is a str, spelt as in the file."""

SURROGATE = re.compile("[\ud800-\udfff]")


def value(events: Iterable[Event]) -> tuple[Value | None, list[Mistake]]:
    """Return the value of a document, None if there is nothing in it, and what in it cannot be used.

    Aliases become empty texts: no notes may have any. Raises as `EventCheck` does.
    """
    around: list[tuple[CollectionStartEvent, list[Value], list[NodeEvent]]] = []
    members: list[Value] = []
    begins: list[NodeEvent] = []
    mistakes: list[Mistake] = []
    check = EventCheck(set())
    for event in events:
        if isinstance(event, ScalarEvent):  # most events
            if event.anchor is not None:
                check(event)
            members.append(event.value if event.value.isprintable() else _text(event, mistakes))
            begins.append(event)
            continue
        check(event)
        if isinstance(event, AliasEvent):
            members.append("")
            begins.append(event)
        elif isinstance(event, CollectionStartEvent):
            around.append((event, members, begins))
            members, begins = [], []
        elif isinstance(event, CollectionEndEvent):
            start, outer, outer_begins = around.pop()
            outer.append(_mapping(members, begins, mistakes) if isinstance(start, MappingStartEvent) else members)
            outer_begins.append(start)
            members, begins = outer, outer_begins
    return members[0] if members else None, mistakes


def _text(event: ScalarEvent, mistakes: list[Mistake]) -> str:
    # An escape such as "\x07" can write a control character that the file's text lacks.
    if message := invisible(event.value):
        mistakes.append(_mistake(event, say("{message}: write it without the escape", message=message)))
        return SURROGATE.sub("\ufffd", event.value)  # these no file and no message can hold
    return str(event.value)


def _mapping(members: list[Value], begins: list[NodeEvent], mistakes: list[Mistake]) -> dict[str, Value]:
    """Return a mapping of which keys and values follow each other, with the events that begin them."""
    found: dict[str, Value] = {}
    first: dict[str, int] = {}
    for key, member, begin in zip(members[::2], members[1::2], begins[::2], strict=True):
        if not isinstance(key, str):
            message = say("a key must be text: quote the text if it begins with { or [")
        elif key in found:
            message = say(
                "key '{key}' stands twice, first in line {line}: rename or delete one", key=key, line=first[key]
            )
        else:
            found[key], first[key] = member, begin.start_mark.line + 1
            continue
        mistakes.append(_mistake(begin, message))
    return found


def _mistake(event: NodeEvent, message: str) -> Mistake:
    return event.start_mark.line + 1, event.start_mark.column + 1, message
