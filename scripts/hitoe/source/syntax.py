"""YAML's own rules, with mistakes told in an author's words.

The C parser reads when it is there (8 times faster); the pure parser gives the same verdicts and results.
The C parser refuses `:` and `?` inside a plain scalar of a flow collection, the pure one reads them, so both are
refused here. When a text cannot be parsed, its line is mended in memory and read on: the next mistakes show too.
"""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    TagToken,
    Token,
)

from hitoe.source.mending import Mistake, explain

CBaseLoader: Any
try:
    from ruamel.yaml import cyaml

    CBaseLoader = cyaml.CBaseLoader
except ImportError:
    CBaseLoader = None

MOST_MISTAKES = 20
SUSPICIOUS = re.compile(r"\S #|\{\{|(?:^|[\s,\[{:])(?:[&*][^\s&*]|!\S)", re.M)
QUOTE = "quote the text"


def compose(raw: bytes) -> tuple[Node | None, list[Mistake]]:
    """Parse one YAML document into nodes with marks.

    Returns the root node (None when the text cannot be read to its end) and the mistakes found.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        return None, [
            (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1, "not UTF-8: save the file as UTF-8")
        ]
    if not text.strip():
        return None, [(1, 1, "the file is empty: write the notes or delete the file")]
    if CBaseLoader is not None:
        try:
            root = CBaseLoader(text).get_single_node()
        except (MarkedYAMLError, ReaderError):
            return _mended(text)
        if root is not None and not SUSPICIOUS.search(text):
            return root, []
    else:
        try:
            root = _pure(text)
        except (MarkedYAMLError, ReaderError):
            return _mended(text)
    return _checked(root, text, [])


def _checked(root: Node | None, text: str, mistakes: list[Mistake]) -> tuple[Node | None, list[Mistake]]:
    if root is None:
        return None, [*mistakes, (1, 1, "the file holds only comments: write the notes or delete the file")]
    doubtful = list(_doubtful(text))
    # An alias can make the nodes a ring, so nothing after this may walk them.
    aliased = any("YAML alias" in message for _, _, message in doubtful)
    return None if aliased else root, mistakes + doubtful


def _pure(text: str) -> Node | None:
    root: Node | None = YAML(typ="base", pure=True).compose(text)
    return root


def _mended(text: str) -> tuple[Node | None, list[Mistake]]:
    """Read on after each mistake, with its line mended in memory, until the text parses or no mend helps."""
    mistakes: list[Mistake] = []
    while len(mistakes) < MOST_MISTAKES:
        try:
            return _checked(_pure(text), text, mistakes)
        except ReaderError as error:
            before = text[: error.position]
            line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
            code = error.character if isinstance(error.character, int) else ord(error.character)
            message = f"a control character (U+{code:04X}) stands in the text: delete it"
            text = text[: error.position] + " " + text[error.position + 1 :]
        except MarkedYAMLError as error:
            (line, column, message), mended = explain(text, error)
            if mended is None or mended == text:
                return None, [*mistakes, (line, column, message)]
            text = mended
        mistakes.append((line, column, message))
    return None, mistakes


def _doubtful(text: str) -> Iterator[Mistake]:
    """Yield what YAML reads without complaint, but not as the author meant it."""
    depth, braces = 0, 0
    for token in YAML(typ="base", pure=True).scan(text):
        line, column = token.start_mark.line + 1, token.start_mark.column + 1
        match token:
            case FlowMappingStartToken() | FlowSequenceStartToken():
                depth += 1
                if line != braces and text.startswith("{{", token.start_mark.index):
                    braces = line
                    yield line, column, f"a text that begins with '{{{{' means something else in YAML: {QUOTE}"
            case FlowMappingEndToken() | FlowSequenceEndToken():
                depth -= 1
            case AliasToken() | AnchorToken() | TagToken():
                sign = text[token.start_mark.index]
                yield line, column, f"'{sign}' begins a YAML {_feature(token)}, which notes do not use: {QUOTE}"
            case ScalarToken(plain=True) if depth and line != braces and re.search("[:?]", token.value):
                yield line, column, f"'{token.value}' holds ':' or '?' inside {{…}} or […]: {QUOTE}"
            case ScalarToken(plain=True):
                end = token.end_mark
                if text.startswith(" #", end.index):
                    cut = f"' #' cuts the text here: {QUOTE}, or put two spaces before a comment"
                    yield end.line + 1, end.column + 2, cut
            case _:
                pass


def _feature(token: Token) -> str:
    return {AliasToken: "alias", AnchorToken: "anchor", TagToken: "tag"}[type(token)]
