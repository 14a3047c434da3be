"""The rows, columns and cells of a table, as an author writes them."""

from collections.abc import Mapping
from typing import Annotated
from typing import Literal as OneOf

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag

from hitoe.kinds.item import Identified
from hitoe.kinds.question import FORWARD, REVERSE
from hitoe.messages import say
from hitoe.text import Text
from hitoe.values import pattern
from hitoe.values.scalars import Prose, refusal
from hitoe.values.strict import Strict, shorthand

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


def _question(text: Text) -> Text:
    if unknown := sorted(pattern.names(text) - {"row", "column"}):
        raise refusal(
            "'{{{name}}}' is not known in a question: write {{row}} and {{column}}, and braces in `…`",
            name=unknown[0],
        )
    if "row" not in pattern.names(text):
        raise refusal("the question names no row, so all rows are asked alike: write {row} into it")
    return text


CellQuestion = Annotated[
    Prose,
    AfterValidator(_question),
]


class Column(Identified):
    """A column of a table."""

    title: Prose = Field(description=say("its heading"))
    question: CellQuestion | None = Field(None, description=say("the same as that of the table, for this column"))


class Cell(Strict):
    """What stands where a row meets a column; `ask` overrides the column's direction."""

    answer: Prose = Field(alias="is", description=say("its text"))
    ask: Direction | None = Field(None, description=say("which way it is asked"))


class Row(Identified):
    """A row of a table. Its label is its key unless `label` is given."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[Cell, shorthand("is", Cell)]]
    label: Prose | None = Field(None, description=say("what it is called, if not its key"))

    @property
    def cells(self) -> dict[str, Cell]:
        """The cells by the keys of their columns."""
        return self.__pydantic_extra__

    def text(self, column: str) -> Text | None:
        """Return what the cell in a column says, None if there is no such cell."""
        cell = self.cells.get(column)
        return cell.answer if cell else None


Ask = Annotated[
    Annotated[Direction, Tag(":word")] | Annotated[dict[str, Direction], Tag(":columns")],
    Discriminator(lambda value: ":columns" if isinstance(value, Mapping) else ":word"),
]
"""One direction for all columns, or one for each; columns that are not named are asked forward."""


def split(path: str) -> tuple[str, str, str]:
    """Split `table[row,column]` into its three parts; a missing part is empty."""
    table, _, inner = path.partition("[")
    row, _, column = inner.rstrip("]").partition(",")
    return table, row, column
