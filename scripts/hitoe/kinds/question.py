"""What a note of the deck asks of an item: its identity, its cards, and what goes into its fields, as data.

HTML is made of it by the card templates alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.kinds.picture_regions import Area
from hitoe.text import Text

FORWARD, REVERSE = 0, 1
"""Card numbers (Anki: ords) of the standard note type, as in `deck.notes`."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A call of a macro of `templates/cards/<template>.html.j2`."""

    template: str
    name: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A rectangle, found by `area` in a `file` of the content folder, that hides its part until the answer is shown."""

    file: str
    area: Callable[[Path], Area]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """HTML that fills a field as it is."""

    html: str


FieldValue = Text | Macro | Covered | Verbatim


class Question(NamedTuple):
    """What one note asks of an item.

    `path` is the oldest full path, from which the guid comes. `type` is the key of the note type, `ords` are the
    numbers of the cards (of a cloze, its numbers from 0), `fields` maps names of fields to what goes into them.
    `retired_ords` are those of `ords` that the author retired. Notes that share a word of `apart` give each other's
    answers away, and are learned on different days. `guid` is that of a note that hitoe did not make, empty for others.

    A tuple because that is made several times faster than a frozen dataclass, and each note has one.
    """

    path: str
    fields: Mapping[str, FieldValue]
    ords: tuple[int, ...] = (FORWARD,)
    type: str = "standard"
    retired: bool = False
    retired_ords: tuple[int, ...] = ()
    apart: tuple[str, ...] = ()
    guid: str = ""
