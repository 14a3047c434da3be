"""Calculations, whose answers are computed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Item, Mistake, Texts
from hitoe.kinds.log_note import Display, Sentence
from hitoe.kinds.question import Macro, Question
from hitoe.messages import say
from hitoe.source import Loc
from hitoe.text import Inline, Paragraph, Plain, Strong, Sup, Text
from hitoe.values import formula
from hitoe.values.intervals import FormulaError
from hitoe.values.scalars import Literal, Name, Number, Prose
from hitoe.values.strict import Strict

POWER = re.compile(r"\^(?:\(([^()]*)\)|([-−]?\d+(?:,\d{3})*(?:\.\d+)?|π))(?![\d^]|[.,]\d)")
"""An exponent: a number, or what stands in brackets, which are not printed."""
TOWER = re.compile(r"\^(?:\([^()]*\)|[^\s^()]+)\^")
"""A power of a power: what belongs to what can be seen where all stand on the line."""


class Given(Strict):
    """A known value of a calculation."""

    value: Number = Field(description=say("without separators of thousands"))
    unit: Prose | None = Field(None, description=say("printed behind the value"))
    label: Prose | None = Field(None, description=say("what the value is called"))

    @property
    def shown(self) -> str:
        """The value as it is printed."""
        return formula.printed(self.value)


class Calc(Item):
    """A calculation; the answer is computed from `given` by `formula`, exactly or rounded as it says."""

    kind = "calc"
    calc: Prose = Field(description=say("what is computed"))
    given: dict[Name, Given] = Field(description=say("the known values by their names in the formula"))
    formula: Literal = Field(description=say("how the answer is computed: `rate * duration`"))
    unit: Prose | None = Field(None, description=say("of the answer"))

    @cached_property
    def _values(self) -> dict[str, Decimal]:
        return {name: given.value for name, given in self.given.items()}

    @cached_property
    def answer(self) -> str:
        """The computed answer as it is printed; raises FormulaError if it cannot be computed."""
        return formula.shown(formula.value(self.formula, self._values))

    @cached_property
    def worked(self) -> Text:
        """The formula with the given values put in, in the signs of arithmetic."""
        return Text.of_nodes(tuple(_raised(formula.worked(self.formula, self._values))))

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield one note."""
        names = {"Question": "question", "Answer": "answer", "Whole": "whole"}
        yield Question(path=path, fields={field: Macro("calc", name, (self,)) for field, name in names.items()})

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of the card; its answer is a number."""
        given = " ".join(f"{name}={value}" for name, value in self._values.items())
        question = f"{self.calc.plain} {given}"
        yield CardWords(asked=("calc",), answered=("formula",), question=question, answer=self.answer, lead=self.calc)

    @property
    def note(self) -> Display:
        """The given values and the calculation, below what is asked."""
        given = (
            Sentence(given.label or Text.of(name), _amount((), Plain(given.shown), given.unit))
            for name, given in self.given.items()
        )
        worked = _amount((*(self.worked.inline or ()), Plain(" = ")), Strong((Plain(self.answer),)), self.unit)
        return Display(self.calc, (*given, Sentence(worked)))

    def texts(self) -> Texts:
        """Yield what is asked, what is given, and the calculation."""
        yield ("calc",), self.calc
        for name, given in self.given.items():
            loc: Loc = ("given", name)
            yield (*loc, "label") if given.label else loc, given.label or Text.of(name)
            yield (*loc, "value"), Text.of(given.shown)
            if given.unit:
                yield (*loc, "unit"), given.unit
        yield ("formula",), self.worked
        yield ("formula",), Text.of(self.answer)
        if self.unit:
            yield ("unit",), self.unit

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """The formula has an answer."""
        try:
            self.answer  # noqa: B018  # computed to see whether it can be
        except FormulaError as error:
            yield Mistake(("formula",), str(error))


def _raised(worked: str) -> Iterator[Inline]:
    """Yield a calculation with its exponents above the line; calls of functions stay."""
    at = 0
    for power in POWER.finditer(worked) if not TOWER.search(worked) else ():
        yield Plain(worked[at : power.start()])
        yield Sup(power[1] or power[2])
        at = power.end()
    if worked[at:]:
        yield Plain(worked[at:])


def _amount(before: tuple[Inline, ...], number: Inline, unit: Text | None) -> Text:
    """Return a number with the unit after it as a text."""
    after = (Plain(" "), *unit.inline) if unit and unit.inline else ()
    below = unit.blocks if unit and unit.inline is None else ()
    return Text("", (Paragraph((*before, number, *after)), *below))
