"""Texts with names in braces, for which other texts are put in: `question: "{row}の{column}は?"` of a table."""

import re
from collections.abc import Iterator, Mapping

from hitoe.text import Inline, Plain, Text
from hitoe.text.rewriting import rewritten

NAME = re.compile(r"\{([^{}]*)\}")


def names(pattern: Text) -> set[str]:
    """Return the names in braces, without those in code, which is literal."""
    return {name for node in pattern.walk() if isinstance(node, Plain) for name in NAME.findall(node.text)}


def filled(pattern: Text, values: Mapping[str, Text]) -> Text:
    """Return the pattern with a text for each name; the texts keep their marks, those of several blocks their words."""
    blocks = rewritten(pattern.blocks, lambda node: _filled(node.text, values) if isinstance(node, Plain) else None)
    return Text(" ".join([pattern.raw, *(text.raw for text in values.values())]), blocks)


def _filled(text: str, values: Mapping[str, Text]) -> Iterator[Inline]:
    # Split at the names, which then stand at the odd places.
    for place, part in enumerate(NAME.split(text)):
        if place % 2:
            yield from values[part].inline or (Plain(values[part].plain),)
        elif part:
            yield Plain(part)
