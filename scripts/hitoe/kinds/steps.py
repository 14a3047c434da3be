"""Steps: things that happen in order."""

from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, islice
from pathlib import Path
from typing import Annotated

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Identified, Item, ItemPart, Mistake, Texts
from hitoe.kinds.log_note import Display
from hitoe.kinds.question import Macro, Question
from hitoe.messages import say
from hitoe.text import Numbers, Text
from hitoe.values.scalars import Key, Prose
from hitoe.values.strict import shorthand

SHOWN = 10
"""Steps before the one that is asked, as rules of wording see them."""


class Step(Identified):
    """One thing that happens."""

    text: Prose = Field(description=say("what happens"))


class Steps(Item):
    """Things that happen in order; one card for each step."""

    kind = "steps"
    study_place = 1
    steps: Prose = Field(description=say("what they are the steps of"))
    sequence: dict[Key, Annotated[Step, shorthand("text", Step)]] = Field(description=say("the steps in order"))

    @cached_property
    def live_steps(self) -> dict[str, Step]:
        """The steps that are not retired, in order, by key."""
        return {key: step for key, step in self.sequence.items() if not step.retired}

    def before(self, key: str) -> list[Step]:
        """Return the live steps that come before a step, in order."""
        return list(islice(self.live_steps.values(), self._places[key]))

    def number(self, key: str) -> int:
        """Return the place of a step among the live ones, from 1."""
        return self._places[key] + 1

    @cached_property
    def _places(self) -> dict[str, int]:
        """How many live steps come before each step."""
        live = [not step.retired for step in self.sequence.values()]
        return dict(zip(self.sequence, accumulate(live, initial=0), strict=False))

    def parts(self, path: str) -> Iterator[ItemPart]:
        """Yield the steps."""
        for key, step in self.sequence.items():
            own = step.oldest(f"{path}[{key}]")
            yield ItemPart("step", ("sequence", key), own, step.was, shape="entry.steps[step]")

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield a note for each step, which asks what comes next; its back shows all steps."""
        for key, step in self.sequence.items():
            yield Question(
                path=step.oldest(f"{path}[{key}]"),
                fields={
                    "Title": self.steps,
                    "Question": Macro("steps", "question", (self, key)),
                    "Answer": step.text,
                    "Whole": Macro("steps", "whole", (self, key)),
                },
                retired=step.retired,
                apart=(path,),
            )

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of each step's card."""
        texts = [step.text.plain for step in self.live_steps.values()]
        for number, (key, step) in enumerate(self.live_steps.items()):
            # All steps in all questions would be more than anybody can judge.
            so_far = " ".join([f"{number}"] * (number > SHOWN) + texts[max(0, number - SHOWN) : number])
            yield CardWords(
                asked=("steps",),
                answered=("sequence", key),
                question=f"{self.steps.plain}: {so_far}",
                answer=step.text,
                lead=self.steps,
                printed=self.steps.plain,
            )

    @property
    def note(self) -> Display | None:
        """The steps, numbered."""
        items = tuple(step.text.blocks for step in self.live_steps.values())
        return Display(self.steps, Text("", (Numbers(items, 1),))) if items else None

    @property
    def strips(self) -> tuple[tuple[str, Step], ...]:
        """The live steps with their keys."""
        return tuple(self.live_steps.items())

    def texts(self) -> Texts:
        """Yield the title and the live steps."""
        yield ("steps",), self.steps
        for key, step in self.live_steps.items():
            yield ("sequence", key, "text"), step.text

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """There is an order."""
        if len(self.live_steps) in (0, 1) and not self.retired:
            yield Mistake(("sequence",), say("steps need an order: write two steps at least, or make the item a fact"))
