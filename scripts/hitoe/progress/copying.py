"""A copy of the database of a collection, whichever way the learner has it; the original is only ever read."""

import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile

from hitoe.problems import CollectionError

HEADS = {"database": b"SQLite format 3\0", "package": b"PK\3\4"}
COMPANIONS = ("-wal", "-journal")
"""What SQLite keeps beside a database whose last changes are not in it yet."""
LOCKS_AT, LOCKS = 0x40000000, 512
"""The bytes on which SQLite's locks lie (https://sqlite.org/src/file/src/os.h, PENDING_BYTE); none is ever stored."""
NAMES = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
"""The collection of a package by the version in its `meta` (Anki, rslib/src/import_export/package/meta.rs).

Packages of a later version hold a collection.anki2 besides that only asks for a newer Anki.
"""
KINDS = "name a collection.anki2, or a .colpkg or .apkg that Anki exported"


def copy(path: Path, folder: Path) -> Path:
    """Copy the database of a collection or package into a folder, and return its path there.

    Raises:
        CollectionError: there is none, or Anki is writing it.
    """
    target = folder / "collection.anki2"
    try:
        with path.open("rb") as file:
            head = file.read(16)
            if head == HEADS["database"]:
                with _shared(path, file):
                    _copy_database(path, target)
            elif head.startswith(HEADS["package"]):
                _unpack(path, file, target)
            else:
                raise CollectionError(path, f"it is no collection of Anki: {KINDS}")
    except FileNotFoundError:
        raise CollectionError(path, f"there is no such file: {KINDS}") from None
    except IsADirectoryError:
        raise CollectionError(path, f"it is a folder: {KINDS}") from None
    except PermissionError:
        raise CollectionError(path, "it may not be read: change its permissions") from None
    return target


@contextmanager
def _shared(path: Path, file: BinaryIO) -> Iterator[None]:
    """Hold the lock of one who reads, so that no SQLite writes meanwhile. Anki lets nobody read while it is open."""
    try:
        import fcntl
    except ImportError:  # a system whose locks are not SQLite's of POSIX
        yield
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, LOCKS, LOCKS_AT)
    except (BlockingIOError, PermissionError):
        raise CollectionError(path, "it is open in Anki: close Anki, or let it export the collection") from None
    yield


def _copy_database(path: Path, target: Path) -> None:
    shutil.copyfile(path, target)
    for end in COMPANIONS:
        beside = path.with_name(path.name + end)
        if beside.is_file():
            shutil.copyfile(beside, target.with_name(target.name + end))


def _unpack(path: Path, file: BinaryIO, target: Path) -> None:
    try:
        with ZipFile(file) as archive:
            name = _name(path, archive)
            with archive.open(name) as packed, target.open("wb") as plain:
                if name == NAMES[3]:
                    _decompress(packed, plain)
                else:
                    shutil.copyfileobj(packed, plain)
    except (BadZipFile, zlib.error, EOFError):
        raise damaged(path) from None
    except KeyError:
        raise CollectionError(path, f"it is no package of Anki: {KINDS}") from None


def _decompress(packed: IO[bytes], plain: BinaryIO) -> None:
    from zstandard import ZstdDecompressor, ZstdError

    try:
        ZstdDecompressor().copy_stream(packed, plain)
    except ZstdError as error:
        raise BadZipFile from error


def _name(path: Path, archive: ZipFile) -> str:
    """Return the name of the package's collection. `meta` is a protobuf message with one number, the version."""
    names = archive.namelist()
    if "meta" not in names:
        return NAMES[2] if NAMES[2] in names else NAMES[1]
    versions = {bytes((8, version)): version for version in NAMES}
    version = versions.get(archive.read("meta"))
    if version is None:
        raise CollectionError(path, newer("a package of an unknown version"))
    return NAMES[version]


def damaged(path: Path) -> CollectionError:
    """Return the error of a collection that is damaged."""
    return CollectionError(
        path, "it is damaged: let Anki check its database (Tools, Check Database) and export it anew"
    )


def newer(what: str) -> str:
    """Return the sentence on a collection that a later Anki made."""
    return f"it is of a newer Anki than this hitoe knows ({what}): export it for older Anki versions, or update hitoe"
