"""The six kinds of item: what can be asked, and what is answered."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar
from typing import Literal as OneOf

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from hitoe.problems import did_you_mean
from hitoe.schema import formula
from hitoe.schema.scalars import (
    RESERVED_IN_ROWS,
    Blanks,
    Day,
    Flag,
    Key,
    Literal,
    Number,
    Prose,
    Whole,
    refusal,
)
from hitoe.text import Paragraph, Plain, Text

Direction = OneOf["forward", "reverse", "both", "none"]


class Strict(BaseModel):
    """A mapping of the format: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Paths = Annotated[
    tuple[Literal, ...],
    BeforeValidator(_listed),
    Field(description="the full path, or paths oldest first, that this had in shipped decks"),
]


class Kept(Strict):
    """Something with an identity: it can have been renamed, and it can retire."""

    was: Paths = ()
    retired: Flag = False


class Image(Strict):
    """A picture in the content folder, and what it shows in words."""

    file: Literal
    alt: Prose


class Evidence(Strict):
    """What an outside source must say for the item to be true. Verified by a provider, not by the schema."""

    botocore: Literal
    expect: Any = None
    rows: OneOf["equal"] | None = None


def _evidence_listed(value: Any) -> Any:
    return [value] if isinstance(value, Mapping) else value


class Item(Kept):
    """What all kinds have in common."""

    kind: ClassVar[str]

    hint: Prose | None = None
    extra: Prose | None = Field(None, description="shown on the back of the card")
    tier: OneOf["core", "extra"] = "core"
    key: Flag = Field(False, description="belongs on the one-page digest")
    tags: tuple[Literal, ...] = ()
    image: Image | None = None
    checked: Day | None = None
    changed: Prose | None = None
    evidence: Annotated[tuple[Evidence, ...], BeforeValidator(_evidence_listed)] = ()


class Fact(Item):
    """A subject and what is true of it; asked as 「…は?」 unless `ask` gives the question."""

    kind: ClassVar[str] = "fact"
    fact: Prose
    answer: Prose = Field(alias="is")
    ask: Prose | None = None
    reverse: Prose | None = Field(None, description="question of a second card, whose answer is the `fact:` text")


class Cloze(Item):
    """A sentence with blanks; one card for each cloze number."""

    kind: ClassVar[str] = "cloze"
    cloze: Blanks
    retired_clozes: tuple[Whole, ...] = ()


class Column(Kept):
    """A column of a table."""

    title: Prose


class Cell(Strict):
    """What stands where a row meets a column; `ask` overrides the column's direction."""

    answer: Prose = Field(alias="is")
    ask: Direction | None = None


def _column(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"title": value}


def _cell(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"is": value}


def _row(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise refusal("a row must be a mapping from column keys to cells: write {column: text, …}")
    row = {key: value[key] for key in value if key in RESERVED_IN_ROWS}
    return {**row, ":cells": {key: value[key] for key in value if key not in RESERVED_IN_ROWS}}


class Row(Kept):
    """A row of a table. Its label is its key unless `label` is given."""

    label: Prose | None = None
    cells: dict[str, Annotated[Cell, BeforeValidator(_cell)]] = Field(alias=":cells")


def _ask_shape(value: Any) -> str:
    return ":columns" if isinstance(value, Mapping) else ":word"


Ask = Annotated[
    Annotated[Direction, Tag(":word")] | Annotated[dict[str, Direction], Tag(":columns")],
    Discriminator(_ask_shape),
]
"""One direction for all columns, or one for each; columns that are not named are asked forward."""


class Table(Item):
    """A comparison, row-major; one card for each cell that is asked, both ways where `ask` says so."""

    kind: ClassVar[str] = "table"
    table: Prose
    corner: Prose | None = Field(None, description="heading over the row labels")
    columns: dict[Key, Annotated[Column, BeforeValidator(_column)]]
    rows: dict[Key, Annotated[Row, BeforeValidator(_row)]]
    ask: Ask = "forward"
    ask_rows: Flag = Field(False, description="also one card for each whole row")

    @property
    def live_columns(self) -> dict[str, Column]:
        """The columns that are not retired, by key."""
        return {key: column for key, column in self.columns.items() if not column.retired}

    @property
    def live_rows(self) -> dict[str, Row]:
        """The rows that are not retired, by key."""
        return {key: row for key, row in self.rows.items() if not row.retired}

    def label(self, row: str) -> Text:
        """Return what a row is called."""
        return self.rows[row].label or Text(row, (Paragraph((Plain(row),)),))

    def direction(self, row: str, column: str) -> Direction:
        """Return how a cell is asked."""
        by_column = self.ask if isinstance(self.ask, str) else self.ask.get(column, "forward")
        return self.rows[row].cells[column].ask or by_column


class Step(Kept):
    """One thing that happens."""

    text: Prose


def _step(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"text": value}


class Steps(Item):
    """Things that happen in order; one card for each step."""

    kind: ClassVar[str] = "steps"
    steps: Prose
    sequence: dict[Key, Annotated[Step, BeforeValidator(_step)]]

    @property
    def live_steps(self) -> dict[str, Step]:
        """The steps that are not retired, in order, by key."""
        return {key: step for key, step in self.sequence.items() if not step.retired}

    def before(self, key: str) -> list[Step]:
        """Return the live steps that come before a step, in order."""
        keys = list(self.sequence)
        return [step for other, step in self.live_steps.items() if keys.index(other) < keys.index(key)]

    def number(self, key: str) -> int:
        """Return the place of a step among the live ones, from 1."""
        return len(self.before(key)) + 1


class Code(Item):
    """What is wanted, and the code that does it."""

    kind: ClassVar[str] = "code"
    code: Prose
    language: Literal = "text"
    answer: Literal = Field(alias="is")
    ask: Prose | None = None
    reverse: Prose | None = Field(None, description="question of a second card, whose answer is the `code:` text")


class Given(Strict):
    """A known value of a calculation."""

    value: Number
    unit: Prose | None = None
    label: Prose | None = None


class Calc(Item):
    """A calculation; the answer is computed from `given` by `formula`, exactly."""

    kind: ClassVar[str] = "calc"
    calc: Prose
    given: dict[Key, Given]
    formula: Literal
    unit: Prose | None = None

    @cached_property
    def answer(self) -> str:
        """The computed answer, as read: thousands separated by commas.

        Raises:
            FormulaError: the formula cannot be computed.
        """
        return formula.shown(formula.value(self.formula, {name: given.value for name, given in self.given.items()}))

    @cached_property
    def worked(self) -> str:
        """The formula with the given values put in, in the signs of arithmetic."""
        return formula.worked(self.formula, {name: given.value for name, given in self.given.items()})


KINDS: dict[str, type[Item]] = {kind.kind: kind for kind in (Fact, Cloze, Table, Steps, Code, Calc)}


def kind_of(value: Any) -> str | None:
    """Return the tag of the item's kind: that of the first key that names one."""
    if isinstance(value, Item):
        return ":" + value.kind
    if not isinstance(value, Mapping):
        return None
    return next((":" + key for key in value if key in KINDS), None)


def no_kind(value: Any) -> str:
    """Return the sentence about an item of no kind."""
    if not isinstance(value, Mapping):
        return f"an item must be a mapping: write {{{'|'.join(KINDS)}: …}}"
    for key in value:
        if (hint := did_you_mean(str(key), KINDS)).startswith("did"):
            return f"no kind of item: unknown key '{key}': {hint}"
    return f"no kind of item: begin it with one of the keys {', '.join(KINDS)}"


AnyItem = Annotated[
    Annotated[Fact, Tag(":fact")]
    | Annotated[Cloze, Tag(":cloze")]
    | Annotated[Table, Tag(":table")]
    | Annotated[Steps, Tag(":steps")]
    | Annotated[Code, Tag(":code")]
    | Annotated[Calc, Tag(":calc")],
    Discriminator(kind_of),
]
