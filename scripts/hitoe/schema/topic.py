"""Topic files: a topic, its entries, and what entries hold besides items."""

from pydantic import Field

from hitoe.kinds import AnyItem, Identified
from hitoe.values.points import Bullet
from hitoe.values.scalars import Day, Flag, Key, Literal, Prose, Url, When, Whole
from hitoe.values.strict import Strict


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
