"""YAML's own rules, with mistakes told in an author's words.

The C parser reads when it is there (8 times faster); the pure parser gives the same verdicts and results.
The C parser refuses `:` and `?` inside a plain scalar of a flow collection, the pure one reads them, so both are
refused here. When a text cannot be parsed, its line is mended in memory and read on: the next mistakes show too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import Node, ScalarNode
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    DirectiveToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    TagToken,
    Token,
)

from hitoe.source.mending import INDENTATION, TAB, WIDE_SPACE, Mistake, explain

Loader: Any
try:
    from ruamel.yaml.cyaml import CBaseLoader

    class Loader(CBaseLoader):  # type: ignore[no-redef]
        """Reads nodes without asking what their values might mean."""

        def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
            """Return one tag for all."""
            return ""

except ImportError:
    Loader = None

MOST_MISTAKES = 20
MOST_MENDS = 4
"""In one line; a line that needs more is not understood."""
DEEPEST = 50
"""Levels of nesting; more exhaust Python's stack, and with tens of thousands the C parser's."""
HEAVY = 5000
"""Signs that may nest; where there are more, the depth is looked at before anything is built."""
SUSPICIOUS = re.compile(r"""[^ \n] #|[|>][-+0-9]*\s*#|\t|^%|(?:^|[,\[{]|[-?:]\s|["'}\]]:)\s*(?:[&*!]|\{\{)""", re.M)
SIGNS = (("&", "."), (r"\*", "."), ("!", "."), (r"\{\{", ".."))
MAYBE_SUSPICIOUS = re.compile(
    "|".join(
        [
            "\t|#|%",
            *(rf"""{sign}(?:(?<=[\n,\[{{]{at})|(?<=[-?:,\[{{\s]\s{at})|(?<=["'}}\]]:{at}))""" for sign, at in SIGNS),
        ]
    )
)
"""Finds at least what SUSPICIOUS finds, in a text after a line end, and faster: each branch begins with a rare sign."""
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
QUOTE = "quote the text"


def compose(raw: bytes) -> tuple[Node | None, list[Mistake]]:
    """Parse one YAML document into nodes with marks.

    Returns the root node (None when the text cannot be read to its end) and the mistakes found.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        return None, [(*_place(before, len(before)), "not UTF-8: save the file as UTF-8")]
    if not text.strip():
        return None, [(1, 1, "the file is empty: write the notes or delete the file")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = [(*_place(text, hit.start()), f"{invisible(hit[0])}: delete it") for hit in INVISIBLE.finditer(text)]
    text = INVISIBLE.sub(" ", text)
    if sum(map(text.count, ("[", "{", "- ", "? "))) > HEAVY and (deep := _too_deep(text)):
        return None, [*controls, *deep]
    try:
        if controls or Loader is None or _suspicious(text):
            return _mended(text, controls[:MOST_MISTAKES])
        return _fast(text)
    except RecursionError:
        return None, [*controls, *_too_deep(text)]
    except ValueError:
        return None, [*controls, (*_place(text, text.find("\\U")), "no character has this number: write the character")]


def invisible(text: str) -> str | None:
    """Return what is to be said of the first sign that no reader could see; None when there is none."""
    hit = INVISIBLE.search(text)
    return f"a control character (U+{ord(hit[0]):04X}) stands in the text" if hit else None


def _suspicious(text: str) -> bool:
    return bool(MAYBE_SUSPICIOUS.search("\n" + text) and SUSPICIOUS.search(text))


def _fast(text: str) -> tuple[Node | None, list[Mistake]]:
    try:
        root = Loader(text).get_single_node()
    except MarkedYAMLError:
        return _mended(text, [])
    return _finished(root, text, [])


def _mended(text: str, mistakes: list[Mistake]) -> tuple[Node | None, list[Mistake]]:
    """Read on after each mistake, with its line mended in memory, until the text parses or no mend helps."""
    mends: Counter[int] = Counter()
    while len(mistakes) < MOST_MISTAKES:
        try:
            root: Node | None = _composed(text)
            doubtful = [mistake for mistake in _doubtful(text) if not mends[mistake[0]]]
            return _finished(root, text, mistakes + doubtful)
        except MarkedYAMLError as error:
            (line, column, message), mended = explain(text, error)
        # What is wrong with a line that was mended may come from the mending.
        if not mends[line]:
            mistakes = [*mistakes, (line, column, message)]
        mends[line] += 1
        if mended is None or mended == text or mends[line] > MOST_MENDS:
            break
        text = mended
    return None, mistakes


def _composed(text: str) -> Node | None:
    yaml = YAML(typ="base", pure=True)
    # Each anchor is told as a mistake anyway, with its place.
    yaml.composer.warn_double_anchors = False
    node: Node | None = yaml.compose(text)
    return node


def _finished(root: Node | None, text: str, mistakes: list[Mistake]) -> tuple[Node | None, list[Mistake]]:
    if root is None:
        return None, [*mistakes, (1, 1, "the file holds only comments: write the notes or delete the file")]
    # An alias can make the nodes a ring, so nothing after this may walk them; a new indentation is only a guess.
    if any("YAML alias" in message or message in (TAB, WIDE_SPACE, INDENTATION) for _, _, message in mistakes):
        return None, mistakes
    deep = _too_deep(text) if _depth_exceeded(root) else []
    return None if deep else root, mistakes + deep


def _depth_exceeded(root: Node) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        inner = [node.value for node in level if not isinstance(node, ScalarNode)]
        level = [node for value in inner for part in value for node in (part if isinstance(part, tuple) else (part,))]
        if not level:
            return False
    return True


def _too_deep(text: str) -> list[Mistake]:
    """Return the mistake of nesting too deep, at the first part that does; reading events needs no stack."""
    depth = 0
    try:
        for event in YAML(typ="base", pure=True).parse(text):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > DEEPEST:
                mark = event.start_mark
                return [(mark.line + 1, mark.column + 1, f"nested more than {DEEPEST} levels deep: write it flatter")]
    except MarkedYAMLError:
        pass
    return []


def _place(text: str, index: int) -> tuple[int, int]:
    """Return line and column, from 1, of a place in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


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
            case DirectiveToken():
                yield line, column, "'%' begins a YAML directive, which notes do not use: delete the line"
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
