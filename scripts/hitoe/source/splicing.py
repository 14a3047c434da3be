"""Adds to a YAML file by inserting lines, so that all others keep every byte: comments, layout and line ends."""

import re
from collections.abc import Iterator

from hitoe.messages import say
from hitoe.problems import InputError, Problem, RefusedError
from hitoe.source.document import Document, Loc, read
from hitoe.source.document_value import Value
from hitoe.source.nodes import MappingNode, Node, ScalarNode

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
BOM = "\ufeff"
STEP = 2
"""Spaces of one level in the lines that are added; they get those of the file."""


def spelled(text: str) -> str:
    """Return how YAML spells a text of one line, in brackets too: without quotes if it needs none.

    Raises:
        RefusedError: no file can have this text, for it has control characters or several lines.
    """
    single = "'" + text.replace("'", "''") + "'"
    double = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    for written in (text, double, single):
        found = [_value(f"key: {written}\n"), _value(f"{{key: {written}}}\n")]
        if found == [{"key": text}] * 2:
            return written
    raise RefusedError(
        "{text} cannot be written: a text of one line without control characters is needed", text=repr(text)
    )


def with_text(document: Document, loc: Loc, text: str) -> Document:
    """Return a document in which the scalar at a location, of one line, is another text."""
    node = _node(document.root, loc)
    assert isinstance(node, ScalarNode)
    lines = _lines(document)
    line = lines[node.line]
    lines[node.line] = line[: node.column] + spelled(text) + line[node.end_column :]
    added = _document(document, lines)
    assert added is not None
    return added


def part(document: Document, loc: Loc) -> str:
    """Return the lines of the block mapping at a location, without their common indentation."""
    node = _node(document.root, loc)
    assert isinstance(node, MappingNode)
    lines = _lines(document)
    own = lines[node.line : _end(node, lines)]
    return "".join(line[node.column :] or line for line in own)


def with_child(document: Document, loc: Loc, key: str, lines: str, *, apart: bool = False) -> Document:
    """Return a document with one more key at the end of the mapping at a location, which is made if it is missing.

    `lines` are the key's value, a block mapping that is indented by STEP. `apart`: a blank line goes before a second
    key; where there are more, it is done as there.

    Raises:
        InputError: the mapping is written in braces, or the lines cannot be added for another reason.
    """
    node = _node(document.root, loc)
    if node is None:
        return with_child(document, loc[:-1], str(loc[-1]), f"{key}:\n{_indented(lines, STEP, STEP)}")
    step, old = _step(document.root), _lines(document)
    if isinstance(node, ScalarNode) and not node.value:
        owner = document.at(loc, key=True)
        column, place, blank = owner.column - 1 + step, owner.line, False
    elif isinstance(node, MappingNode) and not node.flow_style and node.value:
        column, place = node.column, _end(node, old)
        blank = _apart(node, old) if len(node.value) > 1 else apart
    else:
        message = say(
            "'{key}' is written in braces, where no lines can be added: write its keys on lines of their own",
            key=loc[-1],
        )
        raise InputError([Problem(document.at(loc, key=True), message)])
    new = f"{key}:\n{_indented(lines, STEP, STEP)}"
    new = "\n" * blank + _indented(new, column, step)
    added = _document(document, [*old[:place], *_fitting(new, old, place), *old[place:]])
    if added is None or _trimmed(_with(document.value, loc, key, _value(lines))) != _trimmed(added.value):
        raise InputError(
            [Problem(document.at(loc, key=True), say("the new lines find no place here: write them by hand"))]
        )
    return added


def _fitting(new: str, old: list[str], place: int) -> Iterator[str]:
    """Yield new lines with the line ends of a file; after a last line without one they begin with it."""
    end = next((line[len(line.rstrip("\r\n")) :] for line in old if line.endswith(("\r", "\n"))), "\n")
    text = new.replace("\n", end)
    ended = place == 0 or old[place - 1].endswith(("\r", "\n"))
    yield text if ended else end + text.removesuffix(end)


def _indented(lines: str, column: int, step: int) -> str:
    """Return lines further to the right, with `step` spaces for each STEP of their own."""
    found = []
    for line in lines.splitlines():
        own = len(line) - len(line.lstrip(" "))
        found.append(" " * (column + own * step // STEP) + line.lstrip(" ") if line else "")
    return "".join(f"{line}\n" for line in found)


def _end(node: MappingNode, lines: list[str]) -> int:
    """Return the number of the line after a block mapping; comments further to the left are none of its lines."""
    # It ends where the next key begins, or where the file ends.
    unended = node.end_line == len(lines) - 1 and node.end_column == len(lines[-1].rstrip("\r\n"))
    end = len(lines) if unended else node.end_line
    while end > node.line + 1:
        line = lines[end - 1].rstrip()
        text = line.lstrip(" ")
        if text and not (text.startswith("#") and len(line) - len(text) < node.column):
            break
        end -= 1
    return end


def _apart(node: MappingNode, lines: list[str]) -> bool:
    """Whether a blank line is before the second key of a mapping, or before the comments above it."""
    line = node.value[1][0].line - 1
    while lines[line].lstrip().startswith("#"):
        line -= 1
    return not lines[line].strip()


def _step(root: Node) -> int:
    """Return how many spaces indent the first mapping that is indented."""
    if isinstance(root, MappingNode):
        for key, child in root.value:
            if isinstance(child, MappingNode) and not child.flow_style and child.value:
                return child.column - key.column
    return STEP


def _node(root: Node, loc: Loc) -> Node | None:
    node: Node | None = root
    for name in loc:
        pairs = node.value if isinstance(node, MappingNode) else ()
        node = next((child for key, child in pairs if isinstance(key, ScalarNode) and key.value == name), None)
    return node


def _lines(document: Document) -> list[str]:
    """Return the lines of a file with their ends, as marks of nodes count them."""
    return LINE.findall(document.text.decode("utf-8-sig"))


def _document(old: Document, lines: list[str]) -> Document | None:
    """Return the document of new lines; None if they are no YAML."""
    text = "".join(lines).encode()
    document, _ = read(old.file, BOM.encode() * old.text.startswith(BOM.encode()) + text)
    return document


def _with(value: Value, loc: Loc, key: str, child: Value | None) -> Value:
    """Return a value with one more key in the mapping at a location."""
    mapping = value if isinstance(value, dict) else {}
    if not loc:
        return mapping | {key: child or {}}
    return mapping | {str(loc[0]): _with(mapping.get(str(loc[0]), {}), loc[1:], key, child)}


def _trimmed(value: Value) -> Value:
    """Return a value whose texts end with no line end: a block scalar at the end of a file may get one."""
    if isinstance(value, dict):
        return {key: _trimmed(child) for key, child in value.items()}
    return [_trimmed(child) for child in value] if isinstance(value, list) else value.rstrip("\n")


def _value(text: str) -> Value | None:
    """Return the value of a YAML text; None if anything is wrong with it."""
    try:
        document, problems = read("", text.encode())
    except UnicodeEncodeError:  # the command line had bytes that are no UTF-8
        return None
    return document.value if document and not problems else None
