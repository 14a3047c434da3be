"""Finds lines that were meant to begin with a key, or with the dash of a list, and for YAML are text."""

import re
from collections.abc import Iterable

from hitoe.messages import say
from hitoe.source.nodes import Node
from hitoe.source.signs import COLONS, SPACE, named, plain_spaces

Slip = tuple[str, int, str]
"""The message, the column from 0, and the corrected line."""

KEY = re.compile(
    rf"(?P<indent>[ ]*)(?P<key>[\w-]+)"
    rf"(?P<sign>[ ]*{SPACE}*\s*[{COLONS}]\s*|(?<=[0-9])[.)．）]\s+"
    rf"|[ ]*:{SPACE}\s*|[ ]*{SPACE}\s*:\s*|[ ]*:(?![/:])(?=\S)|$)"
)
"""A line that was meant to begin with a key, but lacks ': ' or has other signs in its place."""
DASH = re.compile(rf"(?P<indent>[ ]*)(?P<dash>-|[・•‣–—−*](?=\s|\w))(?P<sign>{SPACE}\s*|\s+|(?=[^\s-]))")
"""A line that was meant to begin with the dash of a list."""
STRANGE = re.compile(rf"{SPACE}|[{COLONS}.)．）]")
NO_COLON = say("a key without ':': add it, or quote the text of the lines above")
INDENTS = " indents this line: use plain spaces"
"""How a message about the indentation ends."""
SPACED = re.compile(rf"[ ]*{SPACE}")


def key_slip(line: str, value: str = "", indent: str | None = None) -> Slip | None:
    """Return why a line that was meant to begin with a key does not; None when it was not meant to.

    `value` is written after a key without a value; `indent` in place of an indentation that has special spaces.
    """
    if SPACED.match(line):
        return indent_slip(line, indent)
    key = KEY.match(line.rstrip())
    if key is None:
        return None
    corrected = f"{key['indent']}{key['key']}: {line[key.end() :].strip() or value}"
    if not key["sign"]:
        return NO_COLON, key.start("key"), corrected
    strange = STRANGE.search(key["sign"])
    if strange is None:
        return say("a space is missing after '{key}:': add one", key=key["key"]), key.start("sign"), corrected
    place = key.start("sign") + strange.start()
    if not re.match(SPACE, strange[0]):
        return say("{strange} follows '{key}': write ': '", strange=named(strange[0]), key=key["key"]), place, corrected
    return (
        say(
            "{strange} stands beside the colon of '{key}': use a plain space", strange=named(strange[0]), key=key["key"]
        ),
        place,
        corrected,
    )


def indent_slip(line: str, indent: str | None = None) -> Slip:
    """Return the mistake of a line that special spaces indent; `indent` is written in their place."""
    own = line[: len(line) - len(line.lstrip().lstrip("\u200b"))]
    place = len(own) - len(own.lstrip(" "))
    corrected = (plain_spaces(own) if indent is None else indent) + line[len(own) :]
    return say("{space} indents this line: use plain spaces", space=named(own[place])), place, corrected


def dash_slip(line: str) -> Slip | None:
    """Return why a line that was meant to begin with the dash of a list does not; None when it was not meant to."""
    dash = DASH.match(line)
    if dash is None or dash["dash"] + dash["sign"] == "- ":
        return None
    corrected = f"{dash['indent']}- {line[dash.end() :].strip()}"
    if dash["dash"] != "-":
        return say("'{dash}' begins no list: write '- '", dash=dash["dash"]), dash.start("dash"), corrected
    what = say("{sign} follows", sign=named(dash["sign"][0])) if dash["sign"] else say("a space is missing after")
    return say("{what} the '-' of this list: write '- '", what=what), dash.start("sign"), corrected


def in_nodes(lines: list[str], nodes: Iterable[Node]) -> list[tuple[int, int, str]]:
    """Return what is mistyped in the lines of some scalars, as mistakes; corrects these lines in place."""
    mistakes = []
    # From the end, so that a correction moves nothing that is still to be looked at.
    for node in sorted(nodes, key=lambda node: (node.line, node.column), reverse=True):
        for number in range(node.line, min(node.end_line + 1, len(lines))):
            line = lines[number]
            start = node.column if number == node.line else 0
            begun = line[:start].strip()
            start = start if begun else 0
            slip = dash_slip(line[start:]) or key_slip(line[start:])
            if slip is None or slip[0] == NO_COLON:
                continue
            message = slip[0]
            if begun and message.endswith(INDENTS):
                space = named(line[start + slip[1]])
                message = say("{space} stands here: use a plain space", space=space)
            mistakes.append((number + 1, start + slip[1] + 1, message))
            if not begun or begun[-1] in "{[,-":
                lines[number] = line[:start] + slip[2]
    return mistakes
