"""Characters that the sheet's fonts lack: found before anything is printed, for on paper they would be boxes."""

from collections.abc import Iterator
from unicodedata import category

from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.sheet.layout.blocks import printed
from hitoe.source import Loc
from hitoe.text import CodeSpan, Fence, Plain, Text
from hitoe.typography import fonts


def missing(project: Project) -> Iterator[Problem]:
    """Yield a problem for each text of the sheet that has characters which its fonts lack."""
    for file, loc, text in _texts(project):
        if lacking := list(dict.fromkeys(_lacking(text))):
            signs = ", ".join(f"'{sign}' (U+{ord(sign):04X})" for sign in lacking)
            other = "another sign" if len(lacking) == 1 else "other signs"
            yield Problem(project.at(file, *loc), f"the sheet's fonts have no {signs}: write {other}")


def _texts(project: Project) -> Iterator[tuple[str, Loc, Text]]:
    """Yield the texts that the sheet prints with the file and the place in it."""
    yield DECK_FILE, ("title",), Text.of(project.deck.title)
    for file, topic in project.topics.items():
        yield file, ("title",), Text.of(topic.title)
    for placed in project.entries():
        items = {key: item for key, item in placed.live_items.items() if printed(item)}
        if items:
            yield placed.file, (*placed.loc, "title"), placed.entry.title
            for number, source in enumerate(placed.entry.sources):
                yield placed.file, (*placed.loc, "sources", number, "title"), Text.of(source.name)
        for key, item in items.items():
            figure = item.figure.texts() if item.figure else ()
            for loc, text in [*item.texts(), *((("figure", *loc), text) for loc, text in figure)]:
                yield placed.file, (*placed.loc, "items", key, *loc), text


def _lacking(text: Text) -> Iterator[str]:
    for node in text.walk():
        if isinstance(node, Plain | CodeSpan | Fence):
            known = fonts.characters(fonts.PROSE if isinstance(node, Plain) else fonts.CODE)
            yield from (sign for sign in node.text if sign not in known and category(sign) not in ("Cc", "Cf"))
