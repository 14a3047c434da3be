"""`hitoe log`: build the weekly log, or the posts of some weeks and nothing else."""

from argparse import ArgumentParser, Namespace

from hitoe.build.request import Request
from hitoe.commands import Environment, build, project_folder
from hitoe.messages import say
from hitoe.problems import RefusedError

HELP = say("build the weekly log, or the posts of some weeks and nothing else")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the weeks, and where to write to."""
    weeks = parser.add_mutually_exclusive_group()
    weeks.add_argument("--week", action="append", help=say("the post of this week, such as 2020-W30; may be repeated"))
    weeks.add_argument("--since", metavar="WEEK", help=say("the posts of this week and all later ones"))
    build.add_output_arguments(parser)


def run(arguments: Namespace, environment: Environment) -> int:
    """Build the posts, and print the files that changed."""
    from hitoe.build import pipeline
    from hitoe.log.week_filter import WeekFilter

    weeks = WeekFilter(arguments.week or (), arguments.since) if arguments.week or arguments.since is not None else None
    with environment.progress(say("hitoe: building")) as bar:
        request = Request(
            root=project_folder(arguments),
            out=build.output_folder(arguments),
            outputs=["log"],
            now=environment.now(),
            done=bar.step,
            progress=arguments.progress,
        )
        report = pipeline.posts(request, weeks.wants) if weeks else pipeline.build(request)
    status = build.print_report(report, arguments)
    if weeks and weeks.missing:
        raise RefusedError("nothing was learned {missing}: look at `learned:` in the notes", missing=weeks.missing)
    return status
