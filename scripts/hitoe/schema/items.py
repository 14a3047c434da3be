"""The seven kinds of item: what can be asked, and what is answered."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Discriminator, Field, Tag

from hitoe.problems import did_you_mean
from hitoe.schema import formula
from hitoe.schema.common import Item, Kept
from hitoe.schema.pictures import Picture
from hitoe.schema.scalars import Blanks, Key, Literal, Name, Number, Prose, Whole
from hitoe.schema.strict import Strict
from hitoe.schema.tables import Table


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


class Step(Kept):
    """One thing that happens."""

    text: Prose


def _step(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"text": value}


class Steps(Item):
    """Things that happen in order; one card for each step."""

    kind: ClassVar[str] = "steps"
    steps: Prose
    sequence: dict[Key, Annotated[Step, BeforeValidator(_step, json_schema_input_type=Prose | Step)]]

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
    given: dict[Name, Given]
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


KINDS: dict[str, type[Item]] = {kind.kind: kind for kind in (Fact, Cloze, Table, Steps, Code, Calc, Picture)}


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
    | Annotated[Calc, Tag(":calc")]
    | Annotated[Picture, Tag(":picture")],
    Discriminator(kind_of),
]
