"""Checks of a file by itself: the settings of the deck, and the topic, its entries and their items."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hitoe.kinds import Item, Mistake
from hitoe.messages import say
from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Problem, did_you_mean
from hitoe.text import Text
from hitoe.typography import page_geometry

QUANTITY = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s?\S{0,4}")
"""A number, and perhaps its unit."""


def filled(project: Project) -> Iterator[Problem]:
    """A topic has entries, and an entry has content."""
    for file, topic in project.topics.items():
        if not topic.entries:
            yield Problem(project.at(file, "entries"), say("a topic without entries: write one, or delete the file"))
    for placed in project.entries():
        entry = placed.entry
        if not (entry.items or entry.points or entry.quote or entry.corrections):
            at = project.at(placed.file, *placed.loc, key=True)
            yield Problem(at, say("entry '{key}' says nothing: add `items:` or `points:`", key=placed.key))


def domains_known(project: Project) -> Iterator[Problem]:
    """An entry's domain is one of the deck's."""
    known = project.deck.domains
    for placed in project.entries():
        domain = placed.entry.domain
        if domain is not None and domain not in known:
            hint = did_you_mean(domain, known) if known else say("add `domains:` to deck.yaml")
            yield Problem(
                project.at(placed.file, *placed.loc, "domain"),
                say("unknown domain '{domain}': {hint}", domain=domain, hint=hint),
            )


def points_nested(project: Project) -> Iterator[Problem]:
    """A nested list of points has a point above it."""
    for placed in project.entries():
        for loc, _ in _lists_below(placed.entry.points):
            if loc[-1] == 0:
                at = project.at(placed.file, *placed.loc, "points", *loc)
                yield Problem(at, say("a list of points without a point above it: write the point first"))


def minus_signs_kept(project: Project) -> Iterator[Problem]:
    """In YAML `- - 5 °C` is a list within a list, not a number with its sign."""
    for placed in project.entries():
        for loc, points in _lists_below(placed.entry.points):
            match points:
                case [Text(raw)] if QUANTITY.fullmatch(raw):
                    message = say("'- {text}' is a point below another: if the '-' is a sign, quote the text", text=raw)
                    yield Problem(project.at(placed.file, *placed.loc, "points", *loc, 0), message)


def _lists_below(bullets: tuple[Any, ...]) -> Iterator[tuple[tuple[int, ...], tuple[Any, ...]]]:
    """Yield the lists of points within a list, each with its location there."""
    for number, bullet in enumerate(bullets):
        if isinstance(bullet, tuple):
            yield (number,), bullet
            yield from (((number, *loc), inner) for loc, inner in _lists_below(bullet))


def sources_differ(project: Project) -> Iterator[Problem]:
    """An entry names each source once."""
    for placed in project.entries():
        names = [source.url or source.name for source in placed.entry.sources]
        for number, name in enumerate(names):
            if name in names[:number]:
                at = project.at(placed.file, *placed.loc, "sources", number, "url")
                yield Problem(at, say("'{name}' is a source of this entry already: delete one of the two", name=name))


def sound(project: Project) -> Iterator[Problem]:
    """The values of each item fit together: clozes are numbered without gaps, for instance."""
    content = project.root / CONTENT
    for placed in project.items():
        for mistake in _mistakes(placed.item, content):
            yield Problem(project.at(placed.entry.file, *placed.loc, *mistake.loc, key=mistake.key), mistake.message)


def _mistakes(item: Item, content: Path) -> Iterator[Mistake]:
    yield from item.mistakes(content)
    if item.image and (fault := item.image.fault(content)):
        yield Mistake(("image", "file"), fault)
    if item.figure:
        from hitoe import figures  # few decks have one

        yield from (Mistake(("figure", *fault.loc), str(fault), fault.key) for fault in figures.faults(item.figure))
    for number, evidence in enumerate(item.evidence):
        if evidence.rows and item.row_labels is None:
            message = say("only a table has rows to compare: say with `expect:` what must be there")
            yield Mistake(("evidence", number, "rows"), message)


def columns_wide_enough(project: Project) -> Iterator[Problem]:
    """The sheet's columns are wide enough for a table."""
    geometry = page_geometry.geometry(project.deck.sheet)
    if geometry.column < page_geometry.NARROWEST:
        most = page_geometry.most_columns(geometry.width)
        yield Problem(
            project.at(DECK_FILE, "sheet", "columns"),
            say(
                "{columns} columns would be {column:.0f} mm wide, not {narrowest:.0f} mm: write {most} or "
                "fewer, or take wider paper",
                columns=geometry.columns,
                column=geometry.column,
                narrowest=page_geometry.NARROWEST,
                most=most,
            ),
        )


def hero_image_exists(project: Project) -> Iterator[Problem]:
    """The picture of the series is a file of the content folder."""
    series = project.deck.series
    if series and series.hero_image and (fault := series.hero_image.fault(project.root / CONTENT)):
        yield Problem(project.at(DECK_FILE, "series", "hero_image", "file"), fault)
