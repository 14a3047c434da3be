"""`hitoe diff`: what the next import into Anki will change."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import joined, say, say_count

if TYPE_CHECKING:
    from hitoe.release.ledger import Ledger, NoteRow

HELP = say("print what the next import into Anki will change")
WHAT = {"new": say("new"), "changed": say("changed"), "retired": say("retired")}


def add_arguments(parser: ArgumentParser) -> None:
    """Add `--notes`."""
    parser.add_argument("--notes", action="store_true", help=say("name each note, by its file and key path"))


def run(arguments: Namespace, environment: Environment) -> int:
    """Print how many notes are new, changed and retired."""
    from hitoe.build import deck_release
    from hitoe.release import release

    root = project_folder(arguments)
    ledgers = release.read_ledgers(root)
    next_ = deck_release.of(root, ledgers, environment.now()).ledger
    tell(*summary(ledgers[1], next_))
    if arguments.notes:
        for what, rows in _differences(ledgers[1], next_).items():
            for row in rows:
                tell(joined(": ", (WHAT[what], row.file, row.path)))
    return 0


def summary(shipped: "Ledger", next_: "Ledger") -> tuple[str, str]:
    """Return what an import changes: a line on the notes, and one on the cards that learners have."""
    counts = {what: len(rows) for what, rows in _differences(shipped, next_).items()}
    kept = sum(len(row.ords) for guid, row in next_.notes.items() if guid in shipped.notes)
    return say("{new} new, {changed} changed, {retired} retired notes", **counts), say_count(
        "{count} card keeps its schedule", "{count} cards keep their schedule", kept
    )


def _differences(shipped: "Ledger", next_: "Ledger") -> "dict[str, list[NoteRow]]":
    """Return the rows of the notes that are new, changed and retired."""
    found: dict[str, list[NoteRow]] = {"new": [], "changed": [], "retired": []}
    for guid, row in next_.notes.items():
        if (old := shipped.notes.get(guid)) is None:
            found["new"].append(row)
        elif row.mod != old.mod:
            found["retired" if row.retired and not old.retired else "changed"].append(row)
    return found
