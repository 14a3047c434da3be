"""Checks of topics and entries: content, known domains, nested points, different sources."""

from collections.abc import Iterator
from typing import Any

from hitoe.model.project import Project
from hitoe.problems import Problem, did_you_mean
from hitoe.text import Text


def filled(project: Project) -> Iterator[Problem]:
    """A topic has entries, and an entry has content."""
    for file, topic in project.topics.items():
        if not topic.entries:
            yield Problem(project.at(file, "entries"), "a topic without entries: write one, or delete the file")
    for placed in project.entries():
        entry = placed.entry
        if not (entry.items or entry.points or entry.quote or entry.corrections):
            at = project.at(placed.file, *placed.loc, key=True)
            yield Problem(at, f"entry '{placed.key}' says nothing: add `items:` or `points:`")


def domains_known(project: Project) -> Iterator[Problem]:
    """An entry's domain is one of the deck's."""
    known = project.deck.domains
    for placed in project.entries():
        domain = placed.entry.domain
        if domain is not None and domain not in known:
            hint = did_you_mean(domain, known) if known else "add `domains:` to deck.yaml"
            yield Problem(project.at(placed.file, *placed.loc, "domain"), f"unknown domain '{domain}': {hint}")


def points_nested(project: Project) -> Iterator[Problem]:
    """A nested list of points has a point above it."""
    for placed in project.entries():
        for loc in _orphans(placed.entry.points):
            at = project.at(placed.file, *placed.loc, "points", *loc)
            yield Problem(at, "a list of points without a point above it: write the point first")


def _orphans(bullets: tuple[Any, ...]) -> Iterator[tuple[int, ...]]:
    for i, bullet in enumerate(bullets):
        if not isinstance(bullet, Text):
            yield from [(i,)] if i == 0 else []
            yield from ((i, *loc) for loc in _orphans(bullet))


def sources_differ(project: Project) -> Iterator[Problem]:
    """An entry names each source once."""
    for placed in project.entries():
        urls = [source.url for source in placed.entry.sources]
        for number, url in enumerate(urls):
            if url in urls[:number]:
                at = project.at(placed.file, *placed.loc, "sources", number, "url")
                yield Problem(at, f"'{url}' is a source of this entry already: delete one of the two")
