"""Ways to change bytes, whatever they mean."""

from collections.abc import Callable, Sequence
from random import Random

from fuzzing.words import CHUNKS

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]
"""Changes an input, with the help of others."""
MOST = 200_000
"""Bytes of an input."""


def flipped(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Change a few bytes."""
    made = bytearray(raw)
    for _ in range(random.choice([1, 1, 2, 8, 50]) if made else 0):
        at = random.randrange(len(made))
        made[at] = random.choice([random.randrange(256), made[at] ^ (1 << random.randrange(8)), 0, 255])
    return bytes(made)


def _part(raw: bytes, random: Random) -> tuple[int, int]:
    at = random.randint(0, len(raw))
    return at, min(len(raw), at + random.choice([1, 1, 2, 4, 16, 100, 1000]))


def cut(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Leave bytes out."""
    start, end = _part(raw, random)
    return raw[:start] + raw[end:]


def ended(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """End an input early."""
    return raw[: random.randint(0, len(raw))]


def repeated(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Repeat a part, sometimes many times."""
    start, end = _part(raw, random)
    return raw[:end] + raw[start:end] * random.choice([1, 1, 2, 10, 100, 2000]) + raw[end:]


def inserted(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Put bytes between others."""
    at = random.randint(0, len(raw))
    return raw[:at] + random.choice(CHUNKS) * random.choice([1, 1, 1, 3, 300]) + raw[at:]


def swapped(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Exchange two parts that follow each other."""
    start, middle = _part(raw, random)
    end = _part(raw[middle:], random)[1] + middle
    return raw[:start] + raw[middle:end] + raw[start:middle] + raw[end:]


def spliced(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Go on as another input does."""
    other = random.choice(others)
    return raw[: random.randint(0, len(raw))] + other[random.randint(0, len(other)) :]


def overwritten(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Put a part of another input over a part."""
    other = random.choice(others)
    start, end = _part(other, random)
    at = random.randint(0, len(raw))
    return raw[:at] + other[start:end] + raw[at + random.choice([0, end - start]) :]


BYTES: tuple[Mutation, ...] = (flipped, cut, ended, repeated, inserted, swapped, spliced, overwritten)


def mutated(raw: bytes, random: Random, others: Sequence[bytes], ways: Sequence[Mutation]) -> bytes:
    """Return an input changed in some of the ways, one after the other."""
    for _ in range(random.choice([1, 1, 1, 2, 2, 3, 6])):
        raw = random.choice(ways)(raw, random, others)[:MOST]
    return raw
