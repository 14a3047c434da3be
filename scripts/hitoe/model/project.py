"""A project in memory: its deck and its topics.

The types of the format are imported for type checking only: a build that reads no notes need not load pydantic.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.problems import Position, Problem

if TYPE_CHECKING:
    from hitoe.schema import Deck, Entry, Item, Topic
    from hitoe.source import Document, Loc

CONTENT = "content"
DECK_FILE = "content/deck.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEntry:
    """An entry with its key and its topic; `loc` is its location in `file`."""

    file: str
    topic_key: str
    topic_title: str
    key: str
    entry: "Entry"

    @property
    def loc(self) -> "Loc":
        """The location of the entry in its file."""
        return ("entries", self.key)

    @property
    def live_items(self) -> "dict[str, Item]":
        """The items that are not retired, by key; none when the entry itself is retired."""
        return {key: item for key, item in self.entry.items.items() if not (item.retired or self.entry.retired)}


@dataclass(frozen=True)
class Project:
    """All notes of a project. `topics` maps file names, sorted, to topics."""

    root: Path
    deck: "Deck"
    topics: "Mapping[str, Topic]"
    documents: "Mapping[str, Document]" = field(repr=False)

    def at(self, file: str, *loc: str | int, key: bool = False) -> Position:
        """Return the position of a value, or with `key` of its key; in a file that could not be read, its start."""
        document = self.documents.get(file)
        return document.at(loc, key=key) if document else Position(file)

    def entries(self) -> Iterator[PlacedEntry]:
        """Return all entries, retired ones too, by file, then by position in the file."""
        return iter(self._placed)

    @cached_property
    def _placed(self) -> list[PlacedEntry]:
        return [
            PlacedEntry(file=file, topic_key=topic.topic, topic_title=topic.title, key=key, entry=entry)
            for file, topic in self.topics.items()
            for key, entry in topic.entries.items()
        ]


def files(root: Path) -> list[Path]:
    """Return the YAML files of a project, sorted by their path with '/' between folders."""
    return [path for path in _visible(root) if path.suffix == ".yaml"]


def _visible(root: Path) -> list[Path]:
    """Return all files of the content folder that are not hidden, sorted by their path with '/' between folders."""
    found = [path for path in (root / CONTENT).rglob("*") if not path.is_dir()]
    visible = (path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts))
    return sorted(visible, key=lambda path: path.relative_to(root).as_posix())


def misnamed(root: Path) -> Iterator[Problem]:
    """Yield a problem for each file that looks like notes and is not read."""
    for path in _visible(root):
        name = path.relative_to(root).as_posix()
        if not name.isascii() and "\ufffd" in (shown := os.fsencode(name).decode("utf-8", "replace")):
            yield Problem(Position(shown), "the file's name is not UTF-8: rename it")
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            yield Problem(Position(name), f"only files named *.yaml are read: rename it to {path.stem}.yaml")
