"""Checks of sources, the documents that entries were learned from."""

from collections.abc import Iterator

from hitoe.model.project import Project
from hitoe.problems import Position, Problem
from hitoe.schema import Source


def listed_once(project: Project) -> Iterator[Problem]:
    """An entry names each source once."""
    for placed in project.entries():
        seen: set[str] = set()
        for number, source in enumerate(placed.entry.sources):
            if source.url in seen:
                at = project.at(placed.file, *placed.loc, "sources", number, "url")
                yield Problem(at, f"'{source.url}' is a source of this entry already: delete one of the two")
            seen.add(source.url)


def titled_alike(project: Project) -> Iterator[Problem]:
    """A source has one title throughout the deck."""
    first: dict[str, tuple[Source, Position]] = {}
    for placed in project.entries():
        for number, source in enumerate(placed.entry.sources):
            at = project.at(placed.file, *placed.loc, "sources", number, "title")
            other, there = first.setdefault(source.url, (source, at))
            if source.title != other.title and there != at:
                yield Problem(at, f"this source is called '{other.title}' in {there}: give it one title")
