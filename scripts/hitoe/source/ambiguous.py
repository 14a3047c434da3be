"""Whether a YAML text may have what the C parser accepts and the pure one reads otherwise, or what `syntax` reports."""

import re
from itertools import accumulate, chain

from hitoe.source.nodes import Node, ScalarNode, SequenceNode

AMBIGUOUS = re.compile(
    r"""
    [\t#%|>&*!{]  # first of all a rare character, because that makes the search ten times faster; then a look back
    (?: (?<=\t) | (?<=[^ \n][ ]\#) | (?<=\n%) | (?<=[|>]) [-+0-9]* (?: \s* \# | [ ]*\n[ ]+\n )
      | (?: (?<=[&*!]) | (?<={)(?={) ) (?: (?<=[\n,\[{].) | (?<=[-?:,\[{\s]\s.) | (?<=["'}\]]:.) )
    )
    """,
    re.VERBOSE,
)
"""Finds, in a text after a line end, at least what the C parser accepts and `_misread` might report."""
SPACES = re.compile(r"[ ]+\n")


def found(text: str) -> bool:
    """Return whether a text may have something of that kind."""
    return bool(AMBIGUOUS.search("\n" + text))


def without_contents(root: Node, text: str) -> str:
    """Return a text with one letter in place of what each literal block, and each text in quotes on one line, holds."""
    lines = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    waiting, contents = [root], list[tuple[int, int]]()
    while waiting:
        node = waiting.pop()
        start, end = lines[node.line] + node.column, lines[node.end_line] + node.end_column
        if not isinstance(node, ScalarNode):
            waiting += node.value if isinstance(node, SequenceNode) else chain.from_iterable(node.value)
        elif node.style == "|" and node.line < node.end_line:
            first = text.index("\n", start) + 1
            # Of blocks that begin with a line of spaces the parsers take some for mistakes, not the same ones.
            contents += [] if SPACES.match(text, first) else [(first, end - 1)]
        elif node.style in ("'", '"') and node.line == node.end_line:
            contents.append((start + 1, end - 1))
    parts, at = [], 0
    for first, last in sorted(contents):
        if at <= first < last:
            parts += [text[at:first], "x"]
            at = last
    return "".join([*parts, text[at:]])
