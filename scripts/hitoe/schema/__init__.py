"""The files of a project, deck.yaml and topic files, as frozen types.

`values` holds what their values may be, `kinds` the items. Only these three packages use pydantic.
"""

from hitoe.kinds import Item
from hitoe.schema.deck import Deck, Exam, Series, Sheet
from hitoe.schema.topic import Correction, Entry, Quote, Source, Topic
from hitoe.values.week import Week

__all__ = ["Correction", "Deck", "Entry", "Exam", "Item", "Quote", "Series", "Sheet", "Source", "Topic", "Week"]
