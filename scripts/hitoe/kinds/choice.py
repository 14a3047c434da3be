"""Choices: a question with options, of which one or several are right."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, Mistake, Texts
from hitoe.kinds.log_note import Quiz, Sentence
from hitoe.kinds.question import Macro, Question
from hitoe.messages import say
from hitoe.text import Paragraph, Strong, Text
from hitoe.values.scalars import Key, Literals, Prose, refusal
from hitoe.values.strict import Strict

FEWEST, MOST = 2, 10
WRITE = say("write {right: …}, or {wrong: …, why: …} with the reason why it is wrong")


class Option(Strict):
    """An option, which is right or wrong, and why."""

    right: Prose | None = Field(None, description=say("its text, if it is right"))
    wrong: Prose | None = Field(None, description=say("its text, if it is wrong"))
    why: Prose | None = Field(None, description=say("why it is wrong, or, if that needs to be said, right"))

    @model_validator(mode="after")
    def _decided(self) -> "Option":
        if (self.right is None) == (self.wrong is None):
            raise refusal("an option is either right or wrong: {remedy}", remedy=WRITE)
        if self.wrong and not self.why:
            raise refusal("a wrong option without a reason: add `why: …`, which says why it is wrong")
        return self

    @property
    def at(self) -> str:
        """The key of its text."""
        return "right" if self.right else "wrong"

    @property
    def text(self) -> Text:
        """What can be chosen."""
        return self.right or self.wrong or Text.of("")


def _mapping(value: object) -> object:
    # A text alone could be right or wrong, and a guess would put a wrong fact on a card.
    if isinstance(value, str) and value:
        raise refusal("neither right nor wrong: {remedy}", remedy=WRITE)
    return value


class Choice(Item):
    """A question and its options; one card, however many options there are.

    The keys of options are for the author only: options may come, go, and change their wording. A choice `of` other
    items is not on the sheet, where these have the fact.
    """

    kind = "choice"
    running = True
    study_place = 2
    choice: Prose = Field(description=say("the question"))
    options: dict[Key, Annotated[Option, BeforeValidator(_mapping, json_schema_input_type=Option)]] = Field(
        description=say("2 to 10, of which one is right and one wrong at least")
    )
    of: Literals = Field(
        (), description=say("the items that ask for the same by heart: `item` of this entry, or `entry.item`")
    )

    @property
    def right(self) -> Mapping[str, Option]:
        """The right options, by key."""
        return {key: option for key, option in self.options.items() if option.right}

    @property
    def explained(self) -> tuple[Option, ...]:
        """The options that have a reason, right ones first."""
        return tuple(sorted((option for option in self.options.values() if option.why), key=lambda each: each.at))

    @property
    def on_sheet(self) -> bool:
        """Whether the sheet prints it: not where another item asks for the same by heart."""
        return super().on_sheet and not self.of

    @property
    def note(self) -> Quiz:
        """The question with its options, and the answers: right options in bold, then wrong ones."""
        answers = [Sentence(_bold(option.text), option.why) for option in self.right.values()]
        answers += [Sentence(option.text, option.why) for option in self.options.values() if option.wrong]
        return Quiz(
            self.choice, tuple(option.text for option in self.options.values()), len(self.right), tuple(answers)
        )

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note."""
        names = {"Question": "question", "Options": "options", "Answer": "answer", "Reasons": "reasons"}
        fields = {field: Macro("choice", name, (self,)) for field, name in names.items()}
        yield Question(path=path, type="choice", fields=fields)

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of the card; what is chosen need not be worded to be recalled."""
        options = " / ".join(option.text.plain for option in self.options.values())
        yield CardWords(
            asked=("choice",),
            answered=("options", next(iter(self.right), ""), "right"),
            question=f"{self.choice.plain} {options}",
            answer=" / ".join(option.text.plain for option in self.right.values()),
            lead=None if self.image else self.choice,
        )

    def texts(self) -> Texts:
        """Yield the question and the right options."""
        yield ("choice",), self.choice
        yield from ((("options", key, "right"), option.text) for key, option in self.right.items())

    def exam_texts(self) -> Texts:
        """Yield the question, all options with their reasons, and what the back of the card adds."""
        yield ("choice",), self.choice
        for key, option in self.options.items():
            yield ("options", key, option.at), option.text
            if option.why:
                yield ("options", key, "why"), option.why
        if self.extra:
            yield ("extra",), self.extra

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """There is something right and something wrong to choose, and nothing is there twice."""
        if not FEWEST <= len(self.options) <= MOST:
            yield Mistake(
                ("options",),
                say("{count} options: write {fewest} to {most}", count=len(self.options), fewest=FEWEST, most=MOST),
            )
        elif not self.right:
            yield Mistake(("options",), say("no option is right: write {right: …} for one at least"))
        elif len(self.right) == len(self.options):
            yield Mistake(("options",), say("no option is wrong: write {wrong: …, why: …} for one at least"))
        first: dict[str, str] = {}
        for key, option in self.options.items():
            if (other := first.setdefault(option.text.raw.strip(), key)) != key:
                message = say("this option is the same as '{other}': reword one, or delete it", other=other)
                yield Mistake(("options", key, option.at), message)
        if self.typed:
            yield Mistake(("typed",), say("the answer of a choice is not typed in: take `typed:` away"))
        if self.key and self.of:
            yield Mistake(
                ("key",), say("a choice `of` another item is on no sheet: write `key: true` in '{of}'", of=self.of[0])
            )


def _bold(text: Text) -> Text:
    """Return a text in bold, unless it has blocks that cannot be."""
    return text if text.inline is None else Text(text.raw, (Paragraph((Strong(text.inline),)),))
