"""One YAML file: its value, and the position of every part of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from unicodedata import is_normalized

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hitoe.problems import Position, Problem
from hitoe.source import syntax

JOINED = re.compile(r"\\(?:[xuU]|[\r\n]\s*[^\x00-\x7f])")
"""What makes, in double quotes, characters or neighbours of characters that the file does not show."""

Loc = tuple[str | int, ...]
"""The way from the root of a document to one of its parts: mapping keys and list indexes."""

Value = str | list["Value"] | dict[str, "Value"]
"""What a document holds: every scalar is a str, spelt as the author spelt it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file that could be read. `value` holds str, list and dict only."""

    file: str
    value: Value
    root: Node = field(repr=False)
    composed: bool = False
    """Whether the text is known to be composed (Unicode's NFC), and with it every scalar."""

    def at(self, loc: Loc, *, key: bool = False) -> Position:
        """Return where the value at `loc` begins, or with `key` where its mapping key begins.

        Parts of `loc` that the document lacks are passed over, so that the place of a missing value is its parent's.
        """
        node = place = self.root
        for part in loc:
            for name, child in _children(node):
                if part == (name.value if isinstance(name, ScalarNode) else name):
                    place = name if key and isinstance(name, ScalarNode) else child
                    node = child
                    break
        return Position(self.file, place.start_mark.line + 1, place.start_mark.column + 1)

    def scalars(self, wanted: Callable[[str], bool]) -> Iterator[tuple[Position, str]]:
        """Yield each wanted scalar, keys too, with its place."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ScalarNode):
                if wanted(node.value):
                    yield _position(self.file, node), node.value
                continue
            for name, child in _children(node):
                waiting += [child, name] if isinstance(name, Node) else [child]


def read(file: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Read one file. Returns no document when the text cannot be understood at all.

    Some mistakes leave a document that can still be checked, so that all mistakes are told at once.
    """
    root, found = syntax.compose(raw)
    problems = [Problem(Position(file, line, column), message) for line, column, message in found]
    if root is None:
        return None, problems
    repeats: list[Problem] = []
    value = _value(root, file, repeats)
    told = {problem.at.line for problem in problems}
    return Document(file, value, root, _composed(raw)), problems + [
        problem for problem in repeats if problem.at.line not in told
    ]


def _composed(raw: bytes) -> bool:
    text = raw.decode("utf-8", "replace")
    return is_normalized("NFC", text) and not JOINED.search(text)


def _children(node: Node) -> Iterator[tuple[Node | int, Node]]:
    if isinstance(node, MappingNode):
        yield from node.value
    elif isinstance(node, SequenceNode):
        yield from enumerate(node.value)


def _value(node: Node, file: str, problems: list[Problem]) -> Value:
    if isinstance(node, ScalarNode):
        return _text(node, file, problems)
    if isinstance(node, SequenceNode):
        return [_value(child, file, problems) for child in node.value]
    value: dict[str, Value] = {}
    for key, child in node.value:
        if not isinstance(key, ScalarNode):
            problems.append(
                Problem(_position(file, key), "a key must be text: quote the text if it begins with { or [")
            )
        elif key.value in value:
            first = next(k for k, _ in node.value if isinstance(k, ScalarNode) and k.value == key.value)
            where = first.start_mark.line + 1
            problems.append(
                Problem(
                    _position(file, key), f"key '{key.value}' stands twice, first in line {where}: rename or delete one"
                )
            )
        else:
            value[_text(key, file, problems)] = _value(child, file, problems)
    return value


def _text(node: ScalarNode, file: str, problems: list[Problem]) -> str:
    # In double quotes "\x07" writes what could not stand there as itself.
    if not node.value.isprintable() and (said := syntax.invisible(node.value)):
        problems.append(Problem(_position(file, node), f"{said}: write it without the escape"))
    return str(node.value)


def _position(file: str, node: Node) -> Position:
    return Position(file, node.start_mark.line + 1, node.start_mark.column + 1)
