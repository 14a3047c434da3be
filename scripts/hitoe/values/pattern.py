"""Texts with names in braces, for which other texts are put in: `question: "{row}の{column}は?"` of a table."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hitoe.text import Bullets, Numbers, Plain, Text

NAME = re.compile(r"\{([^{}]*)\}")


def names(pattern: Text) -> set[str]:
    """Return the names in braces, without those in code, which is literal."""
    return {name for node in pattern.walk() if isinstance(node, Plain) for name in NAME.findall(node.text)}


def filled(pattern: Text, values: Mapping[str, Text]) -> Text:
    """Return the pattern with a text for each name; the texts keep their marks, those of several blocks their words."""
    return Text(" ".join([pattern.raw, *(text.raw for text in values.values())]), _filled(pattern.blocks, values))


def _filled(nodes: tuple[Any, ...], values: Mapping[str, Text]) -> tuple[Any, ...]:
    found: list[Any] = []
    for node in nodes:
        match node:
            case Plain(text):
                # Split at the names, which then stand at the odd places.
                for place, part in enumerate(NAME.split(text)):
                    if place % 2:
                        found += values[part].inline or (Plain(values[part].plain),)
                    elif part:
                        found.append(Plain(part))
            case Bullets(items=items) | Numbers(items=items):
                found.append(replace(node, items=tuple(_filled(item, values) for item in items)))
            case _ if hasattr(node, "children"):
                found.append(replace(node, children=_filled(node.children, values)))
            case _:
                found.append(node)
    return tuple(found)
