"""Findings that ask for a review: what was checked long ago or never, and what changed since it was learned."""

from collections.abc import Iterator
from datetime import date

from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.schema import Entry, Item
from hitoe.source import Loc

AHEAD = 1
"""By how many days an author's calendar can be ahead of UTC."""


def to_review(project: Project, today: date) -> list[Problem]:
    """Return what is old, was never checked, has no source, or has changed, by place; nothing that is retired."""
    found: set[Problem] = set()
    for placed in project.entries():
        if not placed.entry.retired:
            found |= {*_unfounded(project, placed), *_old(project, placed, today), *_changed(project, placed)}
    return sorted(found)


def _unfounded(project: Project, placed: PlacedEntry) -> Iterator[Problem]:
    """Where the deck asks for reviews, an entry has sources and was once compared with them."""
    if project.deck.review_after is None:
        return
    at = project.at(placed.file, *placed.loc, key=True)
    if not placed.entry.sources:
        yield Problem(at, f"entry '{placed.key}' has no sources: add `sources:` to check it against")
    if placed.entry.checked is None and not _each_checked(placed):
        yield Problem(at, f"entry '{placed.key}' was never checked: compare it with its sources, then add `checked:`")


def _old(project: Project, placed: PlacedEntry, today: date) -> Iterator[Problem]:
    limit = project.deck.review_after
    for loc, part in _parts(placed):
        # If each item has a date of its own, the entry's date does not matter.
        if part.checked is None or (part is placed.entry and _each_checked(placed)):
            continue
        at, days = project.at(placed.file, *loc, "checked"), (today - part.checked).days
        if days < -AHEAD:
            yield Problem(at, f"checked on {part.checked}, which is still to come: mend the date")
        elif limit is not None and days > limit:
            yield Problem(
                at,
                f"checked {days} days ago, `review_after` is {limit}: compare it with its sources, then mend the date",
            )


def _changed(project: Project, placed: PlacedEntry) -> Iterator[Problem]:
    for loc, part in _parts(placed):
        if part.changed:
            yield Problem(project.at(placed.file, *loc, "changed"), f"changed: {' '.join(part.changed.plain.split())}")


def _parts(placed: PlacedEntry) -> Iterator[tuple[Loc, Entry | Item]]:
    """Yield the entry and its live items, with the location of each."""
    yield placed.loc, placed.entry
    for key, item in placed.live_items.items():
        yield (*placed.loc, "items", key), item


def _each_checked(placed: PlacedEntry) -> bool:
    items = placed.live_items.values()
    return bool(items) and all(item.checked for item in items)
