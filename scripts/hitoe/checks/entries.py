"""Checks of topics and entries: unique keys, content, known domains, nested points."""

from collections.abc import Iterator
from typing import Any

from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Position, Problem, did_you_mean
from hitoe.text import Text


def keys_unique(project: Project) -> Iterator[Problem]:
    """Topic keys and entry keys are unique in the deck."""
    topics: dict[str, Position] = {}
    for file, topic in project.topics.items():
        at = project.at(file, "topic")
        if topic.topic in topics:
            yield Problem(at, f"topic '{topic.topic}' stands also in {topics[topic.topic]}: rename one")
        topics.setdefault(topic.topic, at)
    entries: dict[str, PlacedEntry] = {}
    for placed in project.entries():
        first = entries.setdefault(placed.key, placed)
        if first is not placed:
            at, other = (project.at(one.file, *one.loc, key=True) for one in (placed, first))
            yield Problem(at, f"entry '{placed.key}' stands also in {other}: rename one")


def filled(project: Project) -> Iterator[Problem]:
    """A topic has entries, and an entry says something."""
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
        if isinstance(bullet, Text):
            continue
        if i == 0:
            yield (i,)
        yield from ((i, *loc) for loc in _orphans(bullet))
