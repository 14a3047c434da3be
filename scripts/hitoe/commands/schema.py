"""`hitoe schema`: write the JSON Schema of the format, with which editors complete and check notes."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import say

HELP = say("write the JSON Schema of the format, for editors")


def add_arguments(_parser: ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: Namespace, _environment: Environment) -> int:
    """Write the schema files and print their names."""
    from hitoe.schema import editors

    root = project_folder(arguments)
    for path in editors.write(root):
        tell(arguments.project / path.relative_to(root))
    return 0
