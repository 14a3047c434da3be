"""Warnings about marks in the titles that have none: they are shown as they are written."""

from collections.abc import Iterator

from hitoe.messages import say
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.source import Loc
from hitoe.text import notations


def unmarked(project: Project) -> Iterator[Problem]:
    """The names of decks, topics, series and sources are shown in places that have no marks, so they are plain."""
    for file, loc, title in _titles(project):
        if notations.is_marked(title, math=project.deck.math) or notations.TAG.search(title):
            yield Problem(
                project.at(file, *loc), say("'{title}' is shown as written: take its marks away", title=title)
            )


def _titles(project: Project) -> Iterator[tuple[str, Loc, str]]:
    deck = project.deck
    yield DECK_FILE, ("title",), deck.title
    if deck.series:
        yield DECK_FILE, ("series", "title"), deck.series.title
    for file, topic in project.topics.items():
        yield file, ("title",), topic.title
    for placed in project.entries():
        entry, loc = placed.entry, (*placed.loc, "sources")
        for number, source in enumerate(entry.sources):
            if source.title:
                yield placed.file, (*loc, number, "title"), source.title
        if entry.quote:
            yield placed.file, (*placed.loc, "quote", "source"), entry.quote.source
