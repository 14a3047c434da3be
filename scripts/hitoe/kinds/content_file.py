"""What can be wrong with a picture or a sound of the content folder."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal as OneOf
from unicodedata import normalize

from hitoe.content_folder import belongs
from hitoe.kinds import picture_file
from hitoe.messages import say
from hitoe.text import PICTURES, SOUNDS


def file_fault(name: str, content: Path, what: OneOf["picture", "sound"]) -> str | None:
    """Return what is wrong with a file of the content folder; None if nothing is."""
    endings, folder, named = (
        (PICTURES, "images", say("picture")) if what == "picture" else (SOUNDS, "audio", say("sound"))
    )
    try:
        path = (content / name).resolve()
        there = path.is_file()
    except (OSError, RuntimeError, ValueError):  # a name too long, links in a ring, a zero character
        path, there = content, False
    if not belongs(path, content):
        return say(
            "'{name}' leads out of content/: copy the {what} into content/{folder}/",
            name=name,
            what=named,
            folder=folder,
        )
    if not there:
        return _missing(name, content, named)
    if path.suffix.lower() not in endings:
        return say("'{name}' is no {what}: use {endings}", name=name, what=named, endings=", ".join(endings))
    try:
        with path.open("rb") as file:
            if not file.read(1):
                return say("'{name}' is empty: save the {what} anew", name=name, what=named)
    except OSError as error:
        return say("'{name}' cannot be read: {reason}", name=name, reason=error.strerror)
    fault = picture_file.fault(path) if what == "picture" else None
    return say("'{name}' {fault}", name=name, fault=fault) if fault else None


def _missing(name: str, content: Path, what: str) -> str:
    """Return what to do where no file has this name: another one, which looks much like it, may be meant."""
    wanted = Path(name)
    with suppress(OSError, ValueError):  # no such folder, a zero character
        folder = content / wanted.parent
        other = _names(folder, folder.stat().st_mtime_ns).get(_folded(wanted.name), wanted.name)
        if other != wanted.name and normalize("NFC", other) == normalize("NFC", wanted.name):
            return say(
                "the file '{name}' has accents or voicing marks as separate signs in its name: rename it, and type the "
                "name anew",
                name=name,
            )
        if other != wanted.name:
            meant = wanted.with_name(other).as_posix()
            return say("no {what} '{name}' in content/: did you mean '{other}'?", what=what, name=name, other=meant)
    return say("no {what} '{name}' in content/: add it or mend the name", what=what, name=name)


@lru_cache(maxsize=1)
def _names(folder: Path, _changed: int) -> dict[str, str]:
    """Return the names in a folder by what they have in common with those that look alike."""
    return {_folded(name): name for name in sorted(each.name for each in folder.iterdir())}


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold()
