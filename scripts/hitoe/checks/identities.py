"""Checks of keys and of `was`: an identity belongs to one thing for ever."""

import re
from collections.abc import Iterator

from hitoe.model.identity import entry_path, item_path
from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.source import Loc

NAME = r"[^\W_][\w-]*"
WORD = re.compile(r"\w+")


def unique(project: Project) -> Iterator[Problem]:
    """No two things have the same oldest path."""
    seen: dict[str, tuple[str, Loc]] = {}
    keys: set[str] = set()
    for placed in project.entries():
        if placed.key in keys:
            continue  # entries.keys_unique reports it
        keys.add(placed.key)
        for loc, path in paths(placed):
            if path in seen:
                file, other = seen[path]
                at = project.at(placed.file, *loc, key=True)
                first = project.at(file, *other, key=True)
                yield Problem(at, f"'{path}' is also the identity of {first}: rename the newer of the two")
            seen.setdefault(path, (placed.file, loc))


def paths_readable(project: Project) -> Iterator[Problem]:
    """A `was` is a full path of the right shape."""
    for placed in project.entries():
        for what, shape, loc, was in _renamed(placed):
            pattern = WORD.sub(lambda _: NAME, re.escape(shape))
            for path in was:
                if not re.fullmatch(pattern, path):
                    article = "an" if what[0] in "ei" else "a"
                    message = f"'{path}' is not the full path of {article} {what}: write {shape}"
                    yield Problem(project.at(placed.file, *loc, "was"), message)


def paths(placed: PlacedEntry) -> Iterator[tuple[Loc, str]]:
    """Yield the oldest path of an entry and of each of its parts, with the location of each in the file."""
    yield placed.loc, entry_path(placed)
    for key, item in placed.entry.items.items():
        loc, path = (*placed.loc, "items", key), item_path(placed, key, item)
        yield loc, path
        yield from (((*loc, *part.loc), part.path) for part in item.parts(path) if part.path is not None)


def _renamed(placed: PlacedEntry) -> Iterator[tuple[str, str, Loc, tuple[str, ...]]]:
    """Yield of an entry and each of its parts: what it is, the shape of its paths, its location and its `was`."""
    yield "entry", "entry", placed.loc, placed.entry.was
    for key, item in placed.entry.items.items():
        loc = (*placed.loc, "items", key)
        yield "item", "entry.item", loc, item.was
        yield from ((part.what, part.shape, (*loc, *part.loc), part.was) for part in item.parts(""))
