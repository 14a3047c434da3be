"""What the templates of an Anki note type say of its fields: which one asks, which one answers, what is typed in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hitoe.importing.anki_file import CardTemplate, ForeignType
from hitoe.kinds.kept_type import NO_FIELDS

REPLACEMENT = re.compile(r"\{\{([^{}]+)\}\}")
READINGS = {"furigana", "kanji", "kana"}
"""The filters of fields with readings in brackets."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field in a template, and the filters that it goes through."""

    name: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How notes of a type become items.

    `fronts` and `backs`: the fields from which question and answer are taken, the first one that holds something.
    `mirrored`: the second template asks the other way round. `faithful`: nothing is shown elsewhere than in Anki.
    """

    fronts: tuple[str, ...]
    backs: tuple[str, ...]
    hint: str | None
    typed: bool
    mirrored: bool
    faithful: bool
    readings: frozenset[str]


@cache  # many notes have the same type
def recipe(type_: ForeignType) -> Recipe:
    """Return how notes of a type become items."""
    first = type_.templates[0]
    front, back = list(_fields(first.front, type_)), list(_fields(first.back, type_))
    asked = _names(each for each in front if not {"type", "hint"} & {*each.filters})
    answered = [name for name in _names(each for each in back if "hint" not in each.filters) if name not in asked]
    hints = _names(each for each in (*front, *back) if "hint" in each.filters)
    _, *others = type_.templates
    mirrored = len(others) == 1 and _mirrors(others[0], asked, answered, type_)
    everywhere = [each for side in _sides(type_) for each in _fields(side, type_)]
    elsewhere = {each.name for each in everywhere} - {*asked, *answered, *hints}
    one_each = len(asked) == len(answered) == 1 and (mirrored or not others)
    faithful = one_each and not elsewhere
    otherwise = () if faithful else type_.fields  # where the templates show much else, any field will do
    return Recipe(
        fronts=tuple(dict.fromkeys((*asked, *otherwise))),
        backs=tuple(dict.fromkeys((*answered, *otherwise))),
        hint=hints[0] if hints else None,
        typed=any("type" in each.filters for each in front),
        mirrored=mirrored,
        faithful=faithful,
        readings=frozenset(each.name for each in everywhere if READINGS & {*each.filters}),
    )


def _sides(type_: ForeignType) -> list[str]:
    return [side for template in type_.templates for side in (template.front, template.back)]


def conditions(type_: ForeignType) -> frozenset[str]:
    """Return the fields that only switch parts of templates on or off."""
    sides = _sides(type_)
    tested = {name[1:].strip() for side in sides for name in REPLACEMENT.findall(side) if name[0] in "#^"}
    shown = {each.name for side in sides for each in _fields(side, type_)}
    return frozenset(tested - shown)


def cloze_field(type_: ForeignType) -> str:
    """Return the field whose clozes are asked."""
    shown = _fields(type_.templates[0].front, type_)
    return next((each.name for each in shown if "cloze" in each.filters), type_.fields[0])


def _fields(side: str, type_: ForeignType) -> Iterator[Shown]:
    """Yield the fields of a side of a card in the order of the template."""
    known = frozenset(type_.fields)
    for found in REPLACEMENT.findall(side):
        *filters, name = (part.strip() for part in found.split(":"))
        if name[:1] not in "#^/!" and name not in NO_FIELDS and name in known:
            yield Shown(name, tuple(word for each in filters for word in each.split()))


def _names(shown: Iterator[Shown]) -> list[str]:
    return list(dict.fromkeys(each.name for each in shown))


def _mirrors(template: CardTemplate, asked: list[str], answered: list[str], type_: ForeignType) -> bool:
    front = _names(_fields(template.front, type_))
    back = [name for name in _names(_fields(template.back, type_)) if name not in front]
    return len(asked) == len(answered) == 1 and (front, back) == (answered, asked)
