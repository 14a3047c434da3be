"""The base class of all mappings of the format."""

from collections.abc import Mapping

from pydantic import BaseModel, BeforeValidator, ConfigDict

from hitoe.values.scalars import Prose


class Strict(BaseModel):
    """A mapping of the format: frozen, and without unknown keys."""

    # Validators are built on first use: those of Deck and Topic contain all others.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def shorthand(key: str, model: type[Strict]) -> BeforeValidator:
    """Return what lets an author write the value of `key` instead of a mapping with this key alone."""
    return BeforeValidator(
        lambda value: value if isinstance(value, Mapping) else {key: value}, json_schema_input_type=Prose | model
    )
