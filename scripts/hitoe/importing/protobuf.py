"""Reads messages of Protocol Buffers as far as Anki's files need it: fields by number, without their types.

Source: https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""How values are written."""
MORE, LONGEST = 0x80, 64
"""The bit of a byte that says that the number goes on, and the most bits of a number."""


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field in the order of the message: a number, or bytes for all that is longer.

    Raises ValueError if the message is cut off or is none.
    """
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire == VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        size = {FIXED64: 8, FIXED32: 4}.get(wire)
        if wire == BYTES:
            size, at = _varint(message, at)
        if size is None or at + size > len(message):
            raise ValueError("no message of Protocol Buffers")
        yield number, message[at : at + size]
        at += size


def text(message: bytes, wanted: int) -> str:
    """Return the text in a field of a message, empty if it has none."""
    values = (value for number, value in fields(message) if number == wanted and isinstance(value, bytes))
    return next(values, b"").decode()


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return a number and where it ends."""
    value = shift = 0
    while at < len(message) and shift < LONGEST:
        byte = message[at]
        value |= (byte % MORE) << shift
        at += 1
        if byte < MORE:
            return value, at
        shift += 7
    raise ValueError("no message of Protocol Buffers")
