"""Evidence: what an outside source must say for an item to be true."""

from collections.abc import Mapping
from typing import Annotated, Any
from typing import Literal as OneOf

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.config import JsonDict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from hitoe.values.scalars import Flag, Literal, refusal
from hitoe.values.strict import Strict

BARE = (":equal", ":members")
"""The aliases of what an author writes without a key: a scalar, or a list."""


class Expectation(Strict):
    """What must stand at the place; all that is given must hold. If nothing is given, anything may stand there."""

    equal: Literal | None = Field(None, alias=":equal")
    members: tuple[Literal, ...] | None = Field(None, alias=":members")
    contains: tuple[Literal, ...] = Field((), description="strings that the text there holds")
    includes: tuple[Literal, ...] = Field((), description="some of the members of the list there")
    keys: tuple[Literal, ...] = Field((), description="some of the keys of the mapping there")
    keys_equal: tuple[Literal, ...] | None = Field(None, description="all keys of the mapping there")
    keys_absent: tuple[Literal, ...] = Field((), description="keys that the mapping there does not have")
    absent: Flag = Field(False, description="true: nothing is there")

    @model_validator(mode="after")
    def _possible(self) -> "Expectation":
        if self.absent and self != Expectation.model_construct(absent=True):
            raise refusal("what is absent has nothing else to expect: write {absent: true} alone")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Show the keys that an author can write."""
        shown = handler.resolve_ref_schema(handler(schema))
        for key in BARE:
            del shown["properties"][key]
        return shown


def _expectation(value: Any) -> Any:
    match value:
        case str():
            return {":equal": value}
        case list():
            return {":members": value}
        case _:
            return value


Expected = Annotated[
    Expectation,
    BeforeValidator(_expectation, json_schema_input_type=Literal | tuple[Literal, ...] | Expectation),
]


def _without_default(schema: JsonDict) -> None:
    """Hide a default that nobody can write."""
    del schema["default"]


class Evidence(Strict):
    """What an outside source must say for the item to be true; a provider verifies it, not the schema.

    The key names the provider, and its value the place to look at.
    """

    botocore: Literal = Field(description="service#path in an API model: dynamodb#StreamViewType.enum")
    expect: Expected = Field(
        Expectation.model_construct(),
        description="what must stand there",
        json_schema_extra=_without_default,
    )
    rows: OneOf["equal"] | None = Field(None, description="equal: the rows are the members of the list there")

    @property
    def provider(self) -> str:
        """The key that names the provider."""
        return "botocore"

    @property
    def place(self) -> str:
        """Where the provider looks."""
        return self.botocore


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, Mapping) else value


Evidences = Annotated[
    tuple[Evidence, ...],
    BeforeValidator(_listed, json_schema_input_type=Evidence | tuple[Evidence, ...]),
]
