"""Files that are written in one piece: whoever reads one sees the old content or the new, even after a kill.

The new content goes into a part file beside the file, which then gets its name. The part files of a killed program
are removed by the next one, and so are the folders that it had for a while.
"""

import atexit
import functools
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOTDIR
from pathlib import Path
from tempfile import mkdtemp

PART = re.compile(r"\..+\.([0-9]+)\.part")
"""The name of a part file, with the id of the process that writes it."""
FOLDER = re.compile(r"(?:collection|fonts)\.([0-9]+)(?:\..*)?")
"""The name of a folder for a collection, or for fonts, with the id of the process that needs it."""


def write(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Replace a file in one step.

    `lasting`: once this returns, the content survives a loss of power. Without it a file system may store the new name
    before the content, so that the file is empty afterwards; what can be made again is not worth the wait for the disk.

    Raises:
        OSError: with the name of the file, or of the one in the place of its folder; it is as it was.
    """
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), error.filename) from error
    try:
        part.unlink(missing_ok=True)
        with part.open("xb") as file:  # never through a link that somebody else has put there
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if path.is_file() and not path.is_symlink():
            shutil.copymode(path, part)
        part.replace(path)
        if lasting and sys.platform != "win32":
            _store_names(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def content(path: Path) -> bytes:
    """Return what a file holds, nothing if it is not there. hitoe makes no links: what one leads to is not its own."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def digest(content: bytes | memoryview) -> str:
    """Return the hash of what a file holds."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def part_of(path: Path) -> Path:
    """Return where this process writes a file before it gets its name; its own name may be as long as names can be."""
    digest = hashlib.blake2b(os.fsencode(path.name), digest_size=4).hexdigest()
    return path.with_name(f".{digest}.{os.getpid()}.part")  # several builds may run at once: make -j


def remove_parts(*folders: Path) -> None:
    """Remove the part files in folders whose writers are no longer there."""
    for path in _left(PART, folders):
        with suppress(OSError):
            path.unlink()


@functools.cache
def fonts_folder(cache: Path) -> Path:
    """Return a new folder for the fonts of this process and of its copies; this process removes it at its end."""
    cache.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=cache, prefix=f"fonts.{os.getpid()}."))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def temporary_folder(cache: Path) -> Iterator[Path]:
    """Make a folder for a database, which is removed afterwards, as is the cache folder if it is new and empty."""
    new = [folder for folder in (cache, cache.parent) if not folder.exists()]
    cache.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=cache, prefix=f"collection.{os.getpid()}."))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            for each in new:
                each.rmdir()


def remove_folders(cache: Path) -> None:
    """Remove the folders in a cache folder of processes that are no longer there."""
    for path in _left(FOLDER, [cache]):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _left(pattern: re.Pattern[str], folders: Iterable[Path]) -> Iterator[Path]:
    """Yield what lies in folders with names of a pattern, in which there is a process that no longer runs."""
    for folder in folders:
        with suppress(OSError):
            for path in list(folder.iterdir()):
                name = pattern.fullmatch(path.name)
                if name and not _runs(int(name[1])):
                    yield path


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # there open files cannot be removed
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _store_names(folder: Path) -> None:
    """Have the names of a folder's files stored on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
