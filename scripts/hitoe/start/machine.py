"""Whether a machine has what hitoe needs, and what to do where it has not."""

import hashlib
import os
import platform
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from hitoe import resources
from hitoe.messages import joined, say
from hitoe.problems import PrintError
from hitoe.source import syntax

AGAIN = say("install hitoe again")


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that was looked at; `lacks` says what is wrong and its remedy, empty if all is well.

    `needed`: without it an output cannot be built.
    """

    what: str
    lacks: str = ""
    needed: bool = True


def examined(out: Path) -> Iterator[Requirement]:
    """Look at the machine, and at the folder for outputs."""
    # Pip installs hitoe for a Python that is new enough only.
    yield Requirement(say("Python {version}", version=platform.python_version()))
    yield Requirement(say("Python packages"), _packages())
    yield Requirement(say("libraries that print the sheets"), _libraries())
    yield Requirement(say("fonts of the sheets"), _fonts())
    yield Requirement(say("writing into {name}/", name=out.name), _unwritable(out))
    without_git = say("install git: without it hitoe takes every card that was ever built for one that learners have")
    yield Requirement("git", "" if shutil.which("git") else without_git, needed=False)
    slow = say("notes are read slowly, with the same result: install the package ruamel.yaml.clib beside hitoe")
    yield Requirement(say("fast reading of YAML"), "" if syntax.CParser else slow, needed=False)


def _packages() -> str:
    missing = []
    try:
        names = [re.split(r"[^\w.-]", line)[0] for line in requires("hitoe") or () if ";" not in line]
    except PackageNotFoundError:  # hitoe runs from its source tree
        names = []
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    return say("{missing} cannot be found: {again}", missing=", ".join(missing), again=AGAIN) if missing else ""


def _libraries() -> str:
    try:
        from hitoe.sheet.pdf.weasyprint import need_libraries

        need_libraries()
    except PrintError as error:
        return say("{error} (deck and log are built without them)", error=error)
    except ImportError as error:
        return joined(": ", (error, AGAIN))
    return ""


def _fonts() -> str:
    """Compare the fonts with the checksums that come with them."""
    folder = resources.folder() / "fonts"
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        checksum, name = line.split(maxsplit=1)
        font = folder / name
        if not font.is_file() or hashlib.sha256(font.read_bytes()).hexdigest() != checksum:
            return say("{font} is missing or damaged: {again}", font=font, again=AGAIN)
    return ""


def _unwritable(out: Path) -> str:
    if out.exists() and not out.is_dir():
        return say("{out} is a file: move it away", out=out)
    there = next(folder for folder in (out, *out.parents) if folder.exists())
    return (
        ""
        if os.access(there, os.W_OK)
        else say("{there} cannot be written: change its rights, or build with -o FOLDER", there=there)
    )
