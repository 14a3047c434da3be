"""What the templates of an Anki note type say of its fields: which one asks, which one answers, what is typed in."""

import re
from collections.abc import Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from hitoe.importing.anki_file import ForeignType
from hitoe.kinds.kept_type import NO_FIELDS

REPLACEMENT = re.compile(r"\{\{([^{}]+)\}\}")
READINGS = {"furigana", "kanji", "kana"}
"""The filters of fields with readings in brackets."""


Shown = tuple[str, frozenset[str]]
"""A field in a template, and the filters that it goes through."""


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
    sides = [list(_fields(side, type_)) for side in _sides(type_)]
    (front, back), others = sides[:2], sides[2:]
    asked = _names(front, without={"type", "hint"})
    answered = _names(back, without={"hint"}, before=asked)
    hints = [name for name, filters in (*front, *back) if "hint" in filters]
    again = [_names(others[0]), _names(others[1], before=answered)] if len(type_.templates) == 2 else []  # noqa: PLR2004
    one_each = len(asked) == len(answered) == 1
    mirrored = one_each and again == [answered, asked]
    everywhere = [each for side in sides for each in side]
    elsewhere = {name for name, _ in everywhere} - {*asked, *answered, *hints}
    faithful = one_each and (mirrored or not others) and not elsewhere
    otherwise = () if faithful else type_.fields  # where the templates show much else, any field will do
    return Recipe(
        fronts=tuple(dict.fromkeys((*asked, *otherwise))),
        backs=tuple(dict.fromkeys((*answered, *otherwise))),
        hint=hints[0] if hints else None,
        typed=any("type" in filters for _, filters in front),
        mirrored=mirrored,
        faithful=faithful,
        readings=frozenset(name for name, filters in everywhere if READINGS & filters),
    )


def _sides(type_: ForeignType) -> list[str]:
    return [side for template in type_.templates for side in (template.front, template.back)]


def conditions(type_: ForeignType) -> frozenset[str]:
    """Return the fields that only switch parts of templates on or off."""
    sides = _sides(type_)
    tested = {name[1:].strip() for side in sides for name in REPLACEMENT.findall(side) if name[0] in "#^"}
    shown = {name for side in sides for name, _ in _fields(side, type_)}
    return frozenset(tested - shown)


def cloze_field(type_: ForeignType) -> str:
    """Return the field whose clozes are asked."""
    shown = _fields(type_.templates[0].front, type_)
    return next((name for name, filters in shown if "cloze" in filters), type_.fields[0])


def _fields(side: str, type_: ForeignType) -> Iterator[Shown]:
    """Yield the fields of a side of a card in the order of the template."""
    known = frozenset(type_.fields)
    for found in REPLACEMENT.findall(side):
        *filters, name = (part.strip() for part in found.split(":"))
        if name[:1] not in "#^/!" and name not in NO_FIELDS and name in known:
            yield name, frozenset(word for each in filters for word in each.split())


def _names(shown: Iterable[Shown], without: AbstractSet[str] = frozenset(), before: Container[str] = ()) -> list[str]:
    """Return the fields of a side, but for those with one of some filters and those that were shown before."""
    return list(dict.fromkeys(name for name, filters in shown if not without & filters and name not in before))
