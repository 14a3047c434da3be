"""The command line: arguments, the clock, the environment and the exit status, and nothing else."""

import argparse
import atexit
import gc
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from hitoe import __version__, commands
from hitoe.commands import (
    build,
    check,
    coverage,
    diff,
    doctor,
    import_,
    init,
    ledger,
    log,
    new,
    open_deck,
    preview,
    progress,
    push,
    schema,
    where,
)
from hitoe.messages import say
from hitoe.problems import CollectionError, InputError, RefusedError, one_line

COMMANDS: Mapping[str, commands.Command] = {
    "init": init,
    "new": new,
    "build": build,
    "log": log,
    "preview": preview,
    "check": check,
    "diff": diff,
    "where": where,
    "push": push,
    "open": open_deck,
    "progress": progress,
    "coverage": coverage,
    "schema": schema,
    "ledger": ledger,
    "import": import_,
    "doctor": doctor,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run hitoe. Returns the exit status: 0 done, 1 something must be corrected, 2 wrong arguments."""
    for stream in (sys.stdout, sys.stderr):
        # A console may use an encoding that lacks a character of the notes, as cp932 on Windows does.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parsed = parser().parse_args(arguments)
    # Tens of thousands of YAML nodes live until the end; collecting garbage while and after they are used costs time.
    gc.disable()
    atexit.register(gc.freeze)
    try:
        return COMMANDS[parsed.command].run(parsed, commands.Environment(_now, tempfile.TemporaryDirectory))
    except InputError as error:
        commands.print_problems(error, say("nothing was written"), parsed.project)
    except (CollectionError, RefusedError) as error:
        print(one_line(say("hitoe: {error}", error=error)), file=sys.stderr)
    except OSError as error:  # the machine's: a full disk, a folder that may not be written
        print(
            one_line(
                say(
                    "hitoe: {file}: {reason}",
                    file=error.filename or say("a file"),
                    reason=error.strerror or error,
                )
            ),
            file=sys.stderr,
        )
    except MemoryError:
        print(
            say("hitoe: not enough memory: close other programs, or build one output after the other"), file=sys.stderr
        )
    return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="hitoe", description=say("One source of study notes: deck, sheet and log."))
    parser.add_argument("--version", action="version", version=f"hitoe {__version__}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.HELP, description=command.HELP)
        subparser.add_argument(
            "-C", dest="project", type=Path, default=Path(), help=say("the project (default: this folder)")
        )
        command.add_arguments(subparser)
    return parser


def _now() -> int:
    """Return the time in seconds since 1970: SOURCE_DATE_EPOCH if it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,10}", epoch):
        return int(epoch)
    if epoch:
        print(
            say("hitoe: SOURCE_DATE_EPOCH={epoch} is ignored: it is no count of seconds since 1970", epoch=epoch),
            file=sys.stderr,
        )
    return int(time.time())
