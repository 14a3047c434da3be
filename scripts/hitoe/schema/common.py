"""What all kinds of item have in common."""

from typing import Annotated, Any, ClassVar
from typing import Literal as OneOf

from pydantic import BeforeValidator, Field

from hitoe.schema.evidence import Evidences
from hitoe.schema.figures import Figure
from hitoe.schema.lints import Allow
from hitoe.schema.scalars import Day, Flag, Literal, Prose
from hitoe.schema.strict import Strict


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Paths = Annotated[
    tuple[Literal, ...],
    BeforeValidator(_listed, json_schema_input_type=Literal | tuple[Literal, ...]),
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


class Item(Kept):
    """What all kinds have in common."""

    kind: ClassVar[str]

    hint: Prose | None = None
    extra: Prose | None = Field(None, description="shown on the back of the card")
    tier: OneOf["core", "extra"] = "core"
    key: Flag = Field(False, description="belongs on the one-page digest")
    tags: tuple[Literal, ...] = ()
    image: Image | None = None
    figure: Figure | None = Field(None, description="drawn below the item on the sheet and on the back of its cards")
    typed: Flag = Field(False, description="the answer is typed in, and compared to the letter")
    speak: Flag = Field(False, description="question and answer are read aloud by the device's Japanese voice")
    reading: Literal | None = Field(None, description="words with their readings: 冪等[べきとう]性")
    checked: Day | None = None
    changed: Prose | None = Field(None, description="what has changed since this was learned")
    allow: Allow = Field(default_factory=dict)
    evidence: Evidences = ()
