"""The base class of all mappings of the format."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A mapping of the format: frozen, and without unknown keys."""

    # Validators are built on first use: those of Deck and Topic contain all others.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
