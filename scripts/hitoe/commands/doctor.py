"""`hitoe doctor`: what the machine lacks, and what to do about it."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import joined, say
from hitoe.terminal.text_table import starts

HELP = say("say what the machine lacks, and what to do about it")


def add_arguments(_parser: ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: Namespace, _environment: Environment) -> int:
    """Print a line for each thing that was looked at; returns 1 if something lacks that is needed."""
    from hitoe.start import machine

    found = list(machine.examined(project_folder(arguments) / "build"))
    well, missing, optional = starts((say("ok"), say("missing"), say("optional")))
    for each in found:
        mark = well if not each.lacks else missing if each.needed else optional
        tell(joined("", (mark, joined(": ", filter(None, (each.what, each.lacks))))))
    return 1 if any(each.lacks and each.needed for each in found) else 0
