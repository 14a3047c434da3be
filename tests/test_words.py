"""Every language has the same words."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hitoe.resources import folder
from hitoe.schema.deck import Language
from jinja2 import Environment, FileSystemLoader

LANGUAGES = get_args(Language)
FILES = Environment(loader=FileSystemLoader(folder()), autoescape=True)


def shape(word: Any) -> object:
    """Return what templates rely on: the number of a macro's arguments, the keys of a mapping, the length of a list."""
    if isinstance(word, Mapping):
        return {key: shape(value) for key, value in word.items()}
    if isinstance(word, tuple):
        return len(word)
    return len(word.arguments) if callable(word) else type(word)


def shapes(language: str) -> dict[str, object]:
    """Return all words but those that begin with an underscore, which only their own file uses."""
    words = vars(FILES.get_template(f"words/{language}.j2").module)
    return {name: shape(word) for name, word in words.items() if name[0] != "_"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_in_the_same_form(language: str) -> None:
    assert shapes(language) == shapes("en")


def test_every_file_of_words_is_a_language_that_a_deck_can_have() -> None:
    assert {path.stem for path in (folder() / "words").glob("*.j2")} - {"kinds"} == set(LANGUAGES)
