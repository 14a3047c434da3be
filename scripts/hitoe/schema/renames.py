"""Old paths (`was`) that begin with a later name of an entry or item than its first.

An author writes the path as it is on the day of the rename. Learners know everything by its oldest path.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from hitoe.kinds import Identified, Item

Part = TypeVar("Part", bound=Identified)


def resolved(key: str, entry: Identified, items: Mapping[str, Item], oldest: set[str]) -> dict[str, Item]:
    """Return the items of an entry with old paths that begin with the oldest names of the entry and of the items.

    `oldest` are the oldest names of all entries. A name that another entry or item has had from the beginning is left
    as it is written.
    """
    first, names = entry.oldest(key), {key, *entry.was} - oldest
    found = {name: _renamed(item, first, names, ".") for name, item in items.items()}
    taken = {item.oldest(f"{first}.{name}") for name, item in found.items()}
    return {name: _item(item, f"{first}.{name}", (first, names), taken) for name, item in found.items()}


def _item(item: Item, path: str, entry: tuple[str, set[str]], taken: set[str]) -> Item:
    """Return an item whose parts have oldest paths; `entry` are the oldest name of its entry, and the later ones."""
    changes = {}
    for field in type(item).model_fields:
        parts = getattr(item, field)
        if isinstance(parts, dict) and any(isinstance(part, Identified) and part.was for part in parts.values()):
            inside = {name: _renamed(part, *entry, ".") for name, part in parts.items()}
            names = {path, *item.was} - taken
            changes[field] = {name: _renamed(part, item.oldest(path), names, "[") for name, part in inside.items()}
    return item.model_copy(update=changes) if changes else item


def _renamed(part: Part, first: str, names: Iterable[str], end: str) -> Part:
    """Return a part in whose old paths `first` stands in place of each of the names, which `end` follows."""
    was = part.was
    for name in names:
        was = tuple(first + path.removeprefix(name) if path.startswith(name + end) else path for path in was)
    return part if was == part.was else part.model_copy(update={"was": was})
