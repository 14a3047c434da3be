"""Characters that the sheet's fonts lack: found before anything is printed, for on paper they would be boxes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import category

from hitoe.model.project import DECK_FILE, PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.schema import Item, Strict, Table
from hitoe.sheet.layout.blocks import printed
from hitoe.source import Loc
from hitoe.text import Code, Fence, Paragraph, Plain, Text
from hitoe.typography import fonts
from hitoe.typography.scripts import HIRAGANA, KATAKANA

KNOWN = re.compile(rf"[\n -~{HIRAGANA}{KATAKANA}、。・「」（）：]*")
"""Characters that all fonts have; most texts have no other sign than these and common kanji."""
ELSEWHERE = frozenset(
    {
        "hint",
        "extra",
        "tags",
        "ask",
        "reverse",
        "changed",
        "evidence",
        "was",
        "checked",
        "file",
        "element",
        "reading",
        "look",
    }
)
"""Keys of an item that are for cards and checks."""


def missing(project: Project) -> Iterator[Problem]:
    """Yield a problem for each text of the sheet that has characters which its fonts lack."""
    yield from _problem(project, DECK_FILE, ("title",), _plain(project.deck.title))
    for file, topic in project.topics.items():
        yield from _problem(project, file, ("title",), _plain(topic.title))
    for placed in project.entries():
        if any(map(printed, placed.live_items.values())):
            for loc, text in _texts(placed):
                yield from _problem(project, placed.file, (*placed.loc, *loc), text)


def _texts(placed: PlacedEntry) -> Iterator[tuple[Loc, Text]]:
    yield ("title",), placed.entry.title
    for number, source in enumerate(placed.entry.sources):
        yield ("sources", number, "title"), _plain(source.title)
    for key, item in placed.live_items.items():
        if printed(item):
            yield from _of_item(("items", key), item)


def _of_item(loc: Loc, item: Item) -> Iterator[tuple[Loc, Text]]:
    yield from _within(loc, item)
    if isinstance(item, Table):
        for key, row in item.live_rows.items():
            if row.label is None:
                yield (*loc, "rows", key), item.label(key)


def _within(loc: Loc, value: Any) -> Iterator[tuple[Loc, Text]]:
    """Yield every text within a value of the format, but for what is retired or not printed."""
    match value:
        case Text():
            yield loc, value
        case str():
            yield loc, Text(value, (Fence(value, ""),))
        case Strict():
            if getattr(value, "retired", False):
                return
            for name, field in type(value).model_fields.items():
                key = field.alias or name
                if key not in ELSEWHERE:
                    yield from _within(loc if key.startswith(":") else (*loc, key), getattr(value, name))
        case Mapping():
            for key, inner in value.items():
                yield from _within((*loc, key), inner)
        case _:
            pass


def _problem(project: Project, file: str, loc: Loc, text: Text) -> Iterator[Problem]:
    lacking = list(dict.fromkeys(_lacking(text)))
    if lacking:
        signs = ", ".join(f"'{sign}' (U+{ord(sign):04X})" for sign in lacking)
        other = "another sign" if len(lacking) == 1 else "other signs"
        yield Problem(project.at(file, *loc), f"the sheet's fonts have no {signs}: write {other}")


def _plain(text: str) -> Text:
    return Text(text, (Paragraph((Plain(text),)),))


def _lacking(text: Text) -> Iterator[str]:
    for node in text.walk():
        match node:
            case Plain(characters):
                yield from _not_in(fonts.PROSE, characters)
            case Code(characters) | Fence(text=characters):
                yield from _not_in(fonts.CODE, characters)
            case _:
                pass


def _not_in(names: tuple[str, ...], text: str) -> Iterator[str]:
    if KNOWN.fullmatch(text):
        return
    known = fonts.characters(names)
    yield from (sign for sign in text if sign not in known and category(sign) not in ("Cc", "Cf"))
