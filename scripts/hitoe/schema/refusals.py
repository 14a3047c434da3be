"""What is said of a value that the format does not take."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from hitoe.kinds import ITEMS
from hitoe.problems import did_you_mean
from hitoe.source import Loc
from hitoe.source.signs import plain, special_space
from hitoe.values import scalars
from hitoe.values.figures import DRAWINGS

NAMED: Mapping[str, tuple[str, str]] = {
    "items": ("item", "capital"),
    "entries": ("entry", "volcanoes"),
    "sequence": ("step", "a"),
    "rows": ("row", "a"),
    "columns": ("column", "a"),
    "given": ("value", "n"),
    "regions": ("region", "a"),
    "corrections": ("correction", "a"),
    "domains": ("domain", "a"),
}
"""What the members of a mapping are called, by the key of the mapping, and a key that one could have."""

LIST = "a list where a mapping belongs"
LONGEST_EXAMPLE = 20
"""Letters of the author's text that are repeated in a message."""


def message(error: ErrorDetails) -> str:
    """Return the message about a value, unless it is an unknown key."""
    value, loc = error["input"], location(error)
    match error["type"]:
        case scalars.EXACT:
            return error["msg"]
        case scalars.LINES:
            return _lines(value, loc)
        case "missing":
            return f"key '{error['loc'][-1]}' is missing: add it"
        case "literal_error":
            words = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            if not isinstance(value, str):
                return f"not a word: write one of {', '.join(words)}"
            return f"'{value}' is not known here: {did_you_mean(plain(value), words)}"
        case "union_tag_not_found" | "union_tag_invalid":
            return _single(value) or (DRAWINGS if error["loc"][-1] == "figure" else ITEMS).refusal(value)
        case "model_type" | "model_attributes_type":
            if loc[-2:-1] == ("rows",):
                return "a row must be a mapping from column keys to cells: write {column: text, …}"
            return _single(value) or _no_mapping(value, loc)
        case "dict_type":
            return _no_mapping(value, loc)
        case "tuple_type" | "list_type":
            return f"{shape(value)} where a list belongs: write it as [one, another]"
        case _:
            return f"{error['msg']}: see content/README.md"


def location(error: ErrorDetails) -> Loc:
    """Return where in the document an error is."""
    # Tags of unions, and aliases of fields that have no key in the file, begin with ':', which no key can.
    return tuple(part for part in error["loc"] if not str(part).startswith(":") and part != "[key]")


def shape(value: Any) -> str:
    """Return what a value is, with an article."""
    if isinstance(value, str):
        return "text" if value else "an empty value"
    return "a list" if isinstance(value, list) else "a mapping"


def other_signs(key: str, known: Sequence[str]) -> str | None:
    """Return the message about a key that has other signs than a known one, but looks like it."""
    meant = plain(key).casefold()
    if meant not in known or meant == key:
        return None
    what = special_space(key)
    return f"{what} stands in this key: write '{meant}'" if what else f"unknown key '{key}': write '{meant}'"


def nameless(error: ErrorDetails) -> bool:
    """Whether a value is a list of mappings that are right but for their lack of keys."""
    members = error["input"]
    mappings = isinstance(members, list) and all(isinstance(member, dict) for member in members)
    return mappings and not _named_already(members)


def _single(value: Any) -> str | None:
    """Return the message about a list of the parts of one mapping."""
    if not isinstance(value, list) or not any(isinstance(member, dict) for member in value):
        return None
    key = next((key for member in value if isinstance(member, dict) for key in member), "…")
    return f"a list where one mapping belongs: write '{key}:' without the '- '"


def _no_mapping(value: Any, loc: Loc) -> str:
    what, key = NAMED.get(str(loc[-1]) if loc else "", ("part", "a"))
    first = value[0] if loc and isinstance(value, list) and value else None
    if isinstance(first, dict) and first:
        if _named_already(value):
            return str(_single(value))
        own = next(iter(first))
        return f"{LIST}: give each {what} a name: write {key}: {{{own}: …}} instead of - {own}:"
    if isinstance(first, str):
        text = first if len(first) <= LONGEST_EXAMPLE else "…"
        return f"{LIST}: each {what} needs a key: write {key}: {text} instead of - {text}"
    if not loc:
        return f"the file is {shape(value)}: write lines of 'key: value', without any indentation"
    return f"{shape(value)} where a mapping belongs: write lines of 'key: value' below the key"


def _named_already(members: list[Any]) -> bool:
    """Whether each member of a list is a mapping of one key, which names it."""
    single = all(isinstance(member, dict) and len(member) == 1 for member in members)
    keys = [next(iter(member)) for member in members] if single else []
    values = [next(iter(member.values())) for member in members] if single else []
    return single and (all(isinstance(each, dict) for each in values) or 1 < len(keys) == len(set(keys)))


def _lines(value: Any, loc: Loc) -> str:
    if loc and isinstance(loc[-1], str):
        sign = "'['" if isinstance(value, list) else "'{' or holds ': '"
        put = f"put | after {loc[-1]}: to write several lines"
        return f"{shape(value)} where text belongs: {put}, or quote a text that begins with {sign}"
    return f"{shape(value)} where text belongs: {scalars.QUOTE}"
