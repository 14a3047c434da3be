"""The format: what deck.yaml and topic files may say, as frozen types. pydantic is known here alone."""

from hitoe.schema.common import Image, Item
from hitoe.schema.evidence import Evidence, Expectation
from hitoe.schema.figures import FIGURES, Bar, Drawn, Flow, Groups, Phases, Timeline
from hitoe.schema.files import Correction, Deck, Entry, Quote, Series, Sheet, Source, Topic
from hitoe.schema.formula import FormulaError
from hitoe.schema.items import KINDS, Calc, Cloze, Code, Fact, Step, Steps
from hitoe.schema.pictures import Picture, Region
from hitoe.schema.points import Point, nested
from hitoe.schema.scalars import Learned, Week
from hitoe.schema.strict import Strict
from hitoe.schema.tables import Cell, Column, Row, Table

__all__ = [
    "FIGURES",
    "KINDS",
    "Bar",
    "Calc",
    "Cell",
    "Cloze",
    "Code",
    "Column",
    "Correction",
    "Deck",
    "Drawn",
    "Entry",
    "Evidence",
    "Expectation",
    "Fact",
    "Flow",
    "FormulaError",
    "Groups",
    "Image",
    "Item",
    "Learned",
    "Phases",
    "Picture",
    "Point",
    "Quote",
    "Region",
    "Row",
    "Series",
    "Sheet",
    "Source",
    "Step",
    "Steps",
    "Strict",
    "Table",
    "Timeline",
    "Topic",
    "Week",
    "nested",
]
