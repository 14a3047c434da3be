"""`hitoe coverage`: how items and cards are spread over the domains of the exam, as a table and as a drawing."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, print_warnings, project_folder, tell
from hitoe.messages import say

HELP = say("print how items and cards are spread over the exam's domains, and draw it")
FILE = "coverage.svg"
"""The name of the drawing in build/."""


def add_arguments(_parser: ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: Namespace, _environment: Environment) -> int:
    """Print the table and write the drawing into build/."""
    from hitoe import checks
    from hitoe.build import files
    from hitoe.stats import coverage, coverage_drawing, coverage_report

    root = project_folder(arguments)
    project = checks.trusted(root)
    domains = coverage.domain_coverage(project)
    drawing = coverage_drawing.drawing(domains, project.deck.language)
    files.replace(root / "build", {FILE: drawing.encode()})
    tell(*coverage_report.table(domains), arguments.project / "build" / FILE)
    print_warnings(coverage.without_domain(project), arguments.project)
    return 0
