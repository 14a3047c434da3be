"""Unions of mappings: each mapping is of one kind, which one of its keys names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union

from pydantic import BaseModel, Discriminator, Tag

from hitoe.messages import say
from hitoe.problems import did_you_mean
from hitoe.source.signs import plain


@dataclass(frozen=True)
class Family:
    """The kinds of one thing, by the key that names each.

    `a_what` is what the thing is called, with an article, and `what` without one.
    `no_mapping` and `no_key` complete the messages about a value that is no mapping, and about one without such a key.
    """

    what: str
    a_what: str
    kinds: Mapping[str, type[BaseModel]]
    no_mapping: str
    no_key: str

    def union(self) -> Any:
        """Return the union of all kinds as pydantic reads it: tags begin with ':', which no key can."""
        members: Iterable[Any] = (Annotated[kind, Tag(":" + name)] for name, kind in self.kinds.items())
        return Annotated[Union[tuple(members)], Discriminator(self.tag)]  # noqa: UP007  # no `|` for a list of types

    def tag(self, value: Any) -> str | None:
        """Return the tag of a mapping, that of its first key that names a kind; None if it has none."""
        return next((":" + key for key in value if key in self.kinds), None) if isinstance(value, Mapping) else None

    def refusal(self, value: Any) -> str:
        """Return the message about a value that is of no kind."""
        if isinstance(value, str) and (kind := next((k for k in self.kinds if value.startswith(k + " ")), None)):
            return say("a ':' is missing: write '{kind}: '", kind=kind)
        if not isinstance(value, Mapping):
            return say("{a_what} must be a mapping: {no_mapping}", a_what=self.a_what, no_mapping=self.no_mapping)
        for key in value:
            if (hint := did_you_mean(plain(str(key)).casefold(), self.kinds)).startswith("did"):
                return say("no kind of {what}: unknown key '{key}': {hint}", what=self.what, key=key, hint=hint)
        return say("no kind of {what}: {no_key}", what=self.what, no_key=self.no_key)
