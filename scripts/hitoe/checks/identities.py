"""The identities of a project's entries, items and parts of items, and a check of `was`."""

import re
from collections.abc import Iterator

from hitoe.kinds import ItemPart
from hitoe.messages import say
from hitoe.model.identity import item_path
from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.source import Loc

NAME = r"[^\W_][\w-]*"
NAMES = {
    "entry": say("an entry"),
    "item": say("an item"),
    "region": say("a region"),
    "step": say("a step"),
    "row": say("a row"),
    "column": say("a column"),
}
"""What parts with a `was` are called, with an article."""


def paths(placed: PlacedEntry) -> Iterator[tuple[Loc, str]]:
    """Yield the oldest path of an entry and of each of its parts, with the location of each in the file."""
    yield from ((part.loc, part.path) for part in parts(placed) if part.path is not None)


def paths_readable(project: Project) -> Iterator[Problem]:
    """A `was` is a full path of the right shape."""
    if not any(document.may_hold(b"was") for document in project.documents.values()):  # few files do
        return
    for placed in project.entries():
        for part in parts(placed):
            for path in part.was:
                pattern = re.sub(r"\w+", lambda _: NAME, re.escape(part.shape))
                if not re.fullmatch(pattern, path):
                    message = say(
                        "'{path}' is not the full path of {what}: write {shape}",
                        path=path,
                        what=NAMES[part.what],
                        shape=part.shape,
                    )
                    yield Problem(project.at(placed.file, *part.loc, "was"), message)


def parts(placed: PlacedEntry) -> Iterator[ItemPart]:
    """Yield an entry, its items and their parts; locations lead from the file to them."""
    entry = placed.entry
    yield ItemPart("entry", placed.loc, entry.oldest(placed.key), entry.was, "entry")
    for key, item in entry.items.items():
        loc, path = (*placed.loc, "items", key), item_path(placed, key, item)
        yield ItemPart("item", loc, path, item.was, "entry.item")
        yield from (part._replace(loc=(*loc, *part.loc)) for part in item.parts(path))
