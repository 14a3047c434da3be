"""`hitoe where`: the file, line and column of what a card asks, by the path that its field `Id` has."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import say

HELP = say("print where a key path is written, such as that of a card's field Id")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the path."""
    parser.add_argument("path", metavar="PATH", help=say("entry.item, deck/entry.item or 'entry.table[row,column]'"))


def run(arguments: Namespace, _environment: Environment) -> int:
    """Print file:line:column."""
    from hitoe import checks
    from hitoe.checks import key_paths

    at = key_paths.position(checks.trusted(project_folder(arguments)), arguments.path)
    tell(f"{(arguments.project / at.file).as_posix()}:{at.line}:{at.column}")
    return 0
