"""Findings that ask for a review: what was checked long ago or never, and what changed since it was learned."""

from collections.abc import Iterator
from datetime import date

from hitoe.messages import say
from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.schema import Entry, Item
from hitoe.source import Loc

AHEAD = 1
"""By how many days an author's calendar can be ahead of UTC."""


def to_review(project: Project, today: date) -> list[Problem]:
    """Return what is old, was never checked, has no source, or has changed, by place; nothing that is retired."""
    return sorted({found for placed in project.entries() for found in _findings(project, placed, today)})


def _findings(project: Project, placed: PlacedEntry, today: date) -> Iterator[Problem]:
    entry, items, limit = placed.entry, placed.live_items, project.deck.review_after
    if entry.retired:
        return
    # If each item has a date of its own, the entry's date does not matter.
    each_checked = bool(items) and all(item.checked for item in items.values())
    at, name = project.at(placed.file, *placed.loc, key=True), say("entry '{key}'", key=placed.key)
    if limit is not None and not entry.sources:
        yield Problem(at, say("{name} has no sources: add `sources:` to check it against", name=name))
    if limit is not None and entry.checked is None and not each_checked:
        yield Problem(at, say("{name} was never checked: compare it with its sources, then add `checked:`", name=name))
    parts: dict[Loc, Entry | Item] = {placed.loc: entry}
    parts |= {(*placed.loc, "items", key): item for key, item in items.items()}
    for loc, part in parts.items():
        if part.changed:
            yield Problem(
                project.at(placed.file, *loc, "changed"),
                say("changed: {changed}", changed=" ".join(part.changed.plain.split())),
            )
        if part.checked is None or (part is entry and each_checked):
            continue
        at, days = project.at(placed.file, *loc, "checked"), (today - part.checked).days
        if days < -AHEAD:
            yield Problem(at, say("checked on {checked}, which is still to come: mend the date", checked=part.checked))
        elif limit is not None and days > limit:
            old = say("checked {days} days ago, `review_after` is {limit}", days=days, limit=limit)
            yield Problem(at, say("{old}: compare it with its sources, then mend the date", old=old))
