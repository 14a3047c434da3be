"""Files of the output folder, each read whole, and written in one piece."""

import os
from collections.abc import Mapping
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


def write(path: Path, text: bytes) -> None:
    """Replace a file in one step, so that whoever reads it never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")  # several builds may run at once: make -j
    part.write_bytes(text)
    part.replace(path)
