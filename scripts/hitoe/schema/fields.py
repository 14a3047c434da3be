"""Which keys and members the types of the format have."""

from collections.abc import Iterable, Mapping
from functools import reduce
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from hitoe.kinds import ITEMS, Item
from hitoe.values.figures import DRAWINGS

TAGGED: Mapping[str, type[BaseModel]] = {**ITEMS.kinds, **DRAWINGS.kinds}


def known_keys(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """Return the keys that the mapping at `loc` may have, found by following the types."""
    fields = fields_of(reduce(inside, map(str, loc), model))
    return [name for name in fields if not name.startswith(":")]


def required_keys(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """Return the keys that the mapping at `loc` must have."""
    kind = reduce(inside, map(str, loc), model)
    fields = kind.model_fields.items() if isinstance(kind, type) and issubclass(kind, BaseModel) else ()
    return [field.alias or name for name, field in fields if field.is_required()]


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the type of each key of a mapping."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def inside(kind: Any, part: str) -> Any:
    """Return the type of `part` within a value of type `kind`; only models, mappings and lists are entered."""
    if part.startswith(":") and part[1:] in TAGGED:
        return TAGGED[part[1:]]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = fields_of(kind)
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


def member_keys(kind: Any) -> set[str]:
    """Return the keys that each member of a mapping of named members has; empty if `kind` is none of mappings."""
    if get_origin(kind) is not dict or not isinstance(member := _bare(get_args(kind)[1]), type):
        return set()
    models = ITEMS.kinds.values() if member is Item else [member] if issubclass(member, BaseModel) else []
    return {key for model in models for key in fields_of(model)}
