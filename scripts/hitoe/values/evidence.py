"""Evidence: what an outside source must say for an item to be true."""

from collections.abc import Mapping
from typing import Annotated, Any
from typing import Literal as OneOf

from pydantic import BeforeValidator, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from hitoe.messages import say
from hitoe.values.scalars import Flag, Literal, refusal
from hitoe.values.strict import Strict


class Expectation(Strict):
    """What must stand at the place; all that is given must hold. If nothing is given, anything may stand there."""

    # These two have no key in the file: the author writes a scalar or a list instead of the mapping.
    equal: SkipJsonSchema[Literal | None] = Field(None, alias=":equal")
    members: SkipJsonSchema[tuple[Literal, ...] | None] = Field(None, alias=":members")
    contains: tuple[Literal, ...] = Field((), description=say("strings that the text there holds"))
    includes: tuple[Literal, ...] = Field((), description=say("some of the members of the list there"))
    keys: tuple[Literal, ...] = Field((), description=say("some of the keys of the mapping there"))
    keys_equal: tuple[Literal, ...] | None = Field(None, description=say("all keys of the mapping there"))
    keys_absent: tuple[Literal, ...] = Field((), description=say("keys that the mapping there does not have"))
    absent: Flag = Field(False, description=say("true: nothing is there"))

    @model_validator(mode="after")
    def _possible(self) -> "Expectation":
        if self.absent and self != Expectation.model_construct(absent=True):
            raise refusal("what is absent has nothing else to expect: write {absent: true} alone")
        return self


def _expectation(value: Any) -> Any:
    if isinstance(value, str | list):
        return {":equal" if isinstance(value, str) else ":members": value}
    return value


class Evidence(Strict):
    """What an outside source must say for the item to be true; `hitoe check` compares them.

    The key names the source, and its value the place in it.
    """

    botocore: Literal = Field(description=say("service#path in an API model: dynamodb#StreamViewType.enum"))
    expect: Annotated[
        Expectation,
        BeforeValidator(_expectation, json_schema_input_type=Literal | tuple[Literal, ...] | Expectation),
    ] = Field(default_factory=Expectation, description=say("what must stand there"))
    rows: OneOf["equal"] | None = Field(None, description=say("equal: the rows are the members of the list there"))


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, Mapping) else value


Evidences = Annotated[
    tuple[Evidence, ...],
    BeforeValidator(_listed, json_schema_input_type=Evidence | tuple[Evidence, ...]),
]
