"""The texts of an item that the sheet prints, taken from the source, in reading order."""

from collections.abc import Iterator, Mapping
from typing import Any

from hitoe.schema import Calc, Cloze, Code, Fact, Item, Picture, Steps, Strict, Table
from hitoe.text import Code as CodeSpan
from hitoe.text import Fence, Plain, Text

DESCRIBED = ("title", "alt")
"""Texts of a figure that are not among its letters."""


def of_item(item: Item) -> Iterator[str]:
    """Yield the letters of each text of an item, without those of its figure."""
    yield from (letters(text) for text in _texts(item) if text is not None)


def of_figure(item: Item) -> Iterator[str]:
    """Yield the letters of each label of an item's figure, in any order."""
    if item.figure is not None:
        for name in type(item.figure).model_fields:
            if name not in DESCRIBED:
                yield from map(letters, _within(getattr(item.figure, name)))


def letters(text: Text | str) -> str:
    """Return the letters of a text without white space."""
    if isinstance(text, str):
        return "".join(text.split())
    return "".join("".join(_words(node).split()) for node in text.walk())


def _words(node: object) -> str:
    match node:
        case Plain(text) | CodeSpan(text) | Fence(text=text):
            return text
        case _:
            return ""


def _texts(item: Item) -> Iterator[Text | str | None]:
    match item:
        case Fact():
            yield from (item.fact, item.answer)
        case Cloze():
            yield item.cloze
        case Table():
            yield from (item.table, item.corner, *(column.title for column in item.live_columns.values()))
            for key, row in item.live_rows.items():
                yield item.label(key)
                yield from (row.cells[column].answer for column in item.live_columns)
        case Steps():
            yield from (item.steps, *(step.text for step in item.live_steps.values()))
        case Code():
            yield item.code
            yield from item.answer.split("\n")
        case Calc():
            yield item.calc
            for name, given in item.given.items():
                yield from (given.label or name, str(given.value), given.unit)
            yield from (item.worked, item.answer, item.unit)
        case Picture():
            yield from (item.picture, *(region.label for region in item.live_regions.values()))


def _within(value: Any) -> Iterator[Text]:
    """Yield every text in a value of the format."""
    match value:
        case Text():
            yield value
        case Strict():
            for name in type(value).model_fields:
                yield from _within(getattr(value, name))
        case Mapping():
            for inner in value.values():
                yield from _within(inner)
        case tuple():
            for inner in value:
                yield from _within(inner)
        case _:
            pass
