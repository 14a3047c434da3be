"""What a week's post holds, in order; how it looks is for the templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hitoe import figures
from hitoe.figures import Drawing
from hitoe.log import series
from hitoe.log.review import Review
from hitoe.project import PlacedEntry, Project
from hitoe.schema import (
    Cloze,
    Correction,
    Drawn,
    Entry,
    Fact,
    Item,
    Picture,
    Point,
    Quote,
    Source,
    Steps,
    Table,
    Week,
    nested,
)
from hitoe.text import Text

if TYPE_CHECKING:
    from hitoe.progress import Progress

SENTENCES = (Fact, Cloze)
"""Kinds that an entry's points tell in the learner's own words, so that they stand in for missing points only."""
HERO_TYPE = ":plain"


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
    """

    title: Text
    points: tuple[Point, ...]
    sentences: tuple[Item, ...]
    quote: Quote | None
    displays: tuple[Item, ...]
    illustrations: tuple[Illustration, ...]
    corrections: tuple[Correction, ...]
    cards: tuple[Card, ...]

    @classmethod
    def of(cls, placed: PlacedEntry) -> "Section":
        """Return what the log says of an entry."""
        entry = placed.entry
        items = [item for item in placed.live_items.values() if _whole(item)]
        return cls(
            title=entry.title,
            points=nested(entry.points),
            sentences=() if entry.points else tuple(item for item in items if isinstance(item, SENTENCES)),
            quote=entry.quote,
            displays=tuple(item for item in items if not isinstance(item, SENTENCES)),
            illustrations=tuple(
                Illustration(item.figure, figures.draw(item.figure, figures.SCREEN)) for item in items if item.figure
            ),
            corrections=tuple(entry.corrections.values()),
            cards=tuple(map(Card.of, entry.sources)),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing would stand below the heading."""
        told = (self.points, self.sentences, self.quote, self.displays, self.illustrations)
        return not (any(told) or self.corrections or self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A week's post. `hero` is the name of its picture at the blog service, without the picture's type."""

    week: Week
    language: str
    title: str
    hero: str | None
    intro: Text | None
    sections: tuple[Section, ...]
    review: Review | None

    @property
    def first(self) -> date:
        """The week's Monday."""
        return self.week.monday

    @property
    def last(self) -> date:
        """The week's Sunday."""
        return self.week.sunday


def posts(project: Project, progress: "Progress | None" = None) -> Iterator[Post]:
    """Yield the posts of all weeks that have something to tell, oldest first; with a learner's progress, if known."""
    weeks: dict[Week, list[Section]] = {}
    for week, placed in sorted(_learned(project), key=lambda found: (found[0], _order(found[1].entry))):
        section = Section.of(placed)
        if not section.empty:
            weeks.setdefault(week, []).append(section)
    deck = project.deck
    for week, sections in weeks.items():
        yield Post(
            week=week,
            language=deck.language,
            title=series.title(deck, week),
            hero=deck.series.hero.removesuffix(HERO_TYPE) if deck.series and deck.series.hero else None,
            intro=deck.series.intro if deck.series else None,
            sections=tuple(sections),
            review=Review.of(progress, week),
        )


def _learned(project: Project) -> Iterator[tuple[Week, PlacedEntry]]:
    for placed in project.entries():
        if placed.entry.learned is not None and not placed.entry.retired:
            yield placed.entry.learned.week, placed


def _whole(item: Item) -> bool:
    """Whether an item has live parts, if it has parts."""
    match item:
        case Table():
            return bool(item.live_rows and item.live_columns)
        case Steps():
            return bool(item.live_steps)
        case Picture():
            return bool(item.live_regions)
        case _:
            return True


def _order(entry: Entry) -> tuple[bool, int]:
    """Entries that have an `order` come first; ties stay by file and position."""
    return entry.order is None, entry.order or 0
