"""The subcommands of `hitoe`: one module each, with its arguments and what it does.

To add a command, write a module with `HELP`, `add_arguments` and `run`, and name it in `hitoe.cli`.
"""

import os
import re
import shlex
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TextIO

from hitoe.messages import Message, joined, say, say_count
from hitoe.problems import InputError, Problem, RefusedError, one_line
from hitoe.terminal.progress_bar import ProgressBar
from hitoe.translation import shown

OWN = re.compile(r"\bhitoe (?:build|check|diff|import|ledger|new|open|progress)\b(?! -C)")
"""A command of hitoe in a sentence."""
POSITION = re.compile(r"(?<![\w/.])content/[^:\n]+:\d+:\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Environment:
    """What commands use of the machine: the time in seconds since 1970, a temporary folder, and bars for progress.

    `terminal` is where bars are shown, if anywhere.
    """

    now: Callable[[], int]
    temporary_folder: Callable[[], AbstractContextManager[str]]
    terminal: TextIO | None = None

    def progress(self, label: Message) -> ProgressBar:
        """Return a bar for work that may take long."""
        return ProgressBar(label, self.terminal)


class Command(Protocol):
    """A module of this package."""

    HELP: Message

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's own arguments."""

    def run(self, arguments: Namespace, environment: Environment) -> int:
        """Run the command and return the exit status; raises InputError, or RefusedError about the arguments."""


def project_folder(arguments: Namespace) -> Path:
    """Return the folder of the project that `-C` names.

    Raises:
        RefusedError: it is none, or its build/ leads to a folder of somebody else.
    """
    from hitoe.build import files

    folder = Path(os.path.realpath(arguments.project))
    if not folder.is_dir():
        raise RefusedError("no folder '{folder}': name the one that holds content/ with -C", folder=arguments.project)
    files.refuse_links(folder / "build")
    return folder


def tell(*texts: object, error: bool = False) -> None:
    """Print texts, each in a line of its own, messages in the user's language; `error`: on standard error."""
    for text in texts:
        print(one_line(shown(joined("", (text,)))), file=sys.stderr if error else sys.stdout)


def advise(text: Message, project: Path) -> None:
    """Print on standard error what may name commands to run; `project` is the folder as the user named it."""
    print(_as_from_here(text, project), file=sys.stderr)


def print_warnings(warnings: Iterable[Problem], project: Path) -> None:
    """Print warnings, which stop nothing; `project` is the folder as the user named it."""
    for warning in warnings:
        told = say("{at}: warning: {message}", at=warning.at, message=warning.message)
        print(_as_from_here(told, project), file=sys.stderr)


def print_problems(error: InputError, outcome: str, project: Path) -> None:
    """Print the author's problems, and as a last line how many they are and what came of them.

    `project` is the project's folder as the user named it.
    """
    count = len(error.problems)
    for problem in error.problems:
        print(_as_from_here(str(problem), project), file=sys.stderr)
    tell(
        say_count("hitoe: {count} problem, {outcome}", "hitoe: {count} problems, {outcome}", count, outcome=outcome),
        error=True,
    )


def _as_from_here(sentence: str, project: Path) -> str:
    """Return a sentence in one line for the working directory: positions that terminals can open, commands with -C."""
    folder = "" if project == Path() else f" -C {shlex.quote(str(project))}"
    placed = POSITION.sub(lambda found: one_line((project / found[0]).as_posix()), one_line(shown(sentence)))
    return OWN.sub(lambda command: command[0] + folder, placed)
