"""Lists the files of a content folder; what must not be read, links out of it for instance, becomes a problem.

A project may come from a stranger. Links that lead out of it are not followed, and pipes, sockets and devices are not
opened: reading them may never end. `content/` itself may be a link to any place that has a `deck.yaml`.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hitoe.messages import say
from hitoe.problems import InputError, Position, Problem

CONTENT, DECK_FILE, LEDGER_FILE = "content", "content/deck.yaml", "content/ledger.json"
"""The ledger may be a link: whoever reads it looks at it."""
LEADS_OUT = say("this link leads out of the project: copy here what it leads to")


@dataclass
class ContentFolder:
    """Files by their names in the project, problems with notes that cannot be read, and warnings about other things."""

    files: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def walk(root: Path) -> ContentFolder:
    """Return what lies in a project's content folder, the files sorted by name.

    What has a name that begins with a dot is passed by, folders too.
    """
    found = ContentFolder()
    ours = (root / DECK_FILE).is_file() or not (root / CONTENT).is_symlink()
    waiting, seen = [root / CONTENT] if ours else [], set[str]()
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:  # links may lead in a circle
            continue
        seen.add(real)
        try:
            entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            found.problems.append(
                _problem(root, folder, say("the folder cannot be read: {reason}", reason=error.strerror))
            )
            continue
        for entry in entries:
            path = folder / entry.name
            if fault := _fault(path, entry, root):
                notes = path.suffix.lower() in (".yaml", ".yml") or os.path.isdir(path)  # noqa: PTH112  (no error)
                (found.problems if notes else found.warnings).append(_problem(root, path, fault))
            elif entry.is_dir():
                waiting.append(path)
            elif entry.is_file():
                found.files[path.relative_to(root).as_posix()] = path
    found.files = dict(sorted(found.files.items()))
    return found


def belongs(path: Path, content: Path) -> bool:
    """Whether a path, its links followed, leads into a content folder or into the repository that holds it."""
    try:
        real = path.resolve()
        return any(real.is_relative_to(place) for place in _places(content))
    except (OSError, RuntimeError, ValueError):  # a name too long, links in a circle, a zero character
        return False


def refuse_links(root: Path, names: Iterable[str]) -> None:
    """Refuse to write files of a project, given by their names, through links that lead out of it.

    Raises:
        InputError: with the links.
    """
    paths = [path for name in names if _leads_out(path := root / name, root)]
    links = {next((part for part in (path, *path.parents) if part.is_symlink()), path) for path in paths}
    if links:
        raise InputError(_problem(root, link, LEADS_OUT) for link in links)


def _leads_out(path: Path, root: Path) -> bool:
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))  # no error, where links go in circles
    return not inside and not belongs(path, root / CONTENT)


def _places(content: Path) -> Iterator[Path]:
    real = content.resolve()
    yield real
    yield from (place for place in (real, *real.parents) if os.path.lexists(place / ".git"))


def _fault(path: Path, entry: "os.DirEntry[str]", root: Path) -> str | None:
    """Return why what lies in the content folder is not read; None if it is a file or a folder."""
    try:
        if entry.is_symlink() and path != root / LEDGER_FILE:
            if not path.exists():
                return say("the file cannot be read: No such file or directory, for this is a link to nowhere")
            if _leads_out(path, root):
                return LEADS_OUT
        if entry.is_dir() or entry.is_file() or path == root / LEDGER_FILE:
            return None
    except (OSError, RuntimeError) as error:  # links in a circle
        return say("the file cannot be read: {reason}", reason=getattr(error, "strerror", None) or str(error))
    return say("this is no file, but a pipe, a socket or a device: move it out of content/")


def _problem(root: Path, path: Path, message: str) -> Problem:
    return Problem(Position(path.relative_to(root).as_posix()), message)
