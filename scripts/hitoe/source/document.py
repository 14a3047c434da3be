"""A YAML file as a value of text, lists and mappings, with the position of every part."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hitoe.problems import Position, Problem
from hitoe.source import syntax

Loc = tuple[str | int, ...]
"""The path from the root of a document to one of its parts: mapping keys, and list indexes from 0."""

Value = str | list["Value"] | dict[str, "Value"]
"""A value of a document; every scalar is a str, spelt as in the file."""


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file that could be parsed; `root` is its node tree, which has the positions."""

    file: str
    value: Value
    root: Node = field(repr=False)

    def at(self, loc: Loc, *, key: bool = False) -> Position:
        """Return where the value at `loc` begins, or with `key` where its mapping key begins.

        Parts of `loc` that the document lacks are ignored, so a missing value has the position of its parent.
        """
        node = found = self.root
        for part in loc:
            for name, child in _children(node):
                if part == (name.value if isinstance(name, ScalarNode) else name):
                    found = name if key and isinstance(name, ScalarNode) else child
                    node = child
                    break
        return _position(self.file, found)

    def scalars(self, wanted: Callable[[str], bool]) -> Iterator[tuple[Position, str]]:
        """Yield the position and text of each scalar, keys included, for which `wanted` is true."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ScalarNode) and wanted(node.value):
                yield _position(self.file, node), node.value
            waiting += [part for pair in _children(node) for part in pair if isinstance(part, Node)]


def read(file: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Parse the bytes of one file. Returns its document, None if it cannot be parsed, and all mistakes found.

    A document may come with mistakes: it can still be checked, so that the author sees all mistakes at once.
    """
    root, found = syntax.compose(raw)
    problems = [Problem(Position(file, line, column), message) for line, column, message in found]
    if root is None:
        return None, problems
    unusable: list[Problem] = []
    value = _value(root, file, unusable)
    reported = {problem.at.line for problem in problems}
    problems += [problem for problem in unusable if problem.at.line not in reported]
    return Document(file, value, root), problems


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
    lines: dict[str, int] = {}
    for key, child in node.value:
        if not isinstance(key, ScalarNode):
            message = "a key must be text: quote the text if it begins with { or ["
        elif key.value in lines:
            message = f"key '{key.value}' stands twice, first in line {lines[key.value]}: rename or delete one"
        else:
            lines[key.value] = key.start_mark.line + 1
            value[_text(key, file, problems)] = _value(child, file, problems)
            continue
        problems.append(Problem(_position(file, key), message))
    return value


def _text(node: ScalarNode, file: str, problems: list[Problem]) -> str:
    # An escape such as "\x07" can write a control character that the file's text lacks.
    if not node.value.isprintable() and (message := syntax.invisible(node.value)):
        problems.append(Problem(_position(file, node), f"{message}: write it without the escape"))
    return str(node.value)


def _position(file: str, node: Node) -> Position:
    return Position(file, node.start_mark.line + 1, node.start_mark.column + 1)
