"""A project of six facts, and collections of a few rows in which they were learned."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hitoe import checks
from hitoe.model.identity import guid
from hitoe.model.project import Project
from hitoe.progress.aggregation import progress
from hitoe.progress.calendar import Calendar
from hitoe.progress.collection import Collection, CollectionCard
from hitoe.progress.results import Progress
from hitoe.progress.revlog import RevlogEntry

from support.notes import written

DECK = """format: 1
key: own
title: 題
exam_date: 2020-08-10
domains:
  one: {title: 甲}
  two: {title: 乙}
"""
FIRST = """topic: t
title: 一
entries:
  e:
    title: 題
    domain: two
    items:
      a: {fact: 問い, is: 答え}
      b: {fact: 問い, is: 答え}
      c: {fact: 問い, is: 答え}
      old: {fact: 問い, is: 答え, retired: true}
"""
SECOND = """topic: u
title: 二
entries:
  f:
    title: 題
    domain: one
    items:
      a: {fact: 問い, is: 答え}
  g:
    title: 題
    items:
      a: {fact: 問い, is: 答え}
"""
ITEMS = ("e.a", "e.b", "e.c", "e.old", "f.a", "g.a")
MONDAY = 1_594_598_400
"""The first second of Monday 2020-07-13, ISO week 29."""


def facts(root: Path) -> Project:
    """Write the project and return it."""
    return checks.trusted(written(root, {"deck.yaml": DECK, "1.yaml": FIRST, "2.yaml": SECOND}))


def answer(
    item: str = "e.a", *, at: int = MONDAY, button: int = 3, last: int = 5, factor: int = 2500, kind: int = 1
) -> RevlogEntry:
    """Return an answer that took a second, to the only card of an item: by default a good one in a review."""
    return RevlogEntry(at * 1000, 10 + ITEMS.index(item), button, last, factor, 1000, kind)


def learned(
    answers: Sequence[RevlogEntry], *, leeches: Sequence[str] = (), fsrs: Mapping[str, CollectionCard] | None = None
) -> Collection:
    """Return a collection with a card of each item, and one of another deck."""
    remembered = fsrs or {}
    cards = {
        10 + number: remembered.get(name, card(None))._replace(guid=guid("own", name), leech=name in leeches)
        for number, name in enumerate(ITEMS)
    }
    other = card(None)._replace(guid="other", leech=True)
    return Collection(cards={**cards, 98: other}, revlog=answers, calendar=Calendar(rollover=0, east=0))


def told(project: Project, collection: Collection) -> Progress:
    """Return what a collection says of the deck."""
    found = progress(project, collection)
    assert found is not None
    return found


EXAM = 1_597_017_600
"""The first second of 2020-08-10."""


def card(stability: float | None, *, seen: int | None = None, decay: float | None = 0.5) -> CollectionCard:
    """Return what FSRS remembers of a card."""
    return CollectionCard("", False, stability, decay, seen)
