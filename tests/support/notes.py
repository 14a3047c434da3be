"""Notes of a test's own, and what hitoe says of them."""

from collections.abc import Mapping
from pathlib import Path

from hitoe import checks
from hitoe.kinds import KINDS
from hitoe.problems import InputError

DECK = "format: 1\nkey: own\ntitle: 題\n"
OWN_KINDS = {name: kind for name, kind in KINDS.items() if name != "note"}
"""The kinds of item that need no note type in the project."""


def written(root: Path, files: Mapping[str, str]) -> Path:
    """Write files into a project's content folder, with a deck.yaml unless there is one, and return the project."""
    given = files if (root / "content" / "deck.yaml").exists() else {"deck.yaml": DECK, **files}
    for name, text in given.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return root


def problems(root: Path, files: Mapping[str, str]) -> list[str]:
    """Return what hitoe says of a project with these files, each as `file:line:column: message`."""
    try:
        checks.trusted(written(root, files))
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def item(text: str, key: str = "a") -> str:
    """Return a topic file with one item; the item's own lines begin in line 8, column 9."""
    lines = "".join(f"        {line}\n" for line in text.splitlines())
    return f"topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    items:\n      {key}:\n{lines}"
