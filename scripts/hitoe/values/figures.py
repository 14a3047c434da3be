"""Figures: pictures that are drawn from an author's numbers and labels, of a few kinds."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any
from typing import Literal as OneOf

from pydantic import AfterValidator, BeforeValidator, Field, GetPydanticSchema

from hitoe.messages import say
from hitoe.source import Loc
from hitoe.text import Emphasis, Formula, PictureSpan, SoundSpan, Sub, Sup, Text
from hitoe.values.scalars import Flag, Key, Number, Prose, Whole, refusal
from hitoe.values.strict import Strict, shorthand
from hitoe.values.tagged import Family
from hitoe.values.texts import texts

Look = OneOf["plain", "tinted", "solid", "hatched", "dashed"]
"""How an area is filled, or its edge drawn: different even without colour."""


NOT_IN_LABELS: Mapping[type, str] = {
    Emphasis: say("emphasis: take its * away"),
    Sub: say("subscript: write ₂ instead of ~2~"),
    Sup: say("superscript: write ² instead of ^2^"),
    Formula: say("formula: write words"),
    PictureSpan: say("picture: write words"),
    SoundSpan: say("sound: write words"),
}


def _label(text: Text) -> Text:
    if text.inline is None:
        raise refusal("a label is one paragraph: write no lists and no blocks of code into a figure")
    for node in text.walk():
        if isinstance(node, Emphasis | Sub | Sup | Formula | PictureSpan | SoundSpan):
            raise refusal("a label holds no {mark}", mark=NOT_IN_LABELS[type(node)])
    return text


Label = Annotated[Prose, AfterValidator(_label)]
"""A text in a figure; a line end in it is one in the figure, and what is **strong** is to be learned."""


class Drawn(Strict):
    """What all kinds of figure have in common: the title, and in words what there is to see."""

    title: Prose = Field(description=say("above the figure"))
    alt: Prose = Field(description=say("what there is to see, in words"))

    def texts(self) -> list[tuple[Loc, Text]]:
        """Return the texts that are drawn, each with its path in the figure."""
        return [(loc, text) for loc, text in texts(self) if loc[0] not in ("title", "alt")]


class Group(Strict):
    """Frames side by side, each given by the number of its members."""

    label: Label = Field(description=say("what it is called"))
    frames: tuple[Whole, ...] = Field(description=say("the number of members in each frame"))


class Groups(Drawn):
    """How members are shared out among frames; `frame` and `member` say what these are."""

    groups: dict[Key, Group] = Field(description=say("the groups, side by side"))
    frame: Label | None = Field(None, description=say("what a frame stands for"))
    member: Label | None = Field(None, description=say("what a member stands for"))


class State(Strict):
    """What a unit can be."""

    label: Label = Field(description=say("what it is called"))
    look: Look = Field("plain", description=say("how it is drawn"))


class Phase(Strict):
    """A moment: how many units are in which state, in the order of `units`."""

    label: Label = Field(description=say("what it is called"))
    units: dict[Key, Whole] = Field(description=say("how many units are in each state"))
    note: Label | None = Field(None, description=say("a remark beside the units"))


class Phases(Drawn):
    """Units that change their state from phase to phase."""

    phases: dict[Key, Phase] = Field(description=say("the moments, a row for each"))
    states: dict[Key, State] = Field(description=say("the states that units can have"))


class Stretch(Strict):
    """A stretch of time, in any unit."""

    label: Label = Field(description=say("what it is called"))
    start: Number = Field(alias="from", description=say("where it begins"))
    end: Number = Field(alias="to", description=say("where it ends"))


class Span(Stretch):
    """A stretch of time during which something holds."""

    look: Look = Field("plain", description=say("how it is drawn"))


class Event(Strict):
    """A point in time."""

    label: Label = Field(description=say("what it is called"))
    at: Number = Field(description=say("when it is"))


class Scaled(Drawn):
    """What is drawn to a scale; `numbers` says whether the numbers are printed too."""

    numbers: Flag = Field(False, description=say("also print the numbers that it is drawn from"))

    @property
    def values(self) -> Iterator[Decimal]:
        """The numbers that it is drawn from."""
        parts = (part for _, field in self if isinstance(field, Mapping) for part in field.values())
        yield from (value for part in parts for _, value in part if isinstance(value, Decimal))
        yield from (value for _, value in self if isinstance(value, Decimal))


class Timeline(Scaled):
    """Spans that follow each other on a line of time, events below it, and above it what is measured."""

    timeline: dict[Key, Span] = Field(description=say("spans that do not overlap"))
    events: dict[Key, Event] = Field(default_factory=dict, description=say("points in time, below the line"))
    measures: dict[Key, Stretch] = Field(default_factory=dict, description=say("stretches, above the line"))


def _targets(value: Any) -> Any:
    if isinstance(value, str):
        return {value: None}
    return dict.fromkeys(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else value


class Node(Strict):
    """A thing in a flow, and the nodes to which arrows lead from it, each with the arrow's label."""

    label: Label = Field(description=say("what it is called"))
    look: Look = Field("plain", description=say("how it is drawn"))
    to: Annotated[
        dict[Key, Label | None],
        BeforeValidator(_targets, json_schema_input_type=Key | tuple[Key, ...] | dict[Key, Label]),
    ] = Field(
        default_factory=dict, description=say("the nodes that its arrows lead to, a mapping if arrows have texts")
    )


class Frame(Strict):
    """Nodes that belong together."""

    label: Label = Field(description=say("what it is called"))
    nodes: tuple[Key, ...] = Field(description=say("the nodes in it"))


class Flow(Drawn):
    """Nodes and arrows, from left to right."""

    flow: dict[Key, Annotated[Node, shorthand("label", Node)]] = Field(description=say("the nodes, from left to right"))
    frames: dict[Key, Frame] = Field(default_factory=dict, description=say("nodes that belong together"))


class Share(Strict):
    """A part of a bar."""

    label: Label = Field(description=say("what it is called"))
    value: Number = Field(description=say("how large it is"))
    look: Look = Field("plain", description=say("how it is drawn"))


class Bar(Scaled):
    """Parts of a total, as long as they are large; `whole` names the total, `rest` what no part takes."""

    bar: dict[Key, Share] = Field(description=say("the parts"))
    total: Number = Field(description=say("what all parts make together"))
    whole: Label | None = Field(None, description=say("text for the total"))
    rest: Label | None = Field(None, description=say("text for what no part takes"))


FIGURES: Mapping[str, type[Drawn]] = {kind.__name__.lower(): kind for kind in (Groups, Phases, Timeline, Flow, Bar)}
"""By the key that names each kind."""

DRAWINGS = Family(
    say("figure"),
    say("a figure"),
    FIGURES,
    say("write title, alt and one of {figures} below the key", figures=", ".join(FIGURES)),
    say("give it one of the keys {figures}", figures=", ".join(FIGURES)),
)

Figure = Annotated[Drawn, GetPydanticSchema(lambda _drawn, handler: handler(DRAWINGS.union()))]
"""A figure of one of the kinds."""
