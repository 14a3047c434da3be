"""Jinja, set up once for each medium. Templates print; they never compute.

A medium is `card`, `sheet`, `page` (HTML) or `markdown`; it decides how characters are written and how clozes look.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from hitoe.resources import folder
from hitoe.text import ClozeSpan, CodeSpan, Inline, Link, Paragraph, Plain, Strong, Text

__all__ = ["Templates", "folder"]

REMEMBERED = 4096
"""Printed texts that are kept: more than a topic has."""
MARK = "\0"
"""Stands for words in a frame: no text may hold it."""
MARKED = (Plain(MARK),)
CODE, STRONG = CodeSpan(MARK), Strong(MARKED)


class Templates:
    """The templates of one medium, compiled once and called many times."""

    def __init__(
        self,
        medium: str,
        language: str,
        written: Callable[[str], str] = escape,
        literal: Callable[[str], str] = escape,
        **names: Any,
    ) -> None:
        """Take how plain characters are `written`, how those in code are, and further names for the templates."""
        self.medium = medium
        self.language = language
        self._names: Mapping[str, Any] = {"medium": medium, "written": written, "literal": literal, **names}
        self._modules: dict[str, TemplateModule] = {}

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(folder()),
            autoescape=self.medium != "markdown",
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=self.medium == "markdown",
        )
        environment.globals.update(self._names)
        environment.filters |= {name: self._names[name] for name in ("written", "literal")}
        environment.filters |= {"prose": self._prose, "answer": self._answer}
        environment.globals["words"] = environment.get_template(f"words/{self.language}.j2").module
        return environment

    def call(self, name: str, macro: str, *values: Any) -> str:
        """Return what a macro of a template prints."""
        module = self._modules.get(name)
        if module is None:
            module = self._modules[name] = self._environment.get_template(name).module
        return str(getattr(module, macro)(*values))

    def prose(self, text: Text) -> str:
        """Return a text as HTML."""
        return str(self._prose(text))

    @cached_property
    def _prose(self) -> Callable[[Text], Markup]:
        return self._once("prose")

    @cached_property
    def _answer(self) -> Callable[[Text], Markup]:
        return self._prose if self.medium == "card" else self._once("answer")

    def _once(self, macro: str) -> Callable[[Text], Markup]:
        """Return a function that prints a text by a macro of text.html.j2, most often `prose`.

        It remembers what it printed, for every card of a table shows the whole table.
        """

        def print_(text: Text) -> Markup:
            match text.blocks:
                case (Paragraph(children),) if macro == "prose":
                    return Markup(self._inline(children))
                case _:
                    return Markup(self.call("text.html.j2", macro, text))

        return lru_cache(REMEMBERED)(print_)

    def _inline(self, nodes: Sequence[Inline]) -> str:
        """Print inline nodes as text.html.j2 does, but ask it only once for what it puts around a kind's words."""
        written, literal = self._names["written"], self._names["literal"]
        printed: list[str] = []
        for node in nodes:
            match node:
                case Plain(text):
                    printed.append(written(text))
                    continue
                case CodeSpan(text):
                    before, after, inner = *self._frame(CODE), literal(text)
                case Strong(children):
                    before, after, inner = *self._frame(STRONG), self._inline(children)
                case Link(children, url):
                    before, after, inner = *self._frame(Link(MARKED, url)), self._inline(children)
                case ClozeSpan(number, children, hint):
                    before, after, inner = *self._frame(ClozeSpan(number, MARKED, hint)), self._inline(children)
                case _:
                    before, after, inner = *self._frame(node), ""
            printed += before, inner, after
        return "".join(printed)

    @cached_property
    def _frame(self) -> Callable[[Inline], tuple[str, str]]:
        """A function that returns what stands before and after the mark in a node."""

        def frame(node: Inline) -> tuple[str, str]:
            before, _, after = self.call("text.html.j2", "inline", (node,)).partition(MARK)
            return before, after

        return lru_cache(REMEMBERED)(frame)

    def word(self, name: str) -> str:
        """Return one of the deck's own words in its language."""
        return str(getattr(self._environment.globals["words"], name))

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of the deck's own words in its language."""
        return tuple(getattr(self._environment.globals["words"], name))

    def render(self, name: str, **values: Any) -> str:
        """Return a whole template, printed."""
        return self._environment.get_template(name).render(**values)
