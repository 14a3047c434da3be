"""Characters that no font of the sheet has, and that are therefore printed as 〓."""

from collections.abc import Iterator

from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.sheet.layout.blocks import printed
from hitoe.source import Loc
from hitoe.text import CodeSpan, Fence, Plain, Text
from hitoe.typography import own_fonts
from hitoe.typography.signs import Signs


def missing(project: Project) -> Iterator[Problem]:
    """Yield a warning for each text of the sheet that has characters which no font has."""
    known = Signs(own_fonts.read(project.root / CONTENT).characters)
    for file, loc, text in _texts(project):
        words = (node.text for node in text.walk() if isinstance(node, Plain | CodeSpan | Fence))
        if lacking := list(dict.fromkeys(sign for each in words for sign in known.lacking(each))):
            signs = ", ".join(f"'{sign}' (U+{ord(sign):04X})" for sign in lacking)
            other = "it into content/fonts/, or write another sign"
            if len(lacking) > 1:
                other = "them into content/fonts/, or write other signs"
            message = f"the sheet's fonts have no {signs}, so 〓 is printed: put a font with {other}"
            yield Problem(project.at(file, *loc), message)


def _texts(project: Project) -> Iterator[tuple[str, Loc, Text]]:
    """Yield the texts that the sheet prints with the file and the place in it."""
    yield DECK_FILE, ("title",), Text.of(project.deck.title)
    yield DECK_FILE, ("version",), Text.of(project.deck.version or "")
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
