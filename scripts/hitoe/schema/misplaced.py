"""Finds keys that are indented too little, so that they stand in the mapping around the one that was meant."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from hitoe.messages import say
from hitoe.problems import Problem
from hitoe.schema.fields import TAGGED, fields_of, inside, member_keys
from hitoe.schema.refusals import NAMED, PART, location
from hitoe.source import Document, Loc

Found = list[ErrorDetails]
Orders = dict[int, Mapping[str, int]]
"""The places of the keys of mappings, by the id of each mapping."""
Place = tuple[Loc, str, Loc]
"""The location of a misplaced key, the message, and the location of the value below which it belongs."""


def split(model: type[BaseModel], document: Document, found: Found) -> tuple[Found, list[Problem]]:
    """Return the errors that have nothing to do with misplaced keys, and a problem for each of these."""
    orders: Orders = {}
    places = dict.fromkeys(place for error in found for place in _places(model, document, error, orders))
    locs, owners = {loc for loc, _, _ in places}, {owner for _, _, owner in places}
    rest = [error for error in found if not _due(error, locs, owners)]
    return rest, [Problem(document.at(loc, key=True), message) for loc, message, _ in places]


def _places(model: type[BaseModel], document: Document, error: ErrorDetails, orders: Orders) -> Iterator[Place]:
    kind: Any = model
    loc: Loc = ()
    for depth, part in enumerate(error["loc"]):
        unknown = error["type"] == "extra_forbidden" and depth == len(error["loc"]) - 1
        if str(part).startswith(":") and not unknown:
            if str(part)[1:] not in TAGGED:
                return
            kind = TAGGED[str(part)[1:]]
            continue
        loc = (*loc, part)
        around = document.value_at(loc[:-1])
        if not isinstance(around, dict) or part not in around:
            return
        if id(around) not in orders:
            orders[id(around)] = {key: number for number, key in enumerate(around)}
        order = orders[id(around)]
        yield from _among_members(kind, around, loc, order)
        model_here = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
        if model_here is None and get_origin(kind) not in (dict, tuple):
            return
        if unknown:
            yield from _below_members(kind, around, loc, order)
            return
        if model_here and part not in fields_of(model_here) and model_here.model_config.get("extra") != "allow":
            return
        kind = inside(kind, str(part))


def _among_members(kind: Any, around: dict[str, Any], loc: Loc, order: Mapping[str, int]) -> Iterator[Place]:
    """Yield a key of a member that stands in the column of the members themselves."""
    key, keys = str(loc[-1]), member_keys(kind)
    members = [each for each in order if each not in keys and order[each] < order[key]] if key in keys else []
    if members and not (isinstance(around[key], dict) and keys & around[key].keys()):
        members_of = str(loc[-2])
        member, _ = NAMED.get(members_of, PART)
        message = say(
            "'{key}' stands in the column of the {members_of}: indent it below the {member} '{last}'",
            key=key,
            members_of=members_of,
            member=member,
            last=members[-1],
        )
        yield loc, message, (*loc[:-1], members[-1])


def _below_members(kind: Any, around: dict[str, Any], loc: Loc, order: Mapping[str, int]) -> Iterator[Place]:
    """Yield an unknown key that stands in the column of the mapping of members, or of a value that is left empty."""
    key = str(loc[-1])
    before = [each for each in fields_of(kind) if order.get(each, order[key]) < order[key]]
    for sibling in sorted(before, key=order.__getitem__, reverse=True):
        value, below = around[sibling], inside(kind, sibling)
        if isinstance(value, dict) and value and key in member_keys(below):
            (member, _), last = NAMED.get(sibling, PART), list(value)[-1]
            yield (
                loc,
                say(
                    "'{key}' stands too far left: indent it below the {member} '{last}'",
                    key=key,
                    member=member,
                    last=last,
                ),
                (*loc[:-1], sibling, last),
            )
            return
        if value == "" and (get_origin(below) is dict or (isinstance(below, type) and issubclass(below, BaseModel))):
            message = say("'{key}' stands in the column of '{sibling}:': indent it below", key=key, sibling=sibling)
            yield loc, message, (*loc[:-1], sibling)
            return


def _due(error: ErrorDetails, locs: AbstractSet[Loc], owners: AbstractSet[Loc]) -> bool:
    """Whether an error is about a misplaced key, or about its lack at the place where it belongs."""
    own = location(error)
    if (error["type"] == "missing" and own[:-1] in owners) or (error["input"] == "" and own in owners):
        return True
    return any(own[:length] in locs for length in range(len(own) + 1))
