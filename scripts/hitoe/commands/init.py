"""`hitoe init`: make a small project that can be built at once."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hitoe.commands import Environment
from hitoe.commands.new import one_line, week

HELP = "make a small project that can be built at once"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the folder, and what the project is about."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder, which is made if it is not there")
    parser.add_argument("--language", choices=("ja", "en"), default="ja", help="of the deck (default: ja)")
    parser.add_argument("--subject", default="", metavar="TITLE", help="title of the deck")


def run(arguments: Namespace, environment: Environment) -> int:
    """Write the project and print its files."""
    from hitoe.start import new_project

    shown: Path = arguments.project / arguments.folder
    folder = shown.resolve()
    project = new_project.NewProject(
        folder.name, arguments.language, one_line(arguments.subject), week(environment.now())
    )
    for file in new_project.write(folder, project):
        print(shown / file)
    requirement = new_project.requirement()
    if "@" not in requirement:
        print(f"hitoe: {new_project.WORKFLOW} installs {requirement}: say there where pip finds it", file=sys.stderr)
    print(f"hitoe: now build it: hitoe build -C {shown}", file=sys.stderr)
    return 0
