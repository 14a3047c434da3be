"""The address to which learners report mistakes: on each card the places in it are filled with its path."""

import re
from contextlib import suppress
from typing import Annotated
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, WithJsonSchema

from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.values.scalars import Literal, refusal

SCHEMES = ("https", "mailto")
NAMES = ("deck", "path")
PLACE = re.compile(r"\{([^{}]*)\}")


def filled(address: str, deck_key: str, path: str) -> str:
    """Return the address for the card of a key path: nothing but the deck's key and the path, percent-encoded."""
    values = {"deck": deck_key, "path": path}
    return PLACE.sub(lambda place: quote(values[place[1]], safe=""), address)


def _address(address: str) -> str:
    scheme, server, path = "", "", ""
    with suppress(ValueError):  # a [ without its ]
        scheme, server, path, *_ = urlsplit(address)
    if scheme not in SCHEMES or not (server if scheme == "https" else re.match("[^@]+@[^@]+", path)):
        raise refusal("'{address}' is no address for reports: begin it with https:// or mailto:", address=address)
    if bad := re.search(r"[\s\"<>\\^`|]", address):
        what = say("a space") if bad[0].isspace() else f"'{bad[0]}'"
        raise refusal(
            "'{address}' holds {sign}: write %{number:02X} for it", address=address, sign=what, number=ord(bad[0])
        )
    if unknown := next((name for name in PLACE.findall(address) if name not in NAMES), None):
        raise refusal(
            "unknown name '{{{unknown}}}' in the address: {hint}",
            unknown=unknown,
            hint=did_you_mean(unknown, NAMES),
        )
    if re.search(r"[{}]", PLACE.sub("", address)):
        raise refusal("a brace in the address that belongs to no name: the names are {deck} and {path}")
    if PLACE.search(server if scheme == "https" else path):
        raise refusal("{deck} and {path} cannot name whom the report goes to: write them behind a '?', '#' or '/'")
    if "{path}" not in address:
        raise refusal("the address names no card: write {path} where its key path belongs, as in '?card={path}'")
    return address


ReportAddress = Annotated[
    Literal,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": r"^(https://|mailto:).*\{path\}"}),
]
