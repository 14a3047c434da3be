"""Projects of a test's own: copies of tests/example, edited and built through the real command line."""

import shutil
from pathlib import Path

from hitoe.cli import main

EXAMPLE = Path(__file__).resolve().parent.parent / "example"


def example_copy(folder: Path) -> Path:
    """Copy tests/example to `folder` and return it."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build", "ledger.json"))
    return folder


def edit(project: Path, file: str, old: str, new: str) -> None:
    """Replace the one place where `old` stands in a topic file."""
    path = project / "content" / "topics" / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), "utf-8")


def build(project: Path, *words: str) -> Path:
    """Build the deck and return a copy of it that the next build leaves alone."""
    assert main(["build", "deck", "-C", str(project), *words]) == 0
    decks = sorted((project / "build").glob("*.apkg"))
    kept = project / f"deck-{len(list(project.glob('deck-*.apkg')))}.apkg"
    shutil.copy(decks[0], kept)
    return kept
