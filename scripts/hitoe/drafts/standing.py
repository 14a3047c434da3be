"""What the posts of the build before are like: read by a second process, while this one loads what reads notes."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from hitoe.drafts.beside import beside


def start(folder: Path) -> Callable[[], dict[str, bytes]]:
    """Begin to read all files of a folder; returns a function that returns their digests by name."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    digests = beside(lambda name: _digest(folder / name.decode()), [name.encode() for name in names])
    return lambda: dict(zip(names, digests(), strict=True))


def _digest(path: Path) -> bytes:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b""
