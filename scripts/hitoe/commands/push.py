"""`hitoe push`: build the deck, and let Anki, which is running, show its import dialog for it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from hitoe.commands import Environment, build, diff, project_folder, tell
from hitoe.messages import say

HELP = say("build the deck and show it in Anki's import dialog, through its add-on AnkiConnect")


def add_arguments(parser: ArgumentParser) -> None:
    """Add where AnkiConnect is, and its key."""
    parser.add_argument("--url", help=say("AnkiConnect's address (default: http://127.0.0.1:8765)"))
    parser.add_argument(
        "--api-key", default="", metavar="KEY", help=say("the `apiKey` of AnkiConnect's settings, if it has one")
    )
    parser.set_defaults(out=None)


def run(arguments: Namespace, environment: Environment) -> int:
    """Ask Anki before anything is built, then build, and show the dialog."""
    from hitoe.send.anki_connect import ADDRESS, AnkiConnect

    anki = AnkiConnect(arguments.url or ADDRESS, arguments.api_key)
    anki.check()
    package, expected = built_deck(arguments, environment)
    anki.show_import(package)
    tell(say("Anki shows its import dialog: leave it as it is, and press Import"), *expected)
    return 0


def built_deck(arguments: Namespace, environment: Environment) -> tuple[Path, Sequence[str]]:
    """Build the deck, and return its package and what an import is expected to change, as two lines."""
    from hitoe.build import deck_release, pipeline
    from hitoe.build.request import Request
    from hitoe.release import release

    root, now = project_folder(arguments), environment.now()
    # Before the build, which outside git makes the deck the one that learners have.
    ledgers = release.read_ledgers(root)
    shipment = deck_release.of(root, ledgers, now)
    first, second = diff.summary(ledgers[1], shipment.ledger)
    report = pipeline.build(Request(root=root, out=root / "build", outputs=["deck"], now=now))
    build.print_report(report, arguments)
    return root / "build" / shipment.name, [say("expected, by the ledger: {first}", first=first), second]
