"""`hitoe coverage`: how items and cards are spread over the domains of the exam, as a table and as a drawing."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, print_warnings, project_folder, tell
from hitoe.messages import say

HELP = say("print how items and cards are spread over the exam's domains, and draw it")


def add_arguments(_parser: ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: Namespace, _environment: Environment) -> int:
    """Print the table and write the drawing into build/."""
    from hitoe import checks
    from hitoe.build import files
    from hitoe.stats import coverage_report

    root = project_folder(arguments)
    report = coverage_report.of(checks.trusted(root))
    files.replace(root / "build", {coverage_report.FILE: report.drawing.encode()})
    tell(*report.table, arguments.project / "build" / coverage_report.FILE)
    print_warnings(report.uncounted, arguments.project)
    return 0
