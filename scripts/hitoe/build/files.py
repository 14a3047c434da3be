"""Files of the output folder, each read whole, and written in one piece."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hitoe.problems import RefusedError
from hitoe.writing import content, write

CACHE = ".cache"


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


def refuse_links(out: Path) -> None:
    """Refuse an output folder whose folders are links that lead out of it: somebody else may have made it.

    The folder itself may be a link to one that is empty, or that hitoe has made.
    """
    real = Path(os.path.realpath(out))
    if real.is_symlink():
        raise RefusedError("{folder} is a link that leads in a circle: delete it", folder=out)
    foreign = out.is_symlink() and real.is_dir() and not (real / CACHE).is_dir() and any(real.iterdir())
    if foreign and not real.is_relative_to(out.parent.resolve()):
        raise RefusedError(
            "{folder} is a link to {real}, which has other files: delete it, or write elsewhere with -o",
            folder=out,
            real=real,
        )
    for folder in _folders(out):
        if folder.is_symlink() and not Path(os.path.realpath(folder)).is_relative_to(real):
            raise RefusedError(
                "{folder} is a link that leads out of {out}: delete it, or write elsewhere with -o",
                folder=folder,
                out=out,
            )


def _folders(out: Path) -> Iterator[Path]:
    """Yield the folders that hitoe makes in an output folder; those in the cache are looked for when that is known."""
    yield from (out / "log", out / "log" / "media", out / CACHE)
    yield from (out / CACHE).glob("font*")


def _inside(out: Path, name: Path) -> bool:
    """Whether a relative path is that of a file which really lies in the output folder, links followed."""
    try:
        real = (out / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # it is not there, no file can have this name, or links go in circles
        return False
    return real.is_file() and out.resolve() in real.parents and not name.is_absolute() and ".." not in name.parts
