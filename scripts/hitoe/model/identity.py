"""The identity of notes: guids come from keys, never from wording, order or place.

A guid is a hash of the deck's key and the oldest full path of the item and its part, such as
`streams.view-types[NEW_IMAGE,record]`; kinds know the paths of their parts. What is renamed keeps its guid by `was`.
"""

import base64
import hashlib
from collections.abc import Iterator
from uuid import UUID

from hitoe.kinds import Item
from hitoe.model.project import PlacedEntry

ID_FLOOR = 10**12
ID_STEP = 1000
"""The distance between the ids of two notes: a card's id is its note's id + 1 + its template or cloze number."""
ID_SPAN = 767_000_000_000 // ID_STEP


def item_path(placed: PlacedEntry, key: str, item: Item) -> str:
    """Return the oldest path of an item."""
    return item.oldest(f"{placed.entry.oldest(placed.key)}.{key}")


def guid(deck_key: str, path: str) -> str:
    """Return the guid of a note: 16 characters that are safe in file names and in HTML."""
    digest = hashlib.sha256(f"hitoe\x1f{deck_key}\x1f{path}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode("ascii")


def note_ids(note_guid: str) -> Iterator[int]:
    """Yield the ids that a note may have, the preferred one first: between 10^12 and 1.767 * 10^12, in steps of 1000.

    Derived from the guid, not counted: two branches of a project could count to the same id for two notes.
    """
    start = int.from_bytes(hashlib.sha256(f"id\x1f{note_guid}".encode()).digest()[:8], "big")
    for step in range(ID_SPAN):
        yield ID_FLOOR + ID_STEP * ((start + step) % ID_SPAN)


def type_id(deck_key: str, kind: str) -> int:
    """Return the id of a deck's own note type, from the same range as those of notes."""
    digest = hashlib.sha256(f"type\x1f{deck_key}\x1f{kind}".encode()).digest()
    return ID_FLOOR + int.from_bytes(digest[:8], "big") % (ID_SPAN * ID_STEP)


def stable_id(*words: str) -> int:
    """Return an id for a deck: between 2^30 and 2^31, the range that Anki accepts."""
    digest = hashlib.sha256("\x1f".join(("hitoe", *words)).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def urn(*words: str) -> str:
    """Return a permanent name for something published: a UUID of the form for hashes (RFC 9562, version 8)."""
    digest = bytearray(hashlib.sha256("\x1f".join(("hitoe", *words)).encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest)).urn
