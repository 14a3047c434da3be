"""From YAML documents to the types of the format; each mistake becomes a message with its line and column."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypedDict, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hitoe.kinds import ITEMS
from hitoe.kinds.kept_type import KeptType
from hitoe.messages import say, without_line_ends
from hitoe.problems import Problem, did_you_mean
from hitoe.schema import misplaced, refusals
from hitoe.schema.fields import known_keys, required_keys
from hitoe.schema.refusals import location
from hitoe.source import Document, Loc, corrected
from hitoe.values.figures import DRAWINGS

Model = TypeVar("Model", bound=BaseModel)
MOST_ROUNDS = 5
"""Corrections in memory, each of which may show further mistakes."""
NO_MAPPING = ("model_type", "model_attributes_type", "dict_type", "union_tag_not_found", "union_tag_invalid")
NO_LIST = ("tuple_type", "list_type")


class Context(TypedDict):
    """What texts and names mean depends on this: whether there are formulas, and the note types by name."""

    math: bool
    note_types: Mapping[str, KeptType]


def decode(
    model: type[Model], document: Document, *, math: bool = False, note_types: Mapping[str, KeptType] | None = None
) -> tuple[Model | None, list[Problem]]:
    """Return the deck of `deck.yaml` or the topic of a topic file, as `model` says; None if there are problems.

    `math`: its texts have formulas. `note_types` are those that the project keeps, by name.
    """
    context: Context = {"math": math, "note_types": note_types or {}}
    try:
        return model.model_validate(document.value, context=context), []
    except ValidationError as error:
        return None, _problems(model, document, error.errors(include_url=False), MOST_ROUNDS, context)


def _problems(
    model: type[BaseModel], document: Document, found: list[ErrorDetails], rounds: int, context: Context
) -> list[Problem]:
    """Return all problems; what is surely mistyped is corrected in memory, to find what is wrong besides."""
    problems, mended = document.mended(
        [location(error) for error in found if error["type"] in (*NO_MAPPING, *NO_LIST)],
        [location(error) for error in found if _at_key(error)],
    )
    if problems:
        lines = corrected(problems)
        return problems + [each for each in _again(model, mended, rounds, context) if each.at.line not in lines]
    found, problems = misplaced.split(model, document, found)
    lists = [error for error in found if error["type"] == "dict_type" and refusals.nameless(error)]
    if lists and rounds:
        problems += [_problem(model, document, error) for error in lists]
        return problems + _again(model, document.keyed(map(location, lists)), rounds, context)
    meant = {_meant(model, details) for details in found if details["type"] == "extra_forbidden"}
    # A misspelt key is reported once, not also as the missing key.
    reported = [details for details in found if details["type"] != "missing" or details["loc"] not in meant]
    return problems + [_problem(model, document, details) for details in reported]


def _again(model: type[BaseModel], document: Document | None, rounds: int, context: Context) -> list[Problem]:
    if document is None or not rounds:
        return []
    try:
        model.model_validate(document.value, context=context)
    except ValidationError as error:
        return _problems(model, document, error.errors(include_url=False), rounds - 1, context)
    return []


def _problem(model: type[BaseModel], document: Document, error: ErrorDetails) -> Problem:
    unknown = error["type"] == "extra_forbidden"
    if error["input"] == "" and not unknown and (comment := document.comment_after(location(error))):
        return Problem(comment, say("'#' begins a comment, so this value is empty: quote the text"))
    if error["input"] == "" and not unknown and (key := document.key_without_colon(location(error))):
        return Problem(document.at(location(error), key=True), _parted(key))
    if error["type"] == "missing" and (line := document.continued_with(str(error["loc"][-1]))):
        return Problem(
            line,
            say(
                "this line is part of the text above: write '{key}: ' in the column of the others", key=error["loc"][-1]
            ),
        )
    keys = ""
    if error["type"] in ("model_type", "model_attributes_type") and isinstance(error["input"], str) and error["loc"]:
        keys = ", ".join(f"{key}: …" for key in required_keys(model, error["loc"]))
    message = _unknown_key(model, error) if unknown else refusals.message(error, keys)
    return Problem(document.at(location(error), key=_at_key(error)), without_line_ends(message))


def _at_key(error: ErrorDetails) -> bool:
    return error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)


def _meant(model: type[BaseModel], error: ErrorDetails) -> Loc:
    """Return the location of the key that an unknown key was probably meant to be."""
    key = str(error["loc"][-1])
    return (*error["loc"][:-1], *get_close_matches(key, known_keys(model, error["loc"][:-1]), n=1))


def _unknown_key(model: type[BaseModel], error: ErrorDetails) -> str:
    key, known = str(error["loc"][-1]), known_keys(model, error["loc"][:-1])
    kinds = [str(part)[1:] for part in error["loc"] if str(part).startswith(":")]
    for family in (ITEMS, DRAWINGS):
        if key in family.kinds and kinds and error["loc"][-2] == ":" + kinds[-1] and kinds[-1] in family.kinds:
            return say(
                "'{kind}' and '{key}' in one {what}: make two {what}s of it",
                kind=kinds[-1],
                key=key,
                what=family.what,
            )
    if message := refusals.other_signs(key, known):
        return message
    if key == "ask" and "columns" in error["loc"]:
        column = location(error)[-2]
        return say(
            "a column has no 'ask': write 'ask: {{{column}: {input}}}' beside 'columns:'",
            column=column,
            input=error["input"],
        )
    hint = did_you_mean(key, known)
    if not error["input"] and hint.startswith("use"):
        return _parted(key)
    return say("unknown key '{key}': {hint}", key=key, hint=hint)


def _parted(key: str) -> str:
    return say("unknown key '{key}': if it belongs to the text before the ',', quote the whole text", key=key)
