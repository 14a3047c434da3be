"""What a post says of an entry, in order; how it looks is for the templates."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from hitoe import figures
from hitoe.figures import Drawing
from hitoe.kinds.log_note import Display, Sentence
from hitoe.log import changes
from hitoe.log.changes import Change
from hitoe.model.project import PlacedEntry
from hitoe.schema import Correction, Drawn, Item, Point, Quote, Source, nested
from hitoe.text import Text


@dataclass(frozen=True, slots=True)
class Card:
    """A link to a source; `site` is the host that a reader will meet."""

    title: str
    url: str
    site: str

    @classmethod
    def of(cls, source: Source) -> "Card":
        """Return the card of a source."""
        return cls(source.title, source.url, urlsplit(source.url).hostname or source.url)


@dataclass(frozen=True, slots=True)
class Illustration:
    """A figure and its drawing."""

    figure: Drawn
    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One thing learned: a heading and its notes.

    `points` are the learner's bullets; where there are none, `sentences` (facts and clozes) take their place.
    `displays` are the other items: tables, steps, code and calculations. `illustrations` are the figures of all items.
    `corrections` and `changes` make up the 訂正.
    """

    title: Text
    points: tuple[Point, ...]
    sentences: tuple[Sentence, ...]
    quote: Quote | None
    displays: tuple[Item, ...]
    illustrations: tuple[Illustration, ...]
    corrections: tuple[Correction, ...]
    changes: tuple[Change, ...]
    cards: tuple[Card, ...]

    @classmethod
    def of(cls, placed: PlacedEntry) -> "Section":
        """Return what the log says of an entry."""
        entry = placed.entry
        notes = {key: note for key, item in placed.live_items.items() if (note := item.note)}
        parts = {key: placed.entry.items[key] for key in notes}
        items = parts.values()
        sentences = tuple(note for note in notes.values() if isinstance(note, Sentence))
        return cls(
            title=entry.title,
            points=nested(entry.points),
            sentences=() if entry.points else sentences,
            quote=entry.quote,
            displays=tuple(parts[key] for key, note in notes.items() if isinstance(note, Display)),
            illustrations=tuple(
                Illustration(item.figure, figures.draw(item.figure, figures.SCREEN)) for item in items if item.figure
            ),
            corrections=tuple(entry.corrections.values()),
            changes=tuple(changes.untold(entry, parts)),
            cards=tuple(map(Card.of, entry.sources)),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing would stand below the heading."""
        told = (self.points, self.sentences, self.quote, self.displays, self.illustrations)
        return not (any(told) or self.corrected or self.cards)

    @property
    def corrected(self) -> int:
        """How many corrections and changes there are to tell."""
        return len(self.corrections) + len(self.changes)
