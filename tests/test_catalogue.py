"""The catalogues of translations fit the messages in the code."""

import string
from pathlib import Path

import catalogue
import pytest
from babel.messages.catalog import Catalog, Message

PO = sorted(catalogue.LOCALE.glob("*/LC_MESSAGES/*.po"))
OWN = [path for path in PO if path.stem == "hitoe"]


@pytest.fixture(scope="module")
def code() -> Catalog:
    return catalogue.templates()


def ids(catalog: Catalog) -> set[object]:
    return {message.id for message in catalog if message.id}


def texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ("",))


def names(template: str) -> set[str]:
    """Return the names of a template's arguments; a template without any may have braces as they come."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name and name.isidentifier()}
    except ValueError:
        return set()


def misfits(message: Message) -> bool:
    wanted = set().union(*map(names, texts(message.id)))
    return any(text and names(text) != wanted for text in texts(message.string))


@pytest.mark.parametrize("path", OWN, ids=str)
def test_every_template_of_the_code_is_translated_and_no_other(path: Path, code: Catalog) -> None:
    known = catalogue.read(path)
    assert ids(code) - ids(known) == set(), "run `make messages`, and translate what is new"
    assert ids(known) - ids(code) == set(), "run `make messages`: nothing says this any more"
    assert [message.id for message in known if message.id and not all(texts(message.string))] == []
    assert [message.id for message in known if message.fuzzy and message.id] == []


@pytest.mark.parametrize("path", OWN, ids=str)
def test_translations_have_the_arguments_of_their_templates(path: Path) -> None:
    assert [message.id for message in catalogue.read(path) if message.id and misfits(message)] == []


@pytest.mark.parametrize("path", PO, ids=str)
def test_what_is_read_is_made_of_what_is_written(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == catalogue.as_mo(catalogue.read(path)), "run `make messages`"
