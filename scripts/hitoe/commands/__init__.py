"""The subcommands of `hitoe`: one module each, with its arguments and what it does.

To add a command, write a module with `HELP`, `add_arguments` and `run`, and name it in `hitoe.cli`.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Environment:
    """What a command may ask of the machine: the time in seconds since 1970, and a temporary folder."""

    now: Callable[[], int]
    temporary_folder: Callable[[], AbstractContextManager[str]]


class Command(Protocol):
    """A module of this package."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's own arguments."""

    def run(self, arguments: Namespace, environment: Environment) -> int:
        """Run the command. Returns the exit status."""


def project_folder(arguments: Namespace) -> Path:
    """Return the folder of the project that `-C` names."""
    folder: Path = arguments.project.resolve()
    return folder
