"""The base class of the formats of posts: what Hatena's Markdown, plain Markdown and HTML each define."""

from abc import ABC, abstractmethod
from typing import Any

from hitoe.log.section import Section
from hitoe.templating import Templates
from hitoe.text import Text


class PostFormat(ABC):
    """A format of posts, in one language.

    `name` tells formats apart; `suffix` ends the names of its posts. `index` and `feed` are the file names of its list
    of posts and of its feed, None for none; a format with a feed has a list too. Some statistics are charts if `charts`
    is true, else tables. All methods return text that the format's templates insert as it is.
    """

    name: str
    suffix: str
    index: str | None = None
    feed: str | None = None
    charts = False

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    @abstractmethod
    def section(self, section: Section) -> str:
        """Return an entry's section with its heading."""

    @abstractmethod
    def blocks(self, text: Text) -> str:
        """Return a text as paragraphs, lists and blocks of code."""

    @abstractmethod
    def line(self, text: Text | str) -> str:
        """Return a text, or plain characters, on one line, so that it can be a cell of a table."""

    @abstractmethod
    def render(self, name: str, **values: Any) -> str:
        """Return the page that the template `name` of this format makes: `post` or `index`."""

    def written(self, text: str) -> str:
        """Return text that this format has written before, marked as such for its templates."""
        return text

    def phrase(self, name: str, *values: Any) -> str:
        """Return a phrase of the language, a pattern in `templates/words/`, with values put into it.

        Integers are written with commas between thousands.
        """
        written = (f"{value:,}" if isinstance(value, int) else value for value in values)
        return self.written(self.templates.phrase(name, *written))
