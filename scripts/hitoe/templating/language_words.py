"""The words that hitoe itself prints, in the language of a deck."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from hitoe.templating.compiled_templates import CompiledTemplates
from hitoe.values.language import Language, Word

ENGLISH = "en"
NOTHING = "–"
"""Stands for a number that there is not."""


@lru_cache
def words_of(language: Language, folder: Path, autoescape: bool) -> SimpleNamespace:
    """Return the words of a language in a templates folder: its own, then those of its file, or the English ones."""
    compiled = CompiledTemplates(folder)
    loader = FileSystemLoader(folder)
    environment = Environment(loader=loader, autoescape=autoescape, undefined=StrictUndefined, bytecode_cache=compiled)
    # Words that others are made of are looked up in it, so that they can be the project's own.
    words = environment.globals["words"] = SimpleNamespace()
    usual = vars(environment.select_template([f"words/{name}.j2" for name in (language.primary, ENGLISH)]).module)
    own = {name: _own(word, usual[name], autoescape) for name, word in language.words}
    vars(words).update({**usual, **own})
    return words


def _own(word: Word, usual: Any, autoescape: bool) -> Any:
    """Return a word of the project in the form of the usual one."""
    if isinstance(usual, Mapping):
        return {**usual, **dict(word)}  # type: ignore[arg-type]  # pairs, as the check of words.yaml ensures
    if not isinstance(usual, Macro):
        return word
    pattern = Markup(escape(word)) if autoescape else str(word)

    def said(*values: Any) -> str:
        return NOTHING if None in values else pattern.format(**dict(zip(usual.arguments, values, strict=True)))

    return said
