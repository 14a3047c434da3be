"""The names of the rules of `hitoe check`, which an item can be allowed to break."""

from typing import Annotated, Literal

from pydantic import Field

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
]

Allow = Annotated[
    dict[Rule, scalars.Literal],
    Field(description="rules of `hitoe check` that this item may break, each with the reason why"),
]
