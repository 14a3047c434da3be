"""A project in memory: its deck and its topics."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from hitoe import content_folder
from hitoe.kinds.kept_type import KeptType
from hitoe.problems import Position
from hitoe.schema import Deck, Entry, Item, Topic
from hitoe.source import Document, Loc

CONTENT, DECK_FILE = content_folder.CONTENT, content_folder.DECK_FILE
WORDS_FILE = "content/words.yaml"
SETTINGS = (DECK_FILE, WORDS_FILE)
NOTE_TYPES = "content/note-types/"
"""Begins the names of the files that are note types; like SETTINGS, they are no topics."""
MEDIA = "content/media"
"""The folder of the files that fields of kept note types name, as Anki's folder of media: without folders in it."""


def is_topic(name: str) -> bool:
    """Return whether a YAML file of a project is a topic, by its name."""
    return name not in SETTINGS and not name.startswith(NOTE_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEntry:
    """An entry with its key and its topic; `loc` is its location in `file`."""

    file: str
    topic_key: str
    topic_title: str
    key: str
    entry: Entry

    @property
    def loc(self) -> Loc:
        """The location of the entry in its file."""
        return ("entries", self.key)

    @property
    def live_items(self) -> dict[str, Item]:
        """The items that are not retired, by key; none when the entry itself is retired."""
        return {key: item for key, item in self.entry.items.items() if not (item.retired or self.entry.retired)}


class PlacedItem(NamedTuple):
    """An item with its key and its entry."""

    entry: PlacedEntry
    key: str
    item: Item

    @property
    def loc(self) -> Loc:
        """The location of the item in the file of its entry."""
        return (*self.entry.loc, "items", self.key)


@dataclass(frozen=True)
class Project:
    """All notes of a project. `topics` maps file names to topics, in the order of the topics.

    `note_types` are those that the project keeps, by the names of their files without folder and ending.
    """

    root: Path
    deck: Deck
    topics: Mapping[str, Topic]
    documents: Mapping[str, Document] = field(repr=False)
    note_types: Mapping[str, KeptType] = field(default_factory=dict, repr=False)

    def at(self, file: str, *loc: str | int, key: bool = False) -> Position:
        """Return the position of a value, or with `key` of its key; in a file that could not be read, its start."""
        document = self.documents.get(file)
        return document.at(loc, key=key) if document else Position(file)

    def entries(self) -> Iterator[PlacedEntry]:
        """Return all entries, retired ones too, by topic, then by position in the file."""
        return iter(self._entries)

    def items(self) -> Iterator[PlacedItem]:
        """Yield all items, retired ones too, in the order of the entries."""
        return iter(self._items)

    def live_items(self) -> Iterator[PlacedItem]:
        """Yield the items that are not retired."""
        return (PlacedItem(placed, *pair) for placed in self._entries for pair in placed.live_items.items())

    @cached_property
    def _items(self) -> list[PlacedItem]:
        return [PlacedItem(placed, *pair) for placed in self._entries for pair in placed.entry.items.items()]

    @cached_property
    def _entries(self) -> list[PlacedEntry]:
        return [
            PlacedEntry(file=file, topic_key=topic.topic, topic_title=topic.title, key=key, entry=entry)
            for file, topic in self.topics.items()
            for key, entry in topic.entries.items()
        ]
