"""Messages on standard error that several commands print."""

import sys
from collections.abc import Iterable

from hitoe.problems import Problem


def print_warnings(warnings: Iterable[Problem]) -> None:
    """Print warnings, which stop nothing."""
    for warning in warnings:
        print(f"{warning.at}: warning: {warning.message}", file=sys.stderr)
