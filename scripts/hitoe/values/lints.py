"""The names of the rules of `hitoe check`, which items can be allowed to break."""

from typing import Annotated, Literal

from pydantic import Field

from hitoe.messages import say
from hitoe.values import scalars

Rule = Literal[
    "long-answer",
    "several-facts",
    "recalled-list",
    "yes-no",
    "open-end",
    "same-question",
    "given-away",
    "answer-in-question",
    "pointing-word",
    "unnumbered-figure",
    "asked-back",
    "facts-only",
    "too-many-cards",
    "only-choice",
]

Allow = Annotated[
    dict[Rule, scalars.Literal],
    Field(description=say("rules of `hitoe check` that may be broken here, each with the reason why")),
]
