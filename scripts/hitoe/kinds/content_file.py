"""What can be wrong with a picture or a sound of the content folder."""

from pathlib import Path
from typing import Literal as OneOf

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
        return say("no {what} '{name}' in content/: add it or mend the name", what=named, name=name)
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
