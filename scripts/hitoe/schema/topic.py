"""Topic files: a topic, its entries, and what entries hold besides items."""

import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, model_validator

from hitoe.kinds import AnyItem, Identified
from hitoe.messages import say
from hitoe.values.lints import Allow
from hitoe.values.names import FileKey
from hitoe.values.points import Bullet
from hitoe.values.scalars import Day, Flag, Key, Literal, Prose, Url, When, Whole, refusal
from hitoe.values.strict import Strict

ADDRESS = re.compile(r"://|^(?:[A-Za-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$")
"""What is meant as a web address, though https:// may be missing."""

LINK = re.compile(r"\[(.*)\]\((.*)\)")


class Source(Strict):
    """A document that an entry was learned from: a web page, or a book, which has no address."""

    title: Literal | None = Field(None, description=say("what the source is called; not needed beside `url`"))
    url: Url | None = Field(None, description=say("its web address; a book has none"))

    @model_validator(mode="after")
    def _named(self) -> "Source":
        if self.title is None and self.url is None:
            raise refusal("a source without a name: write its title or its url")
        return self

    @property
    def name(self) -> str:
        """What the source is called: its title, or its address without what all addresses have."""
        if self.title is not None:
            return self.title
        _, _, address = (self.url or "").partition("://")
        readable = unquote(address)
        return (readable if readable.isprintable() else address).removesuffix("/")

    @property
    def site(self) -> str:
        """The host of the address; empty where there is none, or where the name says it."""
        return (urlsplit(self.url).hostname or self.url) if self.url and self.title else ""


def _source(value: Any) -> Any:
    """Return a source that is written as a text as the mapping that it stands for."""
    if isinstance(value, Mapping) and value.keys() == {"url"}:
        raise refusal("key 'title' is missing: add it, or write the address alone")
    if not isinstance(value, str):
        return value
    if link := LINK.fullmatch(value):
        raise refusal("a link of Markdown: write {{title: {title}, url: {url}}}", title=link[1], url=link[2])
    return {"url": value} if ADDRESS.search(value) else {"title": value}


Sources = Annotated[
    tuple[Annotated[Source, BeforeValidator(_source, json_schema_input_type=Literal | Source)], ...],
    BeforeValidator(
        lambda value: value if isinstance(value, list) or str(value).startswith(("-", "・", "•")) else [value],
        json_schema_input_type=Literal | Source | tuple[Literal | Source, ...],
    ),
]
"""Sources, or the only one without a list."""


class Quote(Strict):
    """Somebody's words, and whose."""

    text: Prose = Field(description=say("the words"))
    source: Literal = Field(description=say("whose words these are"))


class Correction(Strict):
    """A correction of an earlier post: what it said, and what is right."""

    said: Prose = Field(description=say("what the earlier post said"))
    correct: Prose = Field(description=say("what is right"))
    outdated: Flag = Field(False, description=say("it was right then, and has changed since"))
    note: Prose | None = Field(None, description=say("one sentence more"))


class Entry(Identified):
    """One thing learned: a heading in the log, a block on the sheet, several cards."""

    title: Prose = Field(description=say("heading in the log and on the sheet"))
    learned: When | None = Field(None, description=say("when it was learned; without it the entry is not in the log"))
    order: Whole | None = Field(None, description=say("place in that week's log"))
    domain: Key | None = Field(None, description=say("a key of the `domains` of deck.yaml"))
    tags: tuple[Literal, ...] = Field((), description=say("tags of the entry's notes in Anki"))
    sources: Sources = Field(
        (), description=say("shown on the back of each card, below the entry on the sheet, and in the log")
    )
    checked: Day | None = Field(None, description=say("when it was last compared with its sources"))
    changed: Prose | None = Field(None, description=say("what has changed since this was learned"))
    allow: Allow = Field(default_factory=dict)
    points: tuple[Bullet, ...] = Field(
        (), description=say("log only: bullets before the items; a list holds the children of the bullet before it")
    )
    quote: Quote | None = Field(None, description=say("log only"))
    items: dict[Key, AnyItem] = Field(default_factory=dict, description=say("what is asked"))
    corrections: dict[Key, Correction] = Field(
        default_factory=dict, description=say("log only: what earlier posts said wrongly")
    )


class Topic(Strict):
    """A topic file: a subdeck."""

    topic: FileKey = Field(description=say("the topic's key"))
    title: Literal = Field(description=say("name of the subdeck; Anki keeps the first that was shipped"))
    deck: Literal | None = Field(None, description=say("full name of its deck in Anki, if it is not `deck::topic`"))
    order: Whole | None = Field(None, description=say("place among the topics; those without follow by file name"))
    allow: Allow = Field(default_factory=dict)
    entries: dict[Key, Entry] = Field(description=say("what was learned"))

    def place(self, file: str) -> tuple[bool, int, str]:
        """Return what topics are sorted by, for the topic of a file."""
        return self.order is None, self.order or 0, file
