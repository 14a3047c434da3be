"""`hitoe ledger`: restore a lost ledger from the last deck, or rebuild it from the notes."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import say
from hitoe.problems import RefusedError

HELP = say("restore a lost ledger from the last deck, or rebuild it from the notes")


def add_arguments(parser: ArgumentParser) -> None:
    """Add how, and the deck to restore from."""
    parser.add_argument("how", choices=["restore", "rebuild"])
    parser.add_argument(
        "deck", nargs="?", type=Path, metavar="DECK.apkg", help=say("restore: the last deck that was built")
    )


def run(arguments: Namespace, environment: Environment) -> int:
    """Write the ledger."""
    from hitoe import checks, writing
    from hitoe.build import deck_release
    from hitoe.release import git, recovery, release
    from hitoe.release.ledger import Ledger, dump, shared_types

    root = project_folder(arguments)
    project = checks.trusted(root)
    release.refuse_newer(root)
    if arguments.how == "rebuild":
        # Everything counts as changed now; what the content does not hold is forgotten, except the note types:
        # learners who have others would never get another update.
        kept = Ledger(types=shared_types(git.traces(root)))
        ledger = deck_release.of(root, (kept, kept), environment.now()).ledger
    elif arguments.deck is None or not arguments.deck.is_file():
        missing = say("no file '{deck}': ", deck=arguments.deck) if arguments.deck else ""
        raise RefusedError("{missing}name the deck to restore from: hitoe ledger restore DECK.apkg", missing=missing)
    else:
        ledger = recovery.from_package(project, str(arguments.deck), arguments.deck.read_bytes())
    git.refuse_foreign(root)
    writing.write(git.ledger_path(root), dump(ledger).encode(), lasting=True)
    tell(say("{file}: {count} notes", file=git.LEDGER_FILE, count=len(ledger.notes)))
    return 0
