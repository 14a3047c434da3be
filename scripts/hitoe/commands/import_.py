"""`hitoe import`: bring notes of another program into a project, as files that an author would have written."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.commands import Environment, advise, tell
from hitoe.messages import joined, say, say_count
from hitoe.problems import RefusedError, one_line
from hitoe.translation import shown

if TYPE_CHECKING:
    from hitoe.importing.imported_project import Imported

HELP = say(
    "bring an Anki package, a table of text or Markdown into the project, as YAML that an author would have written"
)
REPORT = "import-report.txt"
MOST_REASONS = 5
"""Of why no note could be carried over; a file may have as many as notes."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=say("deck.apkg, collection.colpkg, notes.csv, .tsv, .txt or .md")
    )
    parser.add_argument(
        "--keep-progress",
        action="store_true",
        help=say("of an Anki package: notes keep guid, note type and fields, and their collection goes on"),
    )


def run(arguments: Namespace, environment: Environment) -> int:
    """Write the files, and print their names and what could not be carried over."""
    path, root = arguments.file, Path(os.path.realpath(arguments.project))
    if not path.is_file():
        raise RefusedError("no file '{path}': name the file to import", path=path)
    if root.exists() and not root.is_dir():
        raise RefusedError("{folder} is a file: name a folder with -C", folder=arguments.project)
    with environment.temporary_folder() as folder, environment.progress(say("hitoe: importing")) as bar:
        imported = _read(path, root, Path(folder), bar.step, keep=arguments.keep_progress)
        ledger = _ledger(imported, root, Path(folder)) if imported.kept else None
        _write(imported, root, ledger)
    for name in imported.files:
        tell(arguments.project / name)
    tell(*imported.losses.summary(str(arguments.project / REPORT)), error=True)
    if imported.kept:
        told = say_count(
            "hitoe: {count} note keeps its guid, note type and fields; commit content/ledger.json with it. "
            "Decks that are built from now on update the collection that it is from",
            "hitoe: {count} notes keep their guids, note types and fields; commit content/ledger.json with them. "
            "Decks that are built from now on update the collection that they are from",
            imported.items,
        )
    else:
        told = say_count(
            "hitoe: {count} note became an item. Look through it, then run hitoe check",
            "hitoe: {count} notes became items. Look through them, then run hitoe check",
            imported.items,
        )
    advise(told, arguments.project)
    return 0


def _read(path: Path, root: Path, scratch: Path, done: Callable[[], None], *, keep: bool) -> "Imported":
    from hitoe.importing import anki_package, keeping, markdown_notes, tables, topics
    from hitoe.importing.imported_project import Target

    readers = {
        **dict.fromkeys((".apkg", ".colpkg"), anki_package.read),
        **dict.fromkeys((".csv", ".tsv", ".txt"), tables.read),
        **dict.fromkeys((".md", ".markdown"), markdown_notes.read),
    }
    read = readers.get(path.suffix.lower())
    if read is None:
        raise RefusedError(
            "{path}: files of this kind are not read: name one that ends with {readers}",
            path=path,
            readers=", ".join(readers),
        )
    if keep and read != anki_package.read:
        raise RefusedError("{path} has no progress to keep: --keep-progress is for .apkg and .colpkg", path=path)
    read = keeping.read if keep else read
    imported = read(path, Target(root, topics.existing(root), scratch, done))
    if not imported.items:
        why = joined("; ", imported.losses.report()[:MOST_REASONS])
        raise RefusedError("{path} holds no note that can be carried over: {why}", path=path, why=why)
    return imported


def _ledger(imported: "Imported", root: Path, scratch: Path) -> str:
    """Return the text of the ledger with the notes that go on."""
    from hitoe.build import kept_ledger
    from hitoe.release import git
    from hitoe.release.ledger import dump

    git.refuse_foreign(root)
    return dump(kept_ledger.after_import(root, scratch, imported.files, imported.kept))


def _write(imported: "Imported", root: Path, ledger: str | None) -> None:
    from hitoe import content_folder, writing
    from hitoe.release import git

    media = {
        f"content/{file.relative_to(imported.media).as_posix()}": file
        for file in sorted(imported.media.rglob("*"))
        if file.is_file()
    }
    content_folder.refuse_links(root, [*imported.files, *media])
    for name in imported.files:
        if (root / name).exists():
            raise RefusedError("{name} is there already: rename it, or import into another folder with -C", name=name)
    for name, file in media.items():
        writing.write(root / name, file.read_bytes())
    for name, text in imported.files.items():
        writing.write(root / name, text.encode())
    if ledger is not None:
        writing.write(git.ledger_path(root), ledger.encode(), lasting=True)
    if report := imported.losses.report():
        writing.write(root / REPORT, "".join(f"{one_line(shown(line))}\n" for line in report).encode())
