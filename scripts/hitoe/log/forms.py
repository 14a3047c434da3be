"""The forms in which a post is written: how each writes a section, a text and a sentence.

What a form has written is a plain string, which can be kept; `made` gives it back to the form's templates.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from markupsafe import Markup

from hitoe.log.dialects import COMMONMARK, HATENA, Dialect
from hitoe.log.markdown import Writer
from hitoe.log.notes import Notes
from hitoe.log.post import Section
from hitoe.templating import Templates
from hitoe.text import Text


class Form(Protocol):
    """A form of a post: its name, how the names of its files end, and whether it draws charts."""

    name: str
    suffix: str
    draws: bool
    templates: Templates

    def section(self, section: Section) -> str:
        """Return a section with its heading."""

    def prose(self, text: Text) -> str:
        """Return the blocks of a text."""

    def label(self, text: Text | str) -> str:
        """Return a text, or plain characters, on one line, which also a cell of a table can hold."""

    def made(self, written: str) -> str:
        """Return what was written, so that templates print it as it is."""

    def render(self, name: str, **values: Any) -> str:
        """Return a template of `templates/log/`, its name without what the form adds to it."""


class MarkdownForm:
    """A dialect of Markdown."""

    draws = False

    def __init__(self, name: str, suffix: str, dialect: Dialect, templates: Templates) -> None:
        self.name = name
        self.suffix = suffix
        self.templates = templates
        self._notes = Notes(Writer(dialect), templates)

    def section(self, section: Section) -> str:
        """Return a section with its heading."""
        return self.render("section", section=section).strip("\n")

    def prose(self, text: Text) -> str:
        """Return the blocks of a text."""
        return "\n\n".join(self._notes.blocks(text))

    def label(self, text: Text | str) -> str:
        """Return a text on one line, which also a cell of a table can hold."""
        return self._notes.cell(text)

    def made(self, written: str) -> str:
        """Return what was written."""
        return written

    def render(self, name: str, **values: Any) -> str:
        """Return a template: that of the dialect."""
        return self.templates.render(f"log/{name}.{self.name}.md.j2", notes=self._notes, **values)


class PageForm:
    """HTML."""

    name, suffix, draws = "page", ".html", True

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def section(self, section: Section) -> str:
        """Return a section with its heading."""
        return self.templates.call("log/section.html.j2", "section", section)

    def prose(self, text: Text) -> str:
        """Return the blocks of a text."""
        return self.templates.prose(text)

    def label(self, text: Text | str) -> str:
        """Return a text on one line."""
        return text if isinstance(text, str) else Markup(self.templates.prose(text))

    def made(self, written: str) -> str:
        """Return what was written, marked as HTML."""
        return Markup(written)

    def render(self, name: str, **values: Any) -> str:
        """Return a template."""
        return self.templates.render(f"log/{name}.html.j2", **values)


@lru_cache
def forms(language: str) -> tuple[Form, ...]:
    """Return Markdown for Hatena Blog, CommonMark with pipe tables, and HTML, in a language; compiled once."""
    markdown = Templates("markdown", language)
    return (
        MarkdownForm("hatena", ".md", HATENA, markdown),
        MarkdownForm("commonmark", ".commonmark.md", COMMONMARK, markdown),
        PageForm(Templates("page", language)),
    )


Said = Callable[..., str]
"""Returns one of the language's sentences with labels or numbers put into it, as a form's templates print it."""


def sayer(form: Form) -> Said:
    """Return the function that says sentences in a form."""
    phrases = f"words/{form.templates.language}.j2"
    return lambda phrase, *values: form.made(form.templates.call(phrases, phrase, *values))
