"""The subcommands of `hitoe`: one module each, with its arguments and what it does.

To add a command, write a module with `HELP`, `add_arguments` and `run`, and name it in `hitoe.cli`.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hitoe.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Environment:
    """What commands use of the machine: the time in seconds since 1970, and a temporary folder."""

    now: Callable[[], int]
    temporary_folder: Callable[[], AbstractContextManager[str]]


class Command(Protocol):
    """A module of this package."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's own arguments."""

    def run(self, arguments: Namespace, environment: Environment) -> int:
        """Run the command and return the exit status; raises InputError, or RefusedError about the arguments."""


def project_folder(arguments: Namespace) -> Path:
    """Return the folder of the project that `-C` names."""
    folder: Path = arguments.project.resolve()
    return folder


def print_warnings(warnings: Iterable[Problem]) -> None:
    """Print warnings, which stop nothing."""
    for warning in warnings:
        print(f"{warning.at}: warning: {warning.message}", file=sys.stderr)


def print_problems(error: InputError, outcome: str) -> None:
    """Print the author's problems, and as a last line how many they are and what came of them."""
    count = len(error.problems)
    print(error, f"hitoe: {count} problem{'s' * (count != 1)}, {outcome}", sep="\n", file=sys.stderr)
