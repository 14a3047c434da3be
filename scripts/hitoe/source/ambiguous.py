"""Whether a YAML text may have what the C parser accepts and the pure one reads otherwise, or what `syntax` reports."""

import re
from collections.abc import Iterable, Iterator

from ruamel.yaml.events import Event, ScalarEvent

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


def noting(events: Iterable[Event], into: list[ScalarEvent]) -> Iterator[Event]:
    """Yield the events of a parser, of which those of literal blocks and texts in quotes are put `into` a list."""
    for event in events:
        if isinstance(event, ScalarEvent) and event.style in ("|", "'", '"'):
            into.append(event)
        yield event


def without_contents(noted: Iterable[ScalarEvent], text: str) -> str:
    """Return a text with one letter in place of what each literal block, and each text in quotes on one line, holds."""
    parts, at = list[str](), 0
    for event in noted:
        start, end = event.start_mark, event.end_mark
        if event.style == "|" and start.line < end.line:
            first, last = text.index("\n", start.index) + 1, end.index - 1
            # Of blocks that begin with a line of spaces the parsers take some for mistakes, not the same ones.
            held = not SPACES.match(text, first)
        else:
            first, last = start.index + 1, end.index - 1
            held = event.style != "|" and start.line == end.line
        if held and first < last:
            parts += [text[at:first], "x"]
            at = last
    return "".join([*parts, text[at:]])
