"""Which note is which: guids from keys, never from wording, order or place.

A guid is a hash of the deck's key and the oldest full path of the item and its part, such as
`streams.view-types[NEW_IMAGE,record]`. Renamed things keep it through `was`.
"""

import base64
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hitoe.model.project import PlacedEntry
    from hitoe.schema import Item, Picture, Steps, Table

ID_FLOOR = 10**12
ID_STEP = 1000
"""Room for the card ids of a note: its id + 1 + template or cloze number."""
ID_SPAN = 767_000_000_000 // ID_STEP


def entry_path(placed: "PlacedEntry") -> str:
    """Return the oldest path of an entry."""
    return placed.entry.was[0] if placed.entry.was else placed.key


def item_path(placed: "PlacedEntry", key: str, item: "Item") -> str:
    """Return the oldest path of an item."""
    return item.was[0] if item.was else f"{entry_path(placed)}.{key}"


def cell_path(table_path: str, table: "Table", row: str, column: str) -> str:
    """Return the oldest path of a table's cell: a row's or column's old table outweighs the table's own path."""
    row_table, row_key, _ = _split(table.rows[row].was[0]) if table.rows[row].was else ("", row, "")
    was = table.columns[column].was
    column_table, _, column_key = _split(was[0]) if was else ("", "", column)
    return f"{row_table or column_table or table_path}[{row_key},{column_key}]"


def row_path(table_path: str, table: "Table", row: str) -> str:
    """Return the oldest path of a table's whole row."""
    return table.rows[row].was[0] if table.rows[row].was else f"{table_path}[{row}]"


def step_path(steps_path: str, steps: "Steps", step: str) -> str:
    """Return the oldest path of a step."""
    return steps.sequence[step].was[0] if steps.sequence[step].was else f"{steps_path}[{step}]"


def region_path(picture_path: str, picture: "Picture", region: str) -> str:
    """Return the oldest path of a picture's region."""
    return picture.regions[region].was[0] if picture.regions[region].was else f"{picture_path}[{region}]"


def guid(deck_key: str, path: str) -> str:
    """Return the guid of a note: 16 characters without any that a file name or HTML minds."""
    digest = hashlib.sha256(f"hitoe\x1f{deck_key}\x1f{path}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode("ascii")


def note_ids(note_guid: str) -> Iterator[int]:
    """Yield the ids a note may have, the wished-for one first: between 10^12 and 1.767 * 10^12, in steps of 1000.

    Derived from the guid, so that two branches of a project never give one id to two notes by counting.
    """
    start = int.from_bytes(hashlib.sha256(f"id\x1f{note_guid}".encode()).digest()[:8], "big")
    for step in range(ID_SPAN):
        yield ID_FLOOR + ID_STEP * ((start + step) % ID_SPAN)


def stable_id(*words: str) -> int:
    """Return an id for a deck: between 2^30 and 2^31, as Anki wants them."""
    digest = hashlib.sha256("\x1f".join(("hitoe", *words)).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def urn(*words: str) -> str:
    """Return a permanent name for something published: a UUID of the form for hashes (RFC 9562, version 8)."""
    digest = bytearray(hashlib.sha256("\x1f".join(("hitoe", *words)).encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _split(path: str) -> tuple[str, str, str]:
    """Split `table[row,column]` into its three parts; a missing part is empty."""
    table, _, inner = path.partition("[")
    row, _, column = inner.rstrip("]").partition(",")
    return table, row, column
