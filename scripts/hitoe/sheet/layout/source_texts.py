"""The letters of an item's texts that the sheet prints, taken from the source, in reading order.

White space means nothing in them, but that no characters on its two sides are joined.
"""

from collections.abc import Iterator

from hitoe.schema import Item
from hitoe.text import NOTE, Block, CodeSpan, Fence, Inline, Plain, SoundSpan, Sub, Sup, Tex, Text
from hitoe.text.ruby import Ruby


def of_item(item: Item) -> Iterator[str]:
    """Yield the letters of each text of an item, of code line by line, without those of its figure."""
    for _, text in item.texts():
        match text.blocks:
            case (Fence(code),):  # a column break between two lines repeats the item's title
                yield from code.split("\n")
            case _:
                yield letters(text)


def of_figure(item: Item) -> Iterator[str]:
    """Yield the letters of each label of an item's figure, in any order."""
    if item.figure is not None:
        yield from (letters(text) for _, text in item.figure.texts())


def letters(text: Text) -> str:
    """Return the letters of a text, a line for each of its nodes."""
    return "\n".join(filter(None, map(_letters, text.walk())))


def _letters(node: Inline | Block) -> str:
    match node:
        case Ruby(text, reading):
            return f"{text}\n{reading}"
        case Plain(text) | CodeSpan(text) | Tex(text) | Sub(text) | Sup(text) | Fence(text=text):
            return text
        case SoundSpan():
            return NOTE
        case _:
            return ""


def without_space(text: str) -> str:
    """Return characters without white space."""
    return "".join(text.split())
