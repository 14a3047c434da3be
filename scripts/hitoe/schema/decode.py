"""From YAML documents to the types of the format; each mistake becomes a message with its line and column."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import reduce
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hitoe.kinds import ITEMS
from hitoe.problems import Problem, did_you_mean
from hitoe.source import Document, Loc
from hitoe.values import scalars
from hitoe.values.figures import DRAWINGS

Model = TypeVar("Model", bound=BaseModel)
TAGGED: Mapping[str, type[BaseModel]] = {**ITEMS.kinds, **DRAWINGS.kinds}


def decode(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Return the deck of `deck.yaml` or the topic of a topic file, as `model` says; None if there are problems."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        meant = {_meant(model, details) for details in found if details["type"] == "extra_forbidden"}
        # A misspelt key is reported once, not also as the missing key.
        reported = [details for details in found if details["type"] != "missing" or details["loc"] not in meant]
        return None, [_problem(model, document, details) for details in reported]


def _problem(model: type[BaseModel], document: Document, error: ErrorDetails) -> Problem:
    # Tags of unions, and aliases of fields that have no key in the file, begin with ':', which no key can.
    loc: Loc = tuple(part for part in error["loc"] if not str(part).startswith(":") and part != "[key]")
    at_key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    return Problem(document.at(loc, key=at_key), _message(model, error))


def _message(model: type[BaseModel], error: ErrorDetails) -> str:
    value = error["input"]
    match error["type"]:
        case scalars.EXACT:
            return error["msg"]
        case "extra_forbidden":
            return _unknown_key(model, error)
        case "missing":
            return f"key '{error['loc'][-1]}' is missing: add it"
        case "literal_error":
            words = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            if not isinstance(value, str):
                return f"not a word: write one of {', '.join(words)}"
            return f"'{value}' is not known here: {did_you_mean(value, words)}"
        case "union_tag_not_found" | "union_tag_invalid":
            return (DRAWINGS if error["loc"][-1] == "figure" else ITEMS).refusal(value)
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{_shape(value)} where a mapping belongs: write lines of 'key: value' below the key"
        case "tuple_type" | "list_type":
            return f"{_shape(value)} where a list belongs: write it as [one, another]"
        case _:
            return f"{error['msg']}: see content/README.md"


def _shape(value: Any) -> str:
    if isinstance(value, str):
        return "text" if value else "an empty value"
    return "a list" if isinstance(value, list) else "a mapping"


def _meant(model: type[BaseModel], error: ErrorDetails) -> Loc:
    """Return the location of the key that an unknown key was probably meant to be."""
    key = str(error["loc"][-1])
    return (*error["loc"][:-1], *get_close_matches(key, _known_keys(model, error["loc"][:-1]), n=1))


def _unknown_key(model: type[BaseModel], error: ErrorDetails) -> str:
    key, known = str(error["loc"][-1]), _known_keys(model, error["loc"][:-1])
    kinds = [str(part)[1:] for part in error["loc"] if str(part).startswith(":")]
    for family in (ITEMS, DRAWINGS):
        if key in family.kinds and kinds and error["loc"][-2] == ":" + kinds[-1] and kinds[-1] in family.kinds:
            return f"'{kinds[-1]}' and '{key}' in one {family.what}: make two {family.what}s of it"
    if key.startswith("\u3000"):
        return "a full-width space begins this key: indent with spaces"
    return f"unknown key '{key}': {did_you_mean(key, known)}"


def _known_keys(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """Return the keys that the mapping at `loc` may have, found by following the types."""
    fields = _fields(reduce(_inside, map(str, loc), model))
    return [name for name in fields if not name.startswith(":")]


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inside(kind: Any, part: str) -> Any:
    """Return the type of `part` within a value of type `kind`; only models, mappings and lists are entered."""
    if part.startswith(":") and part[1:] in TAGGED:
        return TAGGED[part[1:]]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = _fields(kind)
        return _bare(fields[part] if part in fields else get_args(kind.__annotations__["__pydantic_extra__"])[1])
    return _bare(get_args(kind)[1 if get_origin(kind) is dict else 0])


def _bare(annotation: Any) -> Any:
    """Strip `Annotated[…]` and `… | None`."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        some = [part for part in get_args(annotation) if part is not NoneType]
        return _bare(some[0]) if len(some) == 1 else annotation
    return annotation
