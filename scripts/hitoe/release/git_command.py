"""Runs git in a repository that may come from a stranger, so that it runs no program that settings there name."""

import os
import subprocess
from functools import cache
from pathlib import Path

INHERITED = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"),
    "GIT_LITERAL_PATHSPECS",
)
"""Variables that git sets for hooks: they name the repository of the hook, which need not hold the ledger.

The last one, which editors set, changes what a name with `*` means.
"""
HARMLESS = (
    *("--no-pager", "--no-replace-objects"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=explicit"),
)
"""Options against settings of a repository that name a program or (`git replace`) show a text in place of another; the
last one refuses a repository without `.git`."""
NEVER_ASKING = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
"""Git fetches objects that a partial clone lacks by a program of the repository's choice: it must not."""
MOST_SECONDS = 20
"""For settings of a repository may name a file that is never read to its end, and a file of it may be a pipe."""
ENDLESS: set[Path] = set()
"""Folders of repositories in which git took too long, which are asked no more."""


def repository(folder: Path) -> Path | None:
    """Return the folder whose repository holds a folder; None outside git."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


@cache
def _program(folders: str) -> str | None:
    """Return the file of git in one of the folders that PATH names; None if there is none.

    Windows would look into the present folder first, where a stranger may have put another program of this name.
    """
    places = [place for folder in folders.split(os.pathsep) if (place := Path(folder)).is_absolute()]
    files = (place / name for place in places for name in ("git", "git.exe"))
    return next((str(file) for file in files if file.is_file() and os.access(file, os.X_OK)), None)


def git(folder: Path, *words: str, status: int = 0) -> str | None:
    """Return what git prints; None when it ends with another status, or there is no repository or no git."""
    place, program = repository(folder), _program(os.environ.get("PATH", os.defpath))
    if place is None or place in ENDLESS or program is None:
        return None
    # Git would pass by a damaged repository, and answer for one further up that knows nothing of the file.
    ceilings = os.pathsep.join([str(place.parent), *filter(None, [os.environ.get("GIT_CEILING_DIRECTORIES")])])
    variables = {name: value for name, value in os.environ.items() if name not in INHERITED}
    # Settings may name another folder as that of the files, in which the ledger would have another name.
    variables |= {**NEVER_ASKING, "GIT_CEILING_DIRECTORIES": ceilings, "GIT_WORK_TREE": str(place)}
    command = [program, *HARMLESS, "-C", str(folder), *words]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=variables, timeout=MOST_SECONDS
        )
    except OSError:
        return None
    except subprocess.TimeoutExpired:
        ENDLESS.add(place)
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == status else None
