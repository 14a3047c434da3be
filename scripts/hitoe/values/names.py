"""Scalars that name something outside of the notes: files, and pictures of a blog service."""

import re
from typing import Annotated

from pydantic import AfterValidator

from hitoe.values.scalars import Key, Literal, refusal

LONGEST_KEY = 100
"""Bytes of a key of which names of files are made; these may have 255 bytes."""


def _fits(key: str) -> str:
    if (size := len(key.encode())) > LONGEST_KEY:
        raise refusal(
            "a key of {size} bytes makes names of files too long: write {longest} bytes or fewer",
            size=size,
            longest=LONGEST_KEY,
        )
    return key


def _fotolife(name: str) -> str:
    if re.fullmatch(r"[\w:.@+=/%?#~,-]+", name):
        return name
    raise refusal(
        "'{name}' is no name of a picture on Hatena Fotolife: write it as f:id:name:20200621160338p", name=name
    )


FileKey = Annotated[Key, AfterValidator(_fits)]
"""A key of which names of files are made."""
Fotolife = Annotated[Literal, AfterValidator(_fotolife)]
"""The name of a picture on Hatena Fotolife, which is written into posts as it is."""
