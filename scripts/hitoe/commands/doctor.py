"""`hitoe doctor`: what the machine lacks, and what to do about it."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, project_folder
from hitoe.messages import say

HELP = say("say what the machine lacks, and what to do about it")


def add_arguments(_parser: ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: Namespace, _environment: Environment) -> int:
    """Print a line for each thing that was looked at; returns 1 if something lacks that is needed."""
    from hitoe.start import machine

    found = list(machine.examined(project_folder(arguments) / "build"))
    for each in found:
        mark = say("ok") if not each.lacks else say("missing") if each.needed else say("optional")
        print(f"{mark:8}  {each.what}{each.lacks and ': '}{each.lacks}")
    return 1 if any(each.lacks and each.needed for each in found) else 0
