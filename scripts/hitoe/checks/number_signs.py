"""Warnings about numbers printed with commas and points as in English, where the deck's language has them otherwise."""

import re
from collections.abc import Iterator
from contextlib import suppress

from hitoe.kinds.calc import Calc
from hitoe.messages import joined, say
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.values.intervals import FormulaError

SIGNED = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")


def read_otherwise(project: Project) -> Iterator[Problem]:
    """Where a comma begins decimals, no calculation prints 12,500: it would be read as twelve and a half."""
    language = project.deck.language
    for placed in project.live_items() if language.has_decimal_comma else ():
        if not isinstance(item := placed.item, Calc):
            continue
        with suppress(FormulaError):  # told as a problem
            if number := SIGNED.search(f"{item.worked.plain} = {item.answer}"):
                message = say(
                    "'{number}' is printed as English writes it, and may be read as another number in '{language}'",
                    number=number[0],
                    language=language,
                )
                remedy = say("choose units in which numbers have no such sign, or write it all into a `fact:`")
                yield Problem(project.at(placed.entry.file, *placed.loc, "calc"), joined(": ", (message, remedy)))
