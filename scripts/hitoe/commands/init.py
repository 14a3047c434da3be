"""`hitoe init`: make a small project that can be built at once, in the language in which hitoe speaks."""

import os
import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hitoe.commands import Environment, tell
from hitoe.commands.new import joined_lines, week
from hitoe.messages import say

HELP = say("make a small project that can be built at once")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the folder, and what the project is about."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("the folder, which is made if it is not there"))
    parser.add_argument("--subject", default="", metavar="TITLE", help=say("title of the deck"))


def run(arguments: Namespace, environment: Environment) -> int:
    """Write the project and print its files."""
    from hitoe.start import new_project

    folder: Path = arguments.project / arguments.folder
    real = Path(os.path.realpath(folder))
    project = new_project.NewProject(
        real.name, arguments.language, joined_lines(arguments.subject), week(environment.now())
    )
    for file in new_project.write(real, project):
        tell(folder / file)
    requirement = new_project.requirement()
    if "@" not in requirement:
        tell(
            say(
                "hitoe: {workflow} installs {requirement}: say there where pip finds it",
                workflow=new_project.WORKFLOW,
                requirement=requirement,
            ),
            error=True,
        )
    tell(say("hitoe: now build it: hitoe build -C {folder}", folder=shlex.quote(str(folder))), error=True)
    return 0
