"""`hitoe import`: bring notes of another program into a project, as files that an author would have written."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.commands import Environment
from hitoe.messages import say
from hitoe.problems import RefusedError

if TYPE_CHECKING:
    from hitoe.importing.imported_project import Imported

HELP = say(
    "bring an Anki package, a table of text or Markdown into the project, as YAML that an author would have written"
)
REPORT = "import-report.txt"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=say("deck.apkg, collection.colpkg, notes.csv, .tsv, .txt or .md")
    )


def run(arguments: Namespace, environment: Environment) -> int:
    """Write the files, and print their names and what could not be carried over."""
    path, root = arguments.file, arguments.project.resolve()
    if not path.is_file():
        raise RefusedError(say("no file '{path}': name the file to import", path=path))
    if root.exists() and not root.is_dir():
        raise RefusedError(say("{folder} is a file: name a folder with -C", folder=arguments.project))
    with environment.temporary_folder() as folder:
        imported = _read(path, root, Path(folder))
        _write(imported, root)
    for name in imported.files:
        print(arguments.project / name)
    for line in imported.losses.summary(str(arguments.project / REPORT)):
        print(line, file=sys.stderr)
    print(
        say("hitoe: {items} notes became items. Look through them, then run hitoe check", items=imported.items),
        file=sys.stderr,
    )
    return 0


def _read(path: Path, root: Path, scratch: Path) -> "Imported":
    from hitoe.importing import anki_package, markdown_notes, tables
    from hitoe.importing.imported_project import Target

    readers = {
        **dict.fromkeys((".apkg", ".colpkg"), anki_package.read),
        **dict.fromkeys((".csv", ".tsv", ".txt"), tables.read),
        **dict.fromkeys((".md", ".markdown"), markdown_notes.read),
    }
    read = readers.get(path.suffix.lower())
    if read is None:
        raise RefusedError(
            say(
                "{path}: files of this kind are not read: name one that ends with {readers}",
                path=path,
                readers=", ".join(readers),
            )
        )
    imported = read(path, Target(root, scratch, _shipped(root)))
    if not imported.items:
        raise RefusedError(
            say(
                "{path} holds no note that can be carried over\n{report}",
                path=path,
                report=imported.losses.report().rstrip(),
            )
        )
    return imported


def _shipped(root: Path) -> frozenset[str]:
    """Return the keys of topics and entries that learners have; a new one of the same key would take over its cards."""
    from hitoe.release import release

    ledgers = release.read_ledgers(root) if root.exists() else ()
    rows = (row for ledger in ledgers for row in ledger.notes.values())
    return frozenset({row.path.partition(".")[0] for row in rows} | {key for each in ledgers for key in each.decks})


def _write(imported: "Imported", root: Path) -> None:
    from hitoe import writing

    for name in imported.files:
        if (root / name).exists():
            raise RefusedError(
                say("{name} is there already: rename it, or import into another folder with -C", name=name)
            )
    for file in sorted(each for each in imported.media.rglob("*") if each.is_file()):
        writing.write(root / "content" / file.relative_to(imported.media), file.read_bytes())
    for name, text in imported.files.items():
        writing.write(root / name, text.encode())
    if report := imported.losses.report():
        writing.write(root / REPORT, report.encode())
