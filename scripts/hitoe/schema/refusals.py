"""What is said of a value that the format does not take."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from hitoe.kinds import ITEMS
from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.source import Loc
from hitoe.source.signs import plain, special_space
from hitoe.values import scalars
from hitoe.values.figures import DRAWINGS

NAMED: Mapping[str, tuple[str, str]] = {
    "items": (say("item"), "capital"),
    "entries": (say("entry"), "volcanoes"),
    "sequence": (say("step"), "a"),
    "rows": (say("row"), "a"),
    "columns": (say("column"), "a"),
    "given": (say("value"), "n"),
    "regions": (say("region"), "a"),
    "corrections": (say("correction"), "a"),
    "domains": (say("domain"), "a"),
}
"""What the members of a mapping are called, by the key of the mapping, and a key that one could have."""
PART = (say("part"), "a")
"""The same of other mappings."""

LIST = say("a list where a mapping belongs")
LONGEST_EXAMPLE = 20
"""Letters of the author's text that are repeated in a message."""


def message(error: ErrorDetails, keys: str) -> str:
    """Return the message about a value, unless it is an unknown key; `keys` are those that a mapping there needs."""
    value, loc = error["input"], location(error)
    match error["type"]:
        case scalars.EXACT:
            return str(error["ctx"]["message"])
        case scalars.LINES:
            return _lines(value, loc)
        case "missing":
            return say("key '{key}' is missing: add it", key=error["loc"][-1])
        case "literal_error":
            words = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            if not isinstance(value, str):
                return say("not a word: write one of {words}", words=", ".join(words))
            return say("'{value}' is not known here: {hint}", value=value, hint=did_you_mean(plain(value), words))
        case "union_tag_not_found" | "union_tag_invalid":
            return _single(value) or (DRAWINGS if error["loc"][-1] == "figure" else ITEMS).refusal(value)
        case "model_type" | "model_attributes_type":
            if loc[-2:-1] == ("rows",):
                return say("a row must be a mapping from column keys to cells: write {column: text, …}")
            return _single(value) or _no_mapping(value, loc, keys)
        case "dict_type":
            return _no_mapping(value, loc)
        case "tuple_type" | "list_type":
            return say("{what} where a list belongs: write it as [one, another]", what=shape(value))
        case _:
            return say("{msg}: see content/README.md", msg=error["msg"])


def location(error: ErrorDetails) -> Loc:
    """Return where in the document an error is."""
    # Tags of unions, and aliases of fields that have no key in the file, begin with ':', which no key can.
    return tuple(part for part in error["loc"] if not str(part).startswith(":") and part != "[key]")


def shape(value: Any) -> str:
    """Return what a value is, with an article."""
    if isinstance(value, str):
        return say("text") if value else say("an empty value")
    return say("a list") if isinstance(value, list) else say("a mapping")


def other_signs(key: str, known: Sequence[str]) -> str | None:
    """Return the message about a key that has other signs than a known one, but looks like it."""
    meant = plain(key).casefold()
    if meant not in known or meant == key:
        return None
    what = special_space(key)
    return (
        say("{what} stands in this key: write '{meant}'", what=what, meant=meant)
        if what
        else say("unknown key '{key}': write '{meant}'", key=key, meant=meant)
    )


def nameless(error: ErrorDetails) -> bool:
    """Whether a value is a list of mappings that are right, except that they have no keys."""
    members = error["input"]
    mappings = isinstance(members, list) and all(isinstance(member, dict) for member in members)
    return mappings and not _named_already(members)


def _single(value: Any) -> str | None:
    """Return the message about a list of the parts of one mapping."""
    if not isinstance(value, list) or not any(isinstance(member, dict) for member in value):
        return None
    key = next((key for member in value if isinstance(member, dict) for key in member), "…")
    return say("a list where one mapping belongs: write '{key}:' without the '- '", key=key)


def _no_mapping(value: Any, loc: Loc, keys: str = "") -> str:
    what, key = NAMED.get(str(loc[-1]) if loc else "", PART)
    first = value[0] if loc and isinstance(value, list) and value else None
    if isinstance(first, dict) and first:
        if _named_already(value):
            return str(_single(value))
        own = next(iter(first))
        return say(
            "{list}: give each {what} a name: write {key}: {{{own}: …}} instead of - {own}:",
            list=LIST,
            what=what,
            key=key,
            own=own,
        )
    if isinstance(first, str):
        text = first if len(first) <= LONGEST_EXAMPLE else "…"
        return say(
            "{list}: each {what} needs a key: write {key}: {text} instead of - {text}",
            list=LIST,
            what=what,
            key=key,
            text=text,
        )
    if not loc:
        return say("the file is {what}: write lines of 'key: value', without any indentation", what=shape(value))
    if keys:
        return say("{what} where a mapping belongs: write {{{keys}}}", what=shape(value), keys=keys)
    return say("{what} where a mapping belongs: write lines of 'key: value' below the key", what=shape(value))


def _named_already(members: list[Any]) -> bool:
    """Whether each member of a list is a mapping of one key, which names it."""
    single = all(isinstance(member, dict) and len(member) == 1 for member in members)
    keys = [next(iter(member)) for member in members] if single else []
    values = [next(iter(member.values())) for member in members] if single else []
    return single and (all(isinstance(each, dict) for each in values) or 1 < len(keys) == len(set(keys)))


def _lines(value: Any, loc: Loc) -> str:
    if loc and isinstance(loc[-1], str):
        sign = say("'['") if isinstance(value, list) else say("'{' or holds ': '")
        put = say("put | after {key}: to write several lines", key=loc[-1])
        return say(
            "{what} where text belongs: {put}, or quote a text that begins with {sign}",
            what=shape(value),
            put=put,
            sign=sign,
        )
    return say("{what} where text belongs: {quote}", what=shape(value), quote=scalars.QUOTE)
