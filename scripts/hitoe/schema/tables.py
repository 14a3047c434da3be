"""Comparisons: rows, columns, and what stands where they meet."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar
from typing import Literal as OneOf

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from hitoe.schema.common import Item, Kept
from hitoe.schema.scalars import RESERVED_IN_ROWS, Flag, Key, Prose, refusal
from hitoe.schema.strict import Strict
from hitoe.text import Paragraph, Plain, Text

Direction = OneOf["forward", "reverse", "both", "none"]


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
    cells: dict[str, Annotated[Cell, BeforeValidator(_cell, json_schema_input_type=Prose | Cell)]] = Field(
        alias=":cells"
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Show the cells as an author writes them: beside the row's own keys."""
        shown = handler.resolve_ref_schema(handler(schema))
        shown["additionalProperties"] = shown["properties"].pop(":cells")["additionalProperties"]
        del shown["required"]
        return shown


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
    columns: dict[Key, Annotated[Column, BeforeValidator(_column, json_schema_input_type=Prose | Column)]]
    rows: dict[Key, Annotated[Row, BeforeValidator(_row, json_schema_input_type=Row)]]
    ask: Ask = "forward"
    ask_rows: Flag = Field(False, description="also one card for each whole row")

    @cached_property
    def live_columns(self) -> dict[str, Column]:
        """The columns that are not retired, by key."""
        return {key: column for key, column in self.columns.items() if not column.retired}

    @cached_property
    def live_rows(self) -> dict[str, Row]:
        """The rows that are not retired, by key."""
        return {key: row for key, row in self.rows.items() if not row.retired}

    @cached_property
    def labels(self) -> dict[str, Text]:
        """What each row is called, by key."""
        return {key: row.label or Text(key, (Paragraph((Plain(key),)),)) for key, row in self.rows.items()}

    def label(self, row: str) -> Text:
        """Return what a row is called."""
        return self.labels[row]

    def direction(self, row: str, column: str) -> Direction:
        """Return how a cell is asked."""
        by_column = self.ask if isinstance(self.ask, str) else self.ask.get(column, "forward")
        return self.rows[row].cells[column].ask or by_column
