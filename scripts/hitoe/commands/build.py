"""`hitoe build`: build deck, sheet and log, or those that are named."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.build.request import EDITIONS, EXAM, OUTPUTS, Report, Request
from hitoe.commands import Environment, print_problems, print_warnings, project_folder, tell
from hitoe.messages import say
from hitoe.problems import InputError, RefusedError

if TYPE_CHECKING:
    from hitoe.schema import Week

HELP = say("build deck, sheet and log, or those that are named")


class _Named(list[str]):
    """The outputs that can be named. None may be named, too, which argparse takes for a name."""

    def __contains__(self, name: object) -> bool:
        return name == [] or super().__contains__(name)


def add_arguments(parser: ArgumentParser) -> None:
    """Add what to build, where to, and how."""
    named = [*OUTPUTS, EXAM]
    parser.add_argument("outputs", nargs="*", metavar="|".join(named), choices=_Named(named))
    parser.add_argument(
        "--topic", dest="topics", action="append", default=[], metavar="TOPIC", help=say("sheet: of this topic alone")
    )
    parser.add_argument(
        "--week", dest="weeks", action="append", default=[], metavar="WEEK", help=say("sheet: of what 2020-W30 added")
    )
    parser.add_argument(
        "--edition",
        dest="editions",
        action="append",
        default=[],
        choices=EDITIONS,
        help=say("sheet: this edition alone"),
    )
    parser.add_argument("--seed", type=_seed, metavar="NUMBER", help=say("exam: draws other questions (default: 1)"))
    add_output_arguments(parser)
    parser.add_argument("--locked", action="store_true", help=say("fail if the ledger would change (for CI)"))
    parser.add_argument(
        "--refresh-all", action="store_true", help=say("count every note as changed, for learners who edited theirs")
    )


def add_output_arguments(parser: ArgumentParser) -> None:
    """Add the folder to write into, and a learner's collection."""
    parser.add_argument("-o", dest="out", help=say("write here instead of build/; the ledger is not written"))
    parser.add_argument(
        "--progress",
        type=Path,
        metavar="COLLECTION",
        help=say("log and sheet also say what this Anki collection holds"),
    )


def run(arguments: Namespace, environment: Environment) -> int:
    """Build what is stale, and print the files that changed."""
    from hitoe.build import pipeline

    for option, chosen in (
        ("topic", arguments.topics),
        ("week", arguments.weeks),
        ("edition", arguments.editions),
    ):
        if chosen and arguments.outputs != ["sheet"]:
            raise RefusedError(
                "--{option} is for sheets: hitoe build sheet --{option} {metavar}",
                option=option,
                metavar=option.upper(),
            )
    if arguments.seed and EXAM not in arguments.outputs:
        raise RefusedError("--seed is for the mock exam: hitoe build exam --seed {seed}", seed=arguments.seed)
    root, out = project_folder(arguments), output_folder(arguments)
    with environment.progress(say("hitoe: building")) as bar:
        report = pipeline.build(
            Request(
                root=root,
                out=out,
                outputs=arguments.outputs or OUTPUTS,
                now=environment.now(),
                ledger=out == Path(os.path.realpath(root / "build")),
                locked=arguments.locked,
                refresh=arguments.refresh_all,
                topics=arguments.topics,
                weeks=read_weeks(arguments.weeks),
                editions=arguments.editions,
                seed=arguments.seed or 1,
                done=bar.step,
                progress=arguments.progress,
            )
        )
    return print_report(report, arguments)


def _seed(text: str) -> int:
    """Return a number from 1 on; raises ValueError if it is none, which argparse tells."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def read_weeks(texts: Sequence[str]) -> "list[Week]":
    """Return weeks that are written as 2020-W30; raises RefusedError if one is no week of the calendar."""
    if not texts:  # most builds: the import takes time
        return []
    from hitoe.log import week_filter

    return week_filter.read(texts)


def output_folder(arguments: Namespace) -> Path:
    """Return the folder to write into; raises RefusedError if it is a file, or has no name."""
    if arguments.out == "":  # a variable of the shell that is not set; it would be the present folder
        raise RefusedError("-o names no folder: write its name behind it, or leave -o out")
    out = Path(os.path.realpath(arguments.out or project_folder(arguments) / "build"))
    if out.exists() and not out.is_dir():
        raise RefusedError("{out} is a file: name a folder to write into", out=out)
    return out


def print_report(report: Report, arguments: Namespace) -> int:
    """Print the files that changed, warnings, and which outputs could not be built. Returns the exit status."""
    out = Path(arguments.out or arguments.project / "build")
    for files in report.files.values():
        for file in files:
            tell(f"{out}/{file}")
    print_warnings(report.warnings, arguments.project)
    for notice in report.notices:
        tell(say("hitoe: {notice}", notice=notice), error=True)
    if report.ledger_written:
        ledger = arguments.project / "content/ledger.json"
        tell(say("hitoe: commit {file} with the deck you import", file=ledger), error=True)
    for name, error in report.failed.items():
        if isinstance(error, InputError):
            print_problems(error, say("not built: {name}", name=name), arguments.project)
        else:
            tell(say("hitoe: not built: {name}: {error}", name=name, error=error), error=True)
    return 1 if report.failed else 0
