"""What a post says about an entry: the parts of its section, in the order in which templates print them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import figures
from hitoe.figures import Drawing
from hitoe.kinds.log_note import Display, Quiz, Sentence
from hitoe.kinds.picture_regions import Area
from hitoe.log.hero import embedded
from hitoe.model.project import PlacedEntry
from hitoe.schema import Entry, Item, Source
from hitoe.text import Text
from hitoe.values.figures import Drawn
from hitoe.values.points import Point, nested


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since something was learned: a `changed:` note.

    `item` is the item that it is about as a sentence on one line, None if the note is about the whole entry.
    """

    note: Text
    item: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Photograph:
    """The picture of an item: its file, its `data:` address, what it shows in words, and the parts that are asked."""

    file: str
    address: str
    alt: Text
    areas: Sequence[Area]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The section of one entry: its heading and what is below it.

    `points` are the learner's bullets, `sentences` the facts and clozes, which follow them, and `photographs` the
    pictures of these. `displays` are the items of all other kinds but choices, which are the `quizzes`, both with their
    pictures. `illustrations` are the figures of all items with the drawings. `changes` are listed with the entry's
    corrections.
    """

    entry: Entry
    points: tuple[Point, ...]
    sentences: tuple[Sentence, ...]
    photographs: tuple[Photograph, ...]
    displays: tuple[tuple[Item, Photograph | None], ...]
    quizzes: tuple[tuple[Quiz, Photograph | None], ...]
    illustrations: tuple[tuple[Drawn, Drawing], ...]
    changes: tuple[Change, ...]
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, placed: PlacedEntry, content: Path) -> "Section":
        """Return the section of an entry; `content` is the folder of the pictures."""
        entry = placed.entry
        notes = {key: note for key, item in placed.live_items.items() if (note := item.note)}
        items = {key: entry.items[key] for key in notes}
        photographs = {
            key: Photograph(item.image.file, embedded(content / item.image.file), item.image.alt, item.areas(content))
            for key, item in items.items()
            if item.image
        }
        drawn = [item.figure for item in items.values() if item.figure]
        return cls(
            entry=entry,
            points=nested(entry.points),
            sentences=tuple(note for note in notes.values() if isinstance(note, Sentence)),
            photographs=tuple(each for key, each in photographs.items() if isinstance(notes[key], Sentence)),
            displays=tuple(
                (items[key], photographs.get(key)) for key, note in notes.items() if isinstance(note, Display)
            ),
            quizzes=tuple((note, photographs.get(key)) for key, note in notes.items() if isinstance(note, Quiz)),
            illustrations=tuple((figure, figures.draw(figure, figures.SCREEN)) for figure in drawn),
            changes=tuple(_unreported(entry, items)),
            sources=entry.sources,
        )

    @property
    def empty(self) -> bool:
        """Whether there is nothing below the heading."""
        items = (self.sentences, self.displays, self.quizzes, self.photographs, self.illustrations)
        return not (self.points or self.entry.quote or any(items) or self.sources or self.corrected)

    @property
    def corrected(self) -> int:
        """The number of corrections and changes."""
        return len(self.entry.corrections) + len(self.changes)


def _unreported(entry: Entry, items: Mapping[str, Item]) -> Iterator[Change]:
    """Yield the changes of an entry and of `items`, without those that its corrections already report.

    A correction marked `outdated` reports the entry's own change, a correction with an item's key that item's change.
    """
    if entry.changed and not any(correction.outdated for correction in entry.corrections.values()):
        yield Change(entry.changed)
    for key, item in items.items():
        if item.changed and key not in entry.corrections:
            match item.note:
                case Sentence(text, answer):
                    yield Change(item.changed, Sentence(text, answer if answer and answer.inline is not None else None))
                case Display(title) | Quiz(title):
                    yield Change(item.changed, Sentence(title))
