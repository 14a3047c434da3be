"""The position of what a key path names: the path on a card, one that was renamed since, or the present one."""

from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize
from urllib.parse import unquote

from hitoe.checks import identities
from hitoe.messages import say
from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Position, RefusedError, close_to
from hitoe.source import Loc

Place = tuple[str, Loc]
"""A file and the keys that lead to a value in it."""


def position(project: Project, path: str) -> Position:
    """Return the position of the key that a path names.

    `path` is a full path, with the deck's key and `/` before it or not, and may be percent-encoded, as in addresses.

    Raises:
        RefusedError: nothing has that path.
    """
    deck, slash, own = normalize("NFC", unquote(path)).strip().rpartition("/")
    if slash and deck != project.deck.key:
        raise RefusedError(
            "'{path}' is of the deck '{deck}', and this one is '{key}': name it with -C",
            path=path,
            deck=deck,
            key=project.deck.key,
        )
    known = _places(project)
    if place := known.get(own) or _cell(project, known, own):
        return project.at(place[0], *place[1], key=True)
    close = close_to(own, known)
    raise RefusedError(
        "nothing has the path '{own}': {hint}",
        own=own,
        hint=say("did you mean {close}?", close=close) if close else say("copy it whole"),
    )


def _places(project: Project) -> dict[str, Place]:
    """Return where every path leads; of cells only the paths that cards have, which are the oldest ones.

    Of two things with one path, that of a card counts first, and last what has the path only by its entry's old name.
    """
    placed = list(project.entries())
    found = {name: (each.file, loc) for each in placed for loc, name in _names(each, each.entry.was)}
    found |= {name: (each.file, loc) for each in placed for loc, name in _names(each, [each.key])}
    return found | {path: (each.file, loc) for each in placed for loc, path in identities.paths(each)}


def _names(placed: PlacedEntry, entries: Sequence[str]) -> Iterator[tuple[Loc, str]]:
    """Yield the paths of an entry and its parts except cells, by these names of the entry, and those of `was`."""
    yield from ((placed.loc, name) for name in entries)
    for key, item in placed.entry.items.items():
        loc, items = (*placed.loc, "items", key), [*(f"{name}.{key}" for name in entries), *item.was]
        yield from ((loc, name) for name in items)
        for name in items:
            for part in item.parts(name):
                group, *keys = map(str, part.loc)
                inner = "," * (group == "columns") + ",".join(keys)
                yield from (((*loc, *part.loc), each) for each in (f"{name}[{inner}]", *part.was))


def _cell(project: Project, known: Mapping[str, Place], path: str) -> Place | None:
    """Return the cell where the row and the column of a path meet, whatever these were called at that time."""
    table, bracket, inner = path.partition("[")
    row, comma, column = inner.removesuffix("]").partition(",")
    if not (bracket and comma and row and column):
        return None
    place, head = known.get(f"{table}[{row}]"), known.get(f"{table}[,{column}]")
    if place is None or head is None:
        return None
    cell = (place[0], (*place[1], head[1][-1]))
    cells = {(each.file, loc) for each in project.entries() for loc, _ in identities.paths(each)}
    return cell if cell in cells else None
