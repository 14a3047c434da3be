"""Files of the output folder, each read whole, and written in one piece."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path


def content(path: Path) -> bytes:
    """Return what a file holds, nothing if it is not there."""
    return path.read_bytes() if path.is_file() else b""


def replace(out: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write the files that are other than what is there, and return their names."""
    new = [name for name, text in sorted(files.items()) if content(out / name) != text]
    for name in new:
        write(out / name, files[name])
    return new


def remove(out: Path, names: Iterable[str]) -> None:
    """Remove files of the output folder; a name that leads out of it, or to no file, is passed by.

    Names may come from a file or a folder that somebody else made.
    """
    for name in names:
        if _inside(out, Path(name)):
            (out / name).unlink(missing_ok=True)  # another build may have been here: make -j


def write(path: Path, text: bytes) -> None:
    """Replace a file in one step, so that whoever reads it never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")  # several builds may run at once: make -j
    part.write_bytes(text)
    part.replace(path)


def _inside(out: Path, name: Path) -> bool:
    """Whether a relative path is that of a file which really lies in the output folder, links followed."""
    try:
        real = (out / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # it is not there, no file can have this name, or links go in circles
        return False
    return real.is_file() and out.resolve() in real.parents and not name.is_absolute() and ".." not in name.parts
