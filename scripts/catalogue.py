"""`make messages`: takes the templates of all messages from the code into the catalogues, and compiles these.

A catalogue's source is its .po file, in which translations are written; hitoe reads the .mo file that is made of it.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "templates" / "locale"
ERRORS = ("AreaError", "FormulaError", "PrintError", "RefusedError", "TexError", "TextError", "WrongValueError")
FIRST = dict.fromkeys(("say", *ERRORS, "_UnusableError", "refusal"), (1,))
KEYWORDS = {"say_count": (1, 2), "CollectionError": (2,)} | FIRST
"""The functions and errors that make messages, and which of their arguments are templates."""
SOURCES = (("scripts/hitoe", ".py", "python"), ("templates/preview", ".html.j2", "jinja2.ext:babel_extract"))
"""Folders, the endings of files in them that make messages, and how these are read."""


def templates() -> Catalog:
    """Return the templates of the code, with the files that they stand in."""
    found = Catalog()
    for name, template in _extracted():
        found.add(template, locations=[(name, 0)], flags=())
    return found


def _extracted() -> Iterator[tuple[str, str | tuple[str, str]]]:
    for folder, ending, method in SOURCES:
        for path in sorted((ROOT / folder).rglob(f"*{ending}")):
            with path.open("rb") as file:
                for _, template, _, _ in extract(method, file, KEYWORDS):
                    yield path.relative_to(ROOT).as_posix(), template  # type: ignore[misc]  # as many as KEYWORDS says


def read(path: Path) -> Catalog:
    """Return the catalogue in a .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def updated(old: Catalog, new: Catalog) -> Catalog:
    """Return the templates of `new` with their translations in `old`; a template that changed has none."""
    catalog = Catalog(fuzzy=False, header_comment=old.header_comment)
    catalog.mime_headers = old.mime_headers
    for message in new:
        if message.id:
            known = old.get(message.id)
            catalog.add(message.id, known.string if known else None, message.locations)
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """Return a catalogue as text."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return a catalogue as hitoe reads it, without the templates that have no translation."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main() -> None:
    """Write all catalogues anew."""
    code = templates()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalog = read(path)
        if path.stem == "hitoe":
            catalog = updated(catalog, code)
            path.write_bytes(as_po(catalog))
        path.with_suffix(".mo").write_bytes(as_mo(catalog))


if __name__ == "__main__":
    main()
