"""Makes the files of a project out of notes: of a new one, or more topics of one that is there."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe.importing import topics
from hitoe.importing.anki_file import ForeignNote
from hitoe.importing.items import Converter, NewItem
from hitoe.importing.losses import Losses
from hitoe.importing.media_files import MediaFiles, Source
from hitoe.importing.topics import Existing
from hitoe.model.project import CONTENT

MATHS = re.compile(r"\\\(|\\\[|\[latex\]|\[\$|<anki-mathjax", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """The project to import into, what it has, and an existing folder to write to before it is known that all is well.

    `done` is called after each note.
    """

    root: Path
    known: Existing
    scratch: Path
    done: Callable[[], None] = lambda: None

    def media(self, source: Source) -> MediaFiles:
        """Return the pictures and sounds of a source for this project."""
        return MediaFiles(source, self.root / CONTENT, self.scratch / CONTENT)


@dataclass(frozen=True, slots=True)
class Imported:
    """Texts of new files by name, the folder that holds pictures and sounds, how many items, and what got lost.

    `kept` are the notes that keep their identity.
    """

    files: dict[str, str]
    media: Path
    items: int
    losses: Losses
    kept: Sequence[ForeignNote] = ()


def of_notes(name: str, target: Target, notes: Sequence[ForeignNote], losses: Losses, source: Source) -> Imported:
    """Return what notes become; `name` is that of the file they are from, `source` has its media."""
    known = target.known
    math = known.math or (not known.deck and any(map(has_formula, notes)))
    converter = Converter(math=math, bare=known.bare, media=target.media(source).take, losses=losses)

    def items() -> Iterator[NewItem]:
        for note in notes:
            if item := converter.item(note):
                yield item
            target.done()

    return of_items(name, target, list(items()), losses, math=math)


def of_items(
    name: str, target: Target, items: Sequence[NewItem], losses: Losses, *, math: bool, keep_decks: bool = False
) -> Imported:
    """Return the files of items: topics, and the settings of a project that has none.

    `keep_decks`: the topics have the decks of the items, by their names.
    """
    title = "::".join(topics.common_root({item.deck for item in items})) if items else ""
    files = {} if target.known.deck else topics.project_files(title or name, items, math=math)
    files |= topics.topic_files(name, items, target.known, keep_decks=keep_decks)
    return Imported(files, target.scratch / CONTENT, len(items), losses)


def has_formula(note: ForeignNote) -> bool:
    """Return whether a note has mathematics as Anki writes it."""
    return any(MATHS.search(value) for value in note.values.values())
