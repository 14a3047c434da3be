"""Copies the SQLite database out of a collection file or an exported package; the original is never written to."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from zstandard import ZstdDecompressor

from hitoe.messages import say
from hitoe.problems import CollectionError, foreign

SQLITE, ZIP = b"SQLite format 3\0", b"PK\3\4"
"""The bytes with which files of each format begin."""
LOCKS_AT, LOCKS = 0x40000000, 512
"""The byte range SQLite locks, which holds no data (https://sqlite.org/src/file/src/os.h, PENDING_BYTE)."""
COMPRESSED = "collection.anki21b"
NAMES = {b"\x08\1": "collection.anki2", b"\x08\2": "collection.anki21", b"\x08\3": COMPRESSED}
"""The name of the database in a package, by its `meta`, a protobuf message whose one field is the version.

From version 2 on a package also has a collection.anki2, whose only note asks the user to update Anki.
Source: Anki, rslib/src/import_export/package/meta.rs
"""
ACCEPTED = say("name a collection.anki2, or a .colpkg or .apkg that Anki exported")
DAMAGED = say("it is damaged: let Anki check its database (Tools, Check Database) and export it again")
TOO_LARGE = say("it unpacks to hundreds of times its size, as no collection does: export it again")
SMALL, MOST_TIMES = 1 << 26, 200
"""Bytes that a package may always unpack to; and how many times its own size, for larger ones."""


def newer(path: Path, version: str) -> CollectionError:
    """Return the error about a file of a version that is not known yet."""
    return CollectionError(
        path,
        "it is of a newer Anki than this hitoe knows ({version}): export it for older Anki versions, or update hitoe",
        version=version,
    )


def copy_database(path: Path, folder: Path) -> Path:
    """Copy the database of a collection or package into a folder, and return its path; CollectionError if it cannot."""
    target = folder / "collection.anki2"
    if path.exists() and not path.is_file() and not path.is_dir():  # reading a pipe or a device may never end
        raise CollectionError(path, "it is no file: {accepted}", accepted=ACCEPTED)
    try:
        with path.open("rb") as file:
            head = file.read(16)
            if head == SQLITE:
                _lock(path, file)
                for end in ("", "-wal", "-journal"):  # SQLite may not have written all changes to the database yet
                    if (part := path.with_name(path.name + end)).is_file():
                        shutil.copyfile(part, target.with_name(target.name + end))
            elif head.startswith(ZIP):
                _unpack(path, file, target)
            else:
                raise CollectionError(path, "it is not an Anki collection: {accepted}", accepted=ACCEPTED)
    except FileNotFoundError:
        raise CollectionError(path, "there is no such file: {accepted}", accepted=ACCEPTED) from None
    except IsADirectoryError:
        raise CollectionError(path, "it is a folder: {accepted}", accepted=ACCEPTED) from None
    except PermissionError:
        raise CollectionError(path, "it may not be read: change its permissions") from None
    return target


def size_of(copy: Path) -> int:
    """Return the bytes of a copied database, with those that SQLite has not written to it yet."""
    return sum(part.stat().st_size for part in copy.parent.glob(f"{copy.name}*"))


def _lock(path: Path, file: BinaryIO) -> None:
    """Take SQLite's shared lock until the file is closed, so that nothing writes; it is refused while Anki runs."""
    try:
        import fcntl
    except ImportError:  # on Windows SQLite uses other locks
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, LOCKS, LOCKS_AT)
    except (BlockingIOError, PermissionError):
        raise CollectionError(path, "it is open in Anki: close Anki, or let it export the collection") from None


def _unpack(path: Path, file: BinaryIO, target: Path) -> None:
    with foreign(CollectionError(path, DAMAGED)), ZipFile(file) as archive:
        names = archive.namelist()
        if "meta" in names:
            with archive.open("meta") as meta:
                name = NAMES.get(meta.read(16))
        else:
            name = "collection.anki21" if "collection.anki21" in names else "collection.anki2"
        if name is None:
            raise newer(path, say("a package of an unknown version"))
        if name not in names:
            raise CollectionError(path, "it is not an Anki package: {accepted}", accepted=ACCEPTED)
        with target.open("wb") as plain:
            plain.writelines(parts(path, archive, name, compressed=name == COMPRESSED))


def parts(path: Path, archive: ZipFile, name: str, *, compressed: bool) -> Iterator[bytes]:
    """Yield the content of a member of the package at a path in parts; `compressed` by Zstandard.

    Raises CollectionError if it has no end.
    """
    left = max(SMALL, MOST_TIMES * archive.getinfo(name).compress_size)
    with archive.open(name) as packed:
        plain = ZstdDecompressor().read_to_iter(packed) if compressed else iter(lambda: packed.read(1 << 20), b"")
        for part in plain:
            left -= len(part)
            if left < 0:
                raise CollectionError(path, TOO_LARGE)
            yield part
