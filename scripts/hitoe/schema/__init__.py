"""The format: what deck.yaml and topic files may say, as frozen types. pydantic is known here alone."""

from hitoe.schema.common import Image, Item, Strict
from hitoe.schema.files import Correction, Deck, Entry, Quote, Series, Source, Topic
from hitoe.schema.formula import FormulaError
from hitoe.schema.items import KINDS, Calc, Cloze, Code, Fact, Step, Steps
from hitoe.schema.pictures import Picture, Region
from hitoe.schema.points import Point, nested
from hitoe.schema.scalars import Learned, Week
from hitoe.schema.tables import Cell, Column, Row, Table

__all__ = [
    "KINDS",
    "Calc",
    "Cell",
    "Cloze",
    "Code",
    "Column",
    "Correction",
    "Deck",
    "Entry",
    "Fact",
    "FormulaError",
    "Image",
    "Item",
    "Learned",
    "Picture",
    "Point",
    "Quote",
    "Region",
    "Row",
    "Series",
    "Source",
    "Step",
    "Steps",
    "Strict",
    "Table",
    "Topic",
    "Week",
    "nested",
]
