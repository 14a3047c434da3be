"""Jinja, set up once for each medium. Templates print; they never compute.

A medium is `card`, `sheet`, `page` (HTML) or `markdown`; it decides how characters are written and how clozes look.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import escape

from hitoe.text import Paragraph, Plain, Text


def folder() -> Path:
    """Return the templates folder: inside the installed package, else that of the source tree."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"


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
        environment.globals["words"] = environment.get_template(f"words/{self.language}.j2").module
        return environment

    def call(self, name: str, macro: str, *values: Any) -> str:
        """Return what a macro of a template prints."""
        module = self._modules.get(name)
        if module is None:
            module = self._modules[name] = self._environment.get_template(name).module
        return str(getattr(module, macro)(*values))

    def prose(self, text: Text) -> str:
        """Return a text as HTML; most are one run of plain characters, and need no template."""
        match text.blocks:
            case (Paragraph(children=(Plain(characters),)),):
                return str(self._names["written"](characters))
            case _:
                return self.call("text.html.j2", "prose", text)

    def word(self, name: str) -> str:
        """Return one of the deck's own words in its language."""
        return str(getattr(self._environment.globals["words"], name))

    def render(self, name: str, **values: Any) -> str:
        """Return a whole template, printed."""
        return self._environment.get_template(name).render(**values)

    def source(self, name: str) -> str:
        """Return a file of the templates folder as it is, a style sheet for instance."""
        return (folder() / name).read_text("utf-8")
