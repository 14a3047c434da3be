"""The command line: arguments, the clock, the environment and the exit status, and nothing else."""

import argparse
import atexit
import gc
import gettext
import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from hitoe import __version__, commands, resources, translation
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
from hitoe.messages import Message, say
from hitoe.problems import CollectionError, InputError, RefusedError
from hitoe.translation import shown

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

FOLDERS = {"init": say("the folder in which DIR is made (default: this folder)")}
"""What -C names, where that is not the project."""
STOPPED = 130
"""The exit status after Ctrl-C, as that of other programs."""
UNREAD = 141
"""The exit status after nobody reads the output any more, as that of other programs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run hitoe. Returns the exit status: 0 done, 1 something must be corrected, 2 wrong arguments, STOPPED, UNREAD."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        # A console may use an encoding that lacks a character of the notes, as cp932 on Windows does.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parsed = _parsed(arguments)
    # Tens of thousands of YAML nodes live until the end; collecting garbage while and after they are used costs time.
    gc.disable()
    atexit.register(gc.freeze)
    try:
        return _run(parsed)
    except BrokenPipeError:  # what reads the output has read enough, as `head` does
        for stream in (sys.stdout, sys.stderr):
            _give_up(stream)
        return UNREAD
    except OSError:  # nor can it be told
        _give_up(sys.stderr)
        return 1


def _run(parsed: argparse.Namespace) -> int:
    """Run a command, and print what went wrong. Returns the exit status."""
    try:
        status = COMMANDS[parsed.command].run(
            parsed, commands.Environment(_now, tempfile.TemporaryDirectory, terminal())
        )
        sys.stdout.flush()
        return status
    except InputError as error:
        commands.print_problems(error, say("nothing was written"), parsed.project)
    except (CollectionError, RefusedError) as error:
        commands.advise(say("hitoe: {error}", error=error), parsed.project)
    except KeyboardInterrupt:
        commands.tell(say("hitoe: stopped"), error=True)
        return STOPPED
    except BrokenPipeError:
        raise
    except OSError as error:  # the machine's: a full disk, a folder that may not be written
        unnamed = say("the present folder") if isinstance(error, FileNotFoundError) else _unnamed()
        file, reason = error.filename or unnamed, error.strerror or error
        commands.tell(say("hitoe: {file}: {reason}", file=file, reason=reason), error=True)
    except MemoryError:
        told = say("hitoe: not enough memory: close other programs, or build one output after the other")
        commands.tell(told, error=True)
    return 1


def _unnamed() -> Message:
    """Return what an error without a name is about; what cannot be printed is still in its buffer, and is given up."""
    try:
        sys.stdout.flush()
    except OSError:
        _give_up(sys.stdout)
        return say("standard output")
    return say("a file")


def _give_up(stream: TextIO) -> None:
    """Print no more: else Python tries once more at its end, tells of that, and has an exit status of its own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _open_streams() -> None:
    """Open standard streams that are closed: else the next file gets the number of one, and messages too."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  (until the end)


class _Help(argparse.HelpFormatter):
    """Shows help in the user's language."""

    def add_text(self, text: str | None) -> None:
        super().add_text(shown(text) if text else text)

    def add_argument(self, action: argparse.Action) -> None:
        if action.help:
            action.help = shown(action.help)
        super().add_argument(action)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments, and let hitoe speak the language that they ask for, or else the environment."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--language", nargs="?")
    asked = early.parse_known_args(arguments)[0].language
    language = asked if asked in translation.LANGUAGES else translation.preferred(os.environ)
    translation.speak(language)
    with _argparse_speaks(language):
        parsed = parser(sys.argv[1:] if arguments is None else arguments).parse_args(arguments)
    parsed.language = language
    return parsed


def parser(words: Collection[str]) -> argparse.ArgumentParser:
    """Return the parser of the command line, without the arguments of commands that are not among its words."""
    description = say("One source of study notes: deck, sheet and log.")
    parser = argparse.ArgumentParser(prog="hitoe", description=description, formatter_class=_Help)
    parser.add_argument("--version", action="version", version=f"hitoe {__version__}", help=say("print the version"))
    _add_language(parser)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=shown(command.HELP), description=command.HELP, formatter_class=_Help
        )
        if name not in words:
            continue
        told = FOLDERS.get(name, say("the project (default: this folder)"))
        subparser.add_argument("-C", dest="project", type=Path, default=Path(), help=told)
        _add_language(subparser)
        command.add_arguments(subparser)
    return parser


def _add_language(parser: argparse.ArgumentParser) -> None:
    told = say("of messages, and of the notes that init writes (default: that of LANG, or English)")
    parser.add_argument("--language", choices=translation.LANGUAGES, help=told)


@contextmanager
def _argparse_speaks(language: str) -> Iterator[None]:
    """Show the words of argparse in a language: it takes them from the catalogue that gettext uses by default."""
    if language == translation.ENGLISH:
        yield
        return
    usual, wanted = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("argparse", resources.folder() / translation.FOLDER)
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(usual)
        os.environ.pop("LANGUAGE")
        if wanted is not None:
            os.environ["LANGUAGE"] = wanted


def terminal() -> TextIO | None:
    """Return the terminal that shows progress; none for a pipe, for a program that reads lines only, and in CI."""
    shows = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
    return sys.stderr if shows else None


def _now() -> int:
    """Return the time in seconds since 1970: SOURCE_DATE_EPOCH if it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,10}", epoch):
        return int(epoch)
    if epoch:
        told = say("hitoe: SOURCE_DATE_EPOCH={epoch} is ignored: it is no count of seconds since 1970", epoch=epoch)
        commands.tell(told, error=True)
    return int(time.time())
