"""What a post says about an entry: the parts of its section, in the order in which templates print them."""

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
class SourceLink:
    """A link to a source; `site` is the host name of its address."""

    title: str
    url: str
    site: str

    @classmethod
    def of(cls, source: Source) -> "SourceLink":
        """Return the link to a source."""
        return cls(source.title, source.url, urlsplit(source.url).hostname or source.url)


@dataclass(frozen=True, slots=True)
class Illustration:
    """A figure and its drawing."""

    figure: Drawn
    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The section of one entry: its heading and what is below it.

    `points` are the learner's bullets; where there are none, `sentences` (facts and clozes) take their place.
    `displays` are the items of all other kinds. `illustrations` are the figures of all items.
    `corrections` and `changes` are listed under "Corrections" (訂正).
    """

    title: Text
    points: tuple[Point, ...]
    sentences: tuple[Sentence, ...]
    quote: Quote | None
    displays: tuple[Item, ...]
    illustrations: tuple[Illustration, ...]
    corrections: tuple[Correction, ...]
    changes: tuple[Change, ...]
    source_links: tuple[SourceLink, ...]

    @classmethod
    def of(cls, placed: PlacedEntry) -> "Section":
        """Return the section of an entry."""
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
            source_links=tuple(map(SourceLink.of, entry.sources)),
        )

    @property
    def empty(self) -> bool:
        """Whether there is nothing below the heading."""
        parts = (self.points, self.sentences, self.quote, self.displays, self.illustrations, self.source_links)
        return not (any(parts) or self.corrected)

    @property
    def corrected(self) -> int:
        """The number of corrections and changes."""
        return len(self.corrections) + len(self.changes)
