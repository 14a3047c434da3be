"""What all kinds of item have in common, and what each must define."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple
from typing import Literal as OneOf

from pydantic import AfterValidator, BaseModel, Field, model_validator

from hitoe.kinds import picture_file
from hitoe.kinds.card_words import CardWords
from hitoe.kinds.content_file import file_fault
from hitoe.kinds.log_note import Display, Quiz, Sentence, TextGrid
from hitoe.kinds.picture_regions import Area
from hitoe.kinds.question import Question
from hitoe.messages import say
from hitoe.source import Loc
from hitoe.text import Text, ruby
from hitoe.values.evidence import Evidences
from hitoe.values.figures import Figure
from hitoe.values.lints import Allow
from hitoe.values.scalars import Day, Flag, Literal, Literals, Prose, Speech, refusal
from hitoe.values.strict import Strict, shorthand

SWITCHES = frozenset({"true", "false", "yes", "no", "on", "off", "both", "forward", "reverse", "none"})


class Identified(Strict):
    """Something with an identity: it can have been renamed, and it can retire."""

    was: Literals = Field((), description=say("the full path, or paths oldest first, that this had in shipped decks"))
    retired: Flag = Field(False, description=say("new learners get no cards of it; who has them keeps them"))

    def oldest(self, path: str) -> str:
        """Return the oldest full path of what would be at `path` if it had never been renamed."""
        return self.was[0] if self.was else path


Texts = Iterator[tuple[Loc, Text]]
"""Texts, each with the location that leads to it from the item."""


class Image(Strict):
    """A picture in the content folder, and what it shows in words."""

    file: Literal = Field(description=say("its path in content/"))
    alt: Prose = Field(description=say("what it shows, in words"))

    def fault(self, content: Path) -> str | None:
        """Return what is wrong with the file, None if nothing is; `content` is the content folder."""
        return file_fault(self.file, content, "picture")


def _asks(question: Text) -> Text:
    """Refuse words that elsewhere switch a card on or off: a card would show the word and nothing else."""
    if question.raw.lower() in SWITCHES:
        raise refusal(
            "'{text}' is no question: write the words that the card asks, or leave the key out",
            text=question.raw,
        )
    return question


WrittenQuestion = Annotated[Prose, AfterValidator(_asks)]
"""A question in the author's words."""


class Reverse(Strict):
    """The second card of an item: its question and, if it is not the text that the first card asks about, its answer.

    An author can write the question alone instead.
    """

    question: WrittenQuestion = Field(description=say("what the second card asks"))
    answer: Prose | None = Field(None, description=say("its answer, if not what the first card asks about"))


SecondCard = Annotated[Reverse, shorthand("question", Reverse)]


class ItemPart(NamedTuple):
    """Something within an item that has an identity of its own.

    `loc` leads to it from the item. `path` is its oldest full path, None if no note is made of it. `was` are the paths
    that the author wrote, which look like `shape`; `what` names such a part in messages.
    """

    what: str
    loc: Loc
    path: str | None
    was: tuple[str, ...] = ()
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A message to the author; `loc` leads from the item to the value that is wrong, or with `key` to its key."""

    loc: Loc
    message: str
    key: bool = False


class Item(Identified):
    """What all kinds have in common."""

    kind: ClassVar[str]
    """The key that makes a mapping an item of this kind; also the name of its templates."""
    running: ClassVar[bool] = False
    """Whether it is one paragraph on the sheet, which needs no extra space before another one."""
    study_place: ClassVar[int] = 0
    """When new cards of an entry come: those of low numbers first. 0: one sentence, 1: part of a whole, 2: a choice."""
    kept_together: ClassVar[bool] = False
    """Whether a column break within it is worse than within an item of another kind."""

    hint: Prose | None = Field(None, description=say("shown on the front on demand"))
    extra: Prose | None = Field(None, description=say("shown on the back of the card"))
    tier: OneOf["core", "extra"] = Field("core", description=say("extra: on cards, but not on the sheet"))
    key: Flag = Field(False, description=say("belongs on the one-page digest"))
    tags: tuple[Literal, ...] = Field((), description=say("tags of its notes in Anki"))
    image: Image | None = Field(None, description=say("a picture on its cards"))
    figure: Figure | None = Field(
        None, description=say("drawn below the item on the sheet and on the back of its cards")
    )
    typed: Flag = Field(False, description=say("the answer is typed in, and compared to the letter"))
    speak: Speech = Field(
        False, description=say("question and answer are read aloud by the device's voice for a language")
    )
    reading: Literal | None = Field(None, description=say("words with their readings: 冪等[べきとう]性"))
    checked: Day | None = Field(None, description=say("the entry's date, for this item alone"))
    changed: Prose | None = Field(None, description=say("what has changed since this was learned"))
    allow: Allow = Field(default_factory=dict)
    evidence: Evidences = Field((), description=say("what verifies it: see the author's guide"))

    @model_validator(mode="after")
    def _read(self) -> "Item":
        """Return the item with the readings beside their words, in every text but those of its figure."""
        if not self.reading:
            return self
        known = ruby.words(self.reading)
        written = self.model_fields_set - {"figure"}
        texts = {name: _with_readings(getattr(self, name), known) for name in written}
        return self.model_copy(update=texts)

    @abstractmethod
    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield what the item's notes ask, retired ones too, in the order of the source.

        `path` is the item's oldest full path. `unasked`: also yield notes and fields that make no card now; learners
        can have a card of them from an earlier release.
        """

    @abstractmethod
    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of each card that is not retired."""

    @abstractmethod
    def texts(self) -> Texts:
        """Yield the texts that the sheet prints, except those of a figure, in reading order."""

    def exam_texts(self) -> Texts:
        """Yield the texts that the mock exam prints, except those of a figure; none if it does not ask the item."""
        yield from ()

    @property
    def on_sheet(self) -> bool:
        """Whether the sheet prints it: what is extra is left to the deck."""
        return self.tier == "core"

    @property
    def note(self) -> Sentence | Display | Quiz | None:
        """How the item reads in the log; None if all of its parts are retired. Here: its text, or text and answer."""
        return Sentence(*(text for _, text in self.texts()))

    @property
    def strips(self) -> Sequence[Any]:
        """What a column break of the sheet never cuts: rows, steps, lines of code; here the whole item."""
        return (self,)

    def areas(self, content: Path) -> Sequence[Area]:
        """Return where the parts of the picture lie that are asked, in order; `content` is the folder that holds it."""
        return ()

    def tall(self, content: Path) -> bool:
        """Whether the item's picture is much higher than wide."""
        return self.image is not None and picture_file.is_tall(content / self.image.file)

    @property
    def grid(self) -> TextGrid | None:
        """The live cells of a table; None for other kinds."""
        return None

    @property
    def row_labels(self) -> Mapping[str, Text] | None:
        """What the live rows are called, by key, for evidence about rows; None if the kind has no rows."""
        return None

    @property
    def card_count(self) -> int:
        """How many cards are not retired."""
        live = (question for question in self.questions("", unasked=False) if not question.retired)
        return sum(len(question.ords) - len(question.retired_ords) for question in live)

    def parts(self, path: str) -> Iterator[ItemPart]:
        """Yield what has an identity of its own within the item, whose oldest full path is `path`."""
        yield from ()

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """Yield what is wrong between the item's values; `content` is the folder that holds its picture."""
        yield from ()


def _with_readings(value: Any, known: Sequence[ruby.Word]) -> Any:
    """Return a value with the readings of words beside them in all of its texts."""
    match value:
        case Text():
            return ruby.with_readings(value, known)
        case BaseModel():
            written = value.model_fields_set
            return value.model_copy(update={name: _with_readings(getattr(value, name), known) for name in written})
        case dict():
            return {key: _with_readings(part, known) for key, part in value.items()}
        case _:
            return value
