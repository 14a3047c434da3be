"""`hitoe progress`: what a learner's Anki collection says of this deck, week by week and in total."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import say
from hitoe.problems import RefusedError

HELP = say("print how learning in Anki goes, week by week and in total")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the collection, the week and the form of what is printed."""
    parser.add_argument(
        "collection", type=Path, metavar="COLLECTION", help=say("collection.anki2, .colpkg, or .apkg with scheduling")
    )
    parser.add_argument("--week", help=say("an ISO week, 2020-W30 (default: the last with reviews)"))
    parser.add_argument("--json", action="store_true", help=say("print JSON, for other programs"))


def run(arguments: Namespace, environment: Environment) -> int:
    """Print the figures."""
    from hitoe import checks, progress
    from hitoe.progress import report
    from hitoe.schema import Week

    try:
        week = Week.read(arguments.week) if arguments.week else None
    except ValueError as error:
        raise RefusedError("--week: {error}", error=error) from None
    project = checks.trusted(project_folder(arguments))
    with environment.temporary_folder() as folder:
        found = progress.of(project, arguments.collection, Path(folder) / "collection")
    if arguments.json:
        print(report.as_json(found, week))
    else:
        tell(*report.table(found, week))
    return 0
