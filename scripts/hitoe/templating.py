"""Jinja, set up once for each medium. Templates print; they never compute.

A medium is `card`, `sheet`, `worksheet`, `page` (HTML) or `markdown`; it decides how characters are written, how clozes
look, and what is printed for what is to be learned: on the worksheet a blank.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from hitoe.resources import folder
from hitoe.text import Block, Bullets, ClozeSpan, Inline, Link, Numbers, Paragraph, Plain, Strong, Text

__all__ = ["Templates", "folder"]

REMEMBERED = 4096
"""Printed texts that are remembered: more than a topic has. Every card of a table shows the whole table."""
NODES = "nodes.html.j2"


class BlankMaker(Protocol):
    """Makes the blanks of a worksheet."""

    def text(self, answer: Text) -> Markup:
        """Return the blank in which an answer is to be written, as HTML."""


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
        """Take how plain characters are `written`, how those in code are, and further names for the templates.

        The medium `worksheet` needs the name `blanks`, a BlankMaker.
        """
        self.medium = medium
        self.language = language
        self._written = written
        self._blanks: BlankMaker | None = names.get("blanks")
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
        return str(self._macro(name, macro)(*values))

    def _macro(self, name: str, macro: str) -> Callable[..., str]:
        module = self._modules.get(name)
        if module is None:
            module = self._modules[name] = self._environment.get_template(name).module
        found: Callable[..., str] = getattr(module, macro)
        return found

    def prose(self, text: Text) -> str:
        """Return a text as HTML."""
        return str(self._prose(text))

    @cached_property
    def _prose(self) -> Callable[[Text], Markup]:
        def print_(text: Text) -> Markup:
            return self._nodes(_nodes(text))

        return print_ if self._blanks else lru_cache(REMEMBERED)(print_)  # each blank is printed once

    @cached_property
    def _answer(self) -> Callable[[Text], Markup]:
        """The filter for what is to be learned: on paper it is marked, or where some of it is strong, only that."""

        def print_(text: Text) -> Markup:
            if text.emphasised:
                return self._nodes(_nodes(text), answers=True)
            if self._blanks:
                return self._blanks.text(text)
            return Markup(self.call(NODES, "answer", self._prose(text), text.inline is not None))

        if self._blanks:
            return print_
        return lru_cache(REMEMBERED)(print_) if self.medium == "sheet" else self._prose

    def _nodes(self, nodes: Iterable[Inline | Block], answers: bool = False) -> Markup:
        """Return nodes as HTML; `answers` marks strong words as what is to be learned."""
        return Markup("".join([self._node(node, answers) for node in nodes]))

    def _node(self, node: Inline | Block, answers: bool) -> str:
        children: Markup | list[Markup] = Markup()
        if self._blanks and (isinstance(node, ClozeSpan) or (answers and isinstance(node, Strong))):
            return self._blanks.text(Text.of_nodes(node.children))
        match node:
            case Plain(text):
                return self._written(text)
            case Strong(children=inner) | ClozeSpan(children=inner):
                children = self._nodes(inner)
            case Link(children=inner) | Paragraph(children=inner):
                children = self._nodes(inner, answers)
            case Bullets(items=items) | Numbers(items=items):
                children = [self._item(item, answers) for item in items]
            case _:
                pass
        return self._macro(NODES, node.kind)(node, children, answers)

    def _item(self, blocks: Iterable[Block], answers: bool) -> Markup:
        """Return an item of a list, in which paragraphs are printed as their words."""
        words = (self._nodes(node.children if isinstance(node, Paragraph) else [node], answers) for node in blocks)
        return Markup("".join(words))

    def word(self, name: str) -> str:
        """Return one of the deck's own words in its language."""
        return str(getattr(self._environment.globals["words"], name))

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of the deck's own words in its language."""
        return tuple(getattr(self._environment.globals["words"], name))

    def render(self, name: str, **values: Any) -> str:
        """Return a whole template, printed."""
        return self._environment.get_template(name).render(**values)


def _nodes(text: Text) -> Iterable[Inline | Block]:
    """Return what a text is printed of: its words where it is one paragraph, else its blocks."""
    return text.blocks if text.inline is None else text.inline
