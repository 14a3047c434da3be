"""`hitoe open`: build the deck, and open it as a double click does."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, push, tell
from hitoe.messages import say

HELP = say("build the deck and open it as a double click does")


def add_arguments(parser: ArgumentParser) -> None:
    """Add no arguments."""
    parser.set_defaults(out=None)


def run(arguments: Namespace, environment: Environment) -> int:
    """Build the deck, and hand it to the desktop."""
    from hitoe.send import desktop

    package, expected = push.built_deck(arguments, environment)
    desktop.open_file(package)
    tell(say("in Anki's import dialog leave all as it is, and press Import"), *expected)
    return 0
