"""The files of a project, deck.yaml and topic files, as frozen types.

`values` holds what their values may be, `kinds` the items. Only these three packages use pydantic.
"""

from hitoe.kinds import KINDS, Image, Item
from hitoe.schema.deck import Deck, Series, Sheet
from hitoe.schema.topic import Correction, Entry, Quote, Source, Topic
from hitoe.values.evidence import Evidence, Expectation
from hitoe.values.figures import FIGURES, Bar, Drawn, Flow, Groups, Phases, Timeline
from hitoe.values.points import Point, nested
from hitoe.values.scalars import Week

__all__ = [
    "FIGURES",
    "KINDS",
    "Bar",
    "Correction",
    "Deck",
    "Drawn",
    "Entry",
    "Evidence",
    "Expectation",
    "Flow",
    "Groups",
    "Image",
    "Item",
    "Phases",
    "Point",
    "Quote",
    "Series",
    "Sheet",
    "Source",
    "Timeline",
    "Topic",
    "Week",
    "nested",
]
