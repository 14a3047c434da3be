"""Messages on standard error that several commands print."""

import sys
from collections.abc import Iterable

from hitoe.problems import InputError, Problem


def print_warnings(warnings: Iterable[Problem]) -> None:
    """Print warnings, which stop nothing."""
    for warning in warnings:
        print(f"{warning.at}: warning: {warning.message}", file=sys.stderr)


def print_problems(error: InputError, outcome: str) -> None:
    """Print the author's problems, and as a last line how many they are and what came of them."""
    count = len(error.problems)
    print(error, f"hitoe: {count} problem{'s' * (count != 1)}, {outcome}", sep="\n", file=sys.stderr)
