"""The rows, columns and cells of a table, as an author writes them."""

from collections.abc import Mapping
from typing import Annotated, Any
from typing import Literal as OneOf

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from hitoe.kinds.item import Identified
from hitoe.kinds.question import FORWARD, REVERSE
from hitoe.values.scalars import Prose, refusal
from hitoe.values.strict import Strict

RESERVED = frozenset({"label", "was", "retired"})
"""Keys with a meaning of their own in a row, which no column can have."""
Direction = OneOf["forward", "reverse", "both", "none"]
ORDS: Mapping[Direction, tuple[int, ...]] = {
    "forward": (FORWARD,),
    "reverse": (REVERSE,),
    "both": (FORWARD, REVERSE),
    "none": (),
}
"""The cards that a direction asks for."""


class Column(Identified):
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
    row = {key: value[key] for key in value if key in RESERVED}
    return {**row, ":cells": {key: value[key] for key in value if key not in RESERVED}}


class Row(Identified):
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


WrittenColumn = Annotated[Column, BeforeValidator(_column, json_schema_input_type=Prose | Column)]
WrittenRow = Annotated[Row, BeforeValidator(_row, json_schema_input_type=Row)]


def _ask_shape(value: Any) -> str:
    return ":columns" if isinstance(value, Mapping) else ":word"


Ask = Annotated[
    Annotated[Direction, Tag(":word")] | Annotated[dict[str, Direction], Tag(":columns")],
    Discriminator(_ask_shape),
]
"""One direction for all columns, or one for each; columns that are not named are asked forward."""
