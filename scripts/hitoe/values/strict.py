"""What every mapping of the format is."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A mapping of the format: frozen, and without unknown keys."""

    # Built when first asked for: those of the two kinds of file hold all others, and most builds need one.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
