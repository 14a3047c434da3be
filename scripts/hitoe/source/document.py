"""A YAML file as a value of text, lists and mappings, with the position of every part."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

from hitoe.problems import Position, Problem
from hitoe.source import syntax
from hitoe.source.document_value import Value
from hitoe.source.key_slips import in_nodes
from hitoe.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, all_scalars, children
from hitoe.source.signs import special_space

Loc = tuple[str | int, ...]
"""The path from the root of a document to one of its parts: mapping keys, and list indexes from 0."""

Members = dict[str | int, tuple[Node | int, Node]]
"""The members of a node by key or index: the key's node, or the index, and the node of the value."""

QUOTED = ("'", '"', "|", ">")
"""The styles of scalars that are none of the plain ones."""
ESCAPED = re.compile(rb"\\[xuU]")
"""What writes a letter in double quotes."""
JOIN = re.compile(rb"\\[\r\n][ \t\r\n]*")
"""What joins the letters of two lines there."""
CONTINUED = re.compile(r"\s*([^\s：；:]+)\s*[：；:]")
MEMBER = "member-"
"""Begins the keys of members of lists that stand where mappings belong."""


@dataclass(frozen=True)
class Document:
    """A YAML file that could be parsed."""

    file: str
    value: Value
    text: bytes = field(repr=False)
    _parsed: syntax.Parsed = field(repr=False)
    _looked_into: dict[int, Members] = field(default_factory=dict, repr=False)
    """The members of those nodes in which something was looked for, by the node's id."""

    @cached_property
    def root(self) -> Node:
        """The root of its nodes, which have the positions of its text; most files are never asked for any."""
        return self._parsed.root()

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the file."""
        return syntax.lines(self.text)

    def may_hold(self, letters: bytes) -> bool:
        """Return whether ASCII letters may be in its texts or keys: in its bytes, or written or joined by escapes."""
        return letters in self.text or letters in self._joined or ESCAPED.search(self.text) is not None

    @cached_property
    def _joined(self) -> bytes:
        return JOIN.sub(b"", self.text)

    def at(self, loc: Loc, *, key: bool = False) -> Position:
        """Return where the value at `loc` begins, or with `key` where its mapping key begins.

        Parts of `loc` that the document lacks are ignored, so a missing value has the position of its parent. A list's
        members are also found by the keys that `keyed` gives them.
        """
        return _position(self.file, self._node(loc, key=key))

    def is_plain_in_flow(self, loc: Loc) -> bool:
        """Return whether the value at `loc` is a text without quotes in a list in […]."""
        around, node = self._node(loc[:-1], key=False), self._node(loc, key=False)
        scalar = isinstance(node, ScalarNode) and node.style not in QUOTED
        return scalar and isinstance(around, SequenceNode) and around.flow_style

    def continued(self) -> Iterator[tuple[Position, str]]:
        """Yield the lines, except the first one, of all texts without quotes, and where their first letters are."""
        for node in all_scalars(self.root):
            if node.style not in QUOTED:
                for number in range(node.line + 1, min(node.end_line + 1, len(self.lines))):
                    line = self.lines[number]
                    yield Position(self.file, number + 1, len(line) - len(line.lstrip()) + 1), line

    def continued_with(self, key: str) -> Position | None:
        """Return where a line begins that has a key, without ': ', and continues a text; None without one."""
        return self._continued_keys.get(key)

    @cached_property
    def _continued_keys(self) -> Mapping[str, Position]:
        """The places of the first lines that continue a text and begin with a key, by that key."""
        found: dict[str, Position] = {}
        for position, line in self.continued():
            if key := CONTINUED.match(line):
                found.setdefault(key[1], position)
        return found

    def comment_after(self, loc: Loc) -> Position | None:
        """Return where a comment begins that stands where the value of the key at `loc` would; None without one."""
        at = self.at(loc, key=True)
        line = "".join(self.lines[at.line - 1 : at.line])
        found = re.compile(r"[^\s:]+:\s+(#)(?=\S)").match(line, at.column - 1)
        return Position(self.file, at.line, found.start(1) + 1) if found else None

    def key_without_colon(self, loc: Loc) -> str | None:
        """Return the key at `loc` if no colon follows it: in {…} it may belong to the text before a comma."""
        key = self._node(loc, key=True)
        rest = "".join(self.lines[key.end_line : key.end_line + 1])[key.end_column :]
        return key.value if isinstance(key, ScalarNode) and rest.lstrip()[:1] in (",", "}") else None

    def value_at(self, loc: Loc) -> Value | None:
        """Return the value at `loc`; None if there is none."""
        value: Value = self.value
        for part in loc:
            if isinstance(value, dict) and part in value:
                value = value[str(part)]
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def _node(self, loc: Loc, *, key: bool) -> Node:
        node = found = self.root
        for part in loc:
            if part in (members := self._members(node)):
                name, node = members[part]
                found = name if key and isinstance(name, ScalarNode) else node
        return found

    def _members(self, node: Node) -> Members:
        """Return the members of a node; of those with one key, the first."""
        if (known := self._looked_into.get(id(node))) is not None:
            return known
        found: Members = {}
        for name, child in children(node):
            if isinstance(name, int):
                found |= {name: (name, child), f"{MEMBER}{name}": (name, child)}
            elif isinstance(name, ScalarNode):
                found.setdefault(name.value, (name, child))
        self._looked_into[id(node)] = found
        return found

    def mended(self, values: Iterable[Loc], keys: Iterable[Loc]) -> "tuple[list[Problem], Document | None]":
        """Return what is mistyped in the lines of some texts and keys, and the document with these lines corrected.

        No problems are found, and no document made, where these are texts that merely stand in a wrong place.
        """
        nodes = {id(node): node for loc in values for node in _scalars(self._node(loc, key=False))}
        nodes |= {
            id(node): node for loc in keys for node in [self._node(loc, key=True)] if isinstance(node, ScalarNode)
        }
        lines = [*self.lines]
        mistakes = in_nodes(lines, (node for node in nodes.values() if node.style not in QUOTED))
        if not mistakes:
            return [], None
        document, _ = read(self.file, "\n".join(lines).encode())
        return [Problem(Position(self.file, line, column), message) for line, column, message in mistakes], document

    def keyed(self, lists: Iterable[Loc]) -> "Document":
        """Return the document with mappings in place of some lists, so that what is in them can be checked."""
        return replace(self, value=reduce(_keyed, lists, self.value))

    def scalars(self, wanted: Callable[[str], bool]) -> Iterator[tuple[Position, str]]:
        """Yield the position and text of each scalar, keys included, for which `wanted` is true."""
        for node in all_scalars(self.root):
            if wanted(node.value):
                yield _position(self.file, node), node.value


def read(file: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Parse the bytes of one file. Returns its document, None if it cannot be parsed, and all mistakes found.

    A document may come with mistakes: it can still be checked, so that the author sees all mistakes at once.
    """
    parsed, mistakes = syntax.parse(raw)
    if parsed:
        reported = {line for line, _, _ in mistakes}
        mistakes += [mistake for mistake in parsed.mistakes if mistake[0] not in reported]
    problems = [Problem(Position(file, line, column), message) for line, column, message in mistakes]
    return Document(file, parsed.value, raw, parsed) if parsed else None, problems


def corrected(problems: Iterable[Problem]) -> set[int]:
    """Return the lines that were corrected in memory: what else is wrong in them may come from the corrections."""
    return {problem.at.line for problem in problems if syntax.HOLDS not in problem.message}


def _scalars(node: Node) -> Iterator[ScalarNode]:
    """Yield a scalar itself, and the keys of a mapping that have no value, or a space of another kind in them."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        keys = ((key, child) for key, child in node.value if isinstance(key, ScalarNode))
        yield from (key for key, child in keys if child.value == "" or special_space(key.value))


def _keyed(value: Value, loc: Loc) -> Value:
    if not loc:
        return {f"{MEMBER}{i}": child for i, child in enumerate(value)} if isinstance(value, list) else value
    if isinstance(value, dict):
        return {key: _keyed(child, loc[1:]) if key == loc[0] else child for key, child in value.items()}
    if isinstance(value, list):
        return [_keyed(child, loc[1:]) if i == loc[0] else child for i, child in enumerate(value)]
    return value


def _position(file: str, node: Node) -> Position:
    return Position(file, node.line + 1, node.column + 1)
