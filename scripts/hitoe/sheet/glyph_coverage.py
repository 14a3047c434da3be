"""Characters that the sheet's fonts lack: found before anything is printed, for on paper they would be boxes."""

import re
from collections.abc import Iterator
from unicodedata import category

from hitoe.model.project import DECK_FILE, PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.sheet.layout.blocks import printed
from hitoe.source import Loc
from hitoe.text import CodeSpan, Fence, Plain, Text
from hitoe.typography import fonts
from hitoe.typography.scripts import HIRAGANA, KATAKANA

KNOWN = re.compile(rf"[\n -~{HIRAGANA}{KATAKANA}、。・「」（）：]*")
"""Characters that all fonts have; most texts have no other sign than these and common kanji."""


def missing(project: Project) -> Iterator[Problem]:
    """Yield a problem for each text of the sheet that has characters which its fonts lack."""
    yield from _problem(project, DECK_FILE, ("title",), Text.of(project.deck.title))
    for file, topic in project.topics.items():
        yield from _problem(project, file, ("title",), Text.of(topic.title))
    for placed in project.entries():
        if any(map(printed, placed.live_items.values())):
            for loc, text in _texts(placed):
                yield from _problem(project, placed.file, (*placed.loc, *loc), text)


def _texts(placed: PlacedEntry) -> Iterator[tuple[Loc, Text]]:
    yield ("title",), placed.entry.title
    for number, source in enumerate(placed.entry.sources):
        yield ("sources", number, "title"), Text.of(source.title)
    for key, item in placed.live_items.items():
        if printed(item):
            yield from ((("items", key, *loc), text) for loc, text in item.texts())
            if item.figure:
                yield from ((("items", key, "figure", *loc), text) for loc, text in item.figure.texts())


def _problem(project: Project, file: str, loc: Loc, text: Text) -> Iterator[Problem]:
    lacking = list(dict.fromkeys(_lacking(text)))
    if lacking:
        signs = ", ".join(f"'{sign}' (U+{ord(sign):04X})" for sign in lacking)
        other = "another sign" if len(lacking) == 1 else "other signs"
        yield Problem(project.at(file, *loc), f"the sheet's fonts have no {signs}: write {other}")


def _lacking(text: Text) -> Iterator[str]:
    for node in text.walk():
        match node:
            case Plain(characters):
                yield from _not_in(fonts.PROSE, characters)
            case CodeSpan(characters) | Fence(text=characters):
                yield from _not_in(fonts.CODE, characters)
            case _:
                pass


def _not_in(names: tuple[str, ...], text: str) -> Iterator[str]:
    if KNOWN.fullmatch(text):
        return
    known = fonts.characters(names)
    yield from (sign for sign in text if sign not in known and category(sign) not in ("Cc", "Cf"))
