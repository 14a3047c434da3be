"""Checks of keys that live for ever."""

import re
from collections.abc import Iterator

from hitoe.model.identity import cell_path, entry_path, item_path, region_path, row_path, step_path
from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.schema import Item, Picture, Steps, Table
from hitoe.source import Loc

NAME = r"[^\W_][\w-]*"
SHAPES = {
    "entry": (NAME, "entry"),
    "item": (rf"{NAME}\.{NAME}", "entry.item"),
    "row": (rf"{NAME}\.{NAME}\[{NAME}\]", "entry.table[row]"),
    "column": (rf"{NAME}\.{NAME}\[,{NAME}\]", "entry.table[,column]"),
    "region": (rf"{NAME}\.{NAME}\[{NAME}\]", "entry.picture[region]"),
    "step": (rf"{NAME}\.{NAME}\[{NAME}\]", "entry.steps[step]"),
}


def unique(project: Project) -> Iterator[Problem]:
    """No two things are, or once were, at one path."""
    seen: dict[str, tuple[str, Loc]] = {}
    keys: set[str] = set()
    for placed in project.entries():
        if placed.key in keys:
            continue  # entries.keys_unique tells of it
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
        for what, loc, was in _renamed(placed):
            pattern, shape = SHAPES[what]
            for path in was:
                if not re.fullmatch(pattern, path):
                    at = project.at(placed.file, *loc, "was")
                    yield Problem(
                        at, f"'{path}' is not the full path of {'an' if what[0] in 'ei' else 'a'} {what}: write {shape}"
                    )


def paths(placed: PlacedEntry) -> Iterator[tuple[Loc, str]]:
    """Yield the oldest path of an entry and of each of its parts, with the way to it within the file."""
    yield placed.loc, entry_path(placed)
    for key, item in placed.entry.items.items():
        loc, path = (*placed.loc, "items", key), item_path(placed, key, item)
        yield loc, path
        if isinstance(item, Table):
            for row in item.rows:
                yield (*loc, "rows", row), row_path(path, item, row)
                for column in item.columns:
                    if column in item.rows[row].cells:
                        yield (*loc, "rows", row, column), cell_path(path, item, row, column)
        if isinstance(item, Steps):
            for step in item.sequence:
                yield (*loc, "sequence", step), step_path(path, item, step)
        if isinstance(item, Picture):
            for region in item.regions:
                yield (*loc, "regions", region), region_path(path, item, region)


def _renamed(placed: PlacedEntry) -> Iterator[tuple[str, Loc, tuple[str, ...]]]:
    yield "entry", placed.loc, placed.entry.was
    for key, item in placed.entry.items.items():
        loc = (*placed.loc, "items", key)
        yield "item", loc, item.was
        yield from _renamed_parts(item, loc)


def _renamed_parts(item: Item, loc: Loc) -> Iterator[tuple[str, Loc, tuple[str, ...]]]:
    if isinstance(item, Table):
        for key, row in item.rows.items():
            yield "row", (*loc, "rows", key), row.was
        for key, column in item.columns.items():
            yield "column", (*loc, "columns", key), column.was
    if isinstance(item, Steps):
        for key, step in item.sequence.items():
            yield "step", (*loc, "sequence", key), step.was
    if isinstance(item, Picture):
        for key, region in item.regions.items():
            yield "region", (*loc, "regions", key), region.was
