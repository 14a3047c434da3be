"""The two kinds of file: the deck, and a topic with its entries."""

from typing import Literal as OneOf

from pydantic import Field

from hitoe.kinds import AnyItem, Identified, Image
from hitoe.values.points import Bullet
from hitoe.values.scalars import (
    Count,
    Day,
    Flag,
    Format,
    IsoWeek,
    Key,
    Letters,
    Literal,
    Number,
    Prose,
    Url,
    When,
    Whole,
)
from hitoe.values.strict import Strict


class Domain(Strict):
    """A part of the examination and its weight in per cent."""

    title: Prose
    weight: Number | None = None


class Series(Strict):
    """The blog series of the weekly logs."""

    title: Literal
    number_1: IsoWeek
    intro: Prose | None = None
    hero: Literal | None = None
    hero_image: Image | None = Field(None, description="the same picture as a file, for the pages")
    url: Url | None = Field(None, description="where build/log/ is published")
    numbers: dict[IsoWeek, Whole] = Field(default_factory=dict)


class Sheet(Strict):
    """How the sheet is printed."""

    paper: OneOf["A4", "A3", "Letter"] = "A4"
    orientation: OneOf["landscape", "portrait"] = "landscape"
    columns: Count | None = Field(None, description="columns of a page; they must be 80 mm wide or wider")
    pages: Count | None = Field(None, description="the most pages; letters are as large as these allow")
    smallest: Letters | None = Field(None, description="the least size of letters in pt: 7 or more")


class Deck(Strict):
    """`deck.yaml`: what the deck is."""

    format: Format
    key: Key
    title: Literal
    language: OneOf["ja", "en"] = "ja"
    description: Prose | None = None
    domains: dict[Key, Domain] = Field(default_factory=dict)
    series: Series | None = None
    review_after: Whole | None = Field(None, description="days after which a `checked:` date is old")
    exam_date: Day | None = None
    sheet: Sheet = Field(default_factory=Sheet)
    version: Literal | None = Field(None, description="stands on each page of the sheet")


class Source(Strict):
    """A document that an entry was learned from."""

    title: Literal
    url: Url


class Quote(Strict):
    """Somebody's words, and whose."""

    text: Prose
    source: Literal


class Correction(Strict):
    """訂正: what an earlier post said, and what is right. `outdated`: it was right then."""

    said: Prose
    correct: Prose
    outdated: Flag = False
    note: Prose | None = None


class Entry(Identified):
    """One thing learned: a heading in the log, a block on the sheet, several cards."""

    title: Prose
    learned: When | None = None
    order: Whole | None = None
    domain: Key | None = None
    tags: tuple[Literal, ...] = ()
    sources: tuple[Source, ...] = ()
    checked: Day | None = None
    changed: Prose | None = Field(None, description="what has changed since this was learned")
    points: tuple[Bullet, ...] = ()
    quote: Quote | None = None
    items: dict[Key, AnyItem] = Field(default_factory=dict)
    corrections: dict[Key, Correction] = Field(default_factory=dict)


class Topic(Strict):
    """A topic file: a subdeck."""

    topic: Key
    title: Literal
    entries: dict[Key, Entry]
