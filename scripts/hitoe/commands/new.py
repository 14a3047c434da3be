"""`hitoe new`: add a topic, an entry or an item to the notes, to be filled in."""

import re
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from hitoe.commands import Environment, project_folder, tell
from hitoe.messages import say
from hitoe.problems import RefusedError
from hitoe.values.week import Week

HELP = say("add a topic, an entry or an item to the notes, to be filled in")
KINDS = ("topic", "entry", "fact", "cloze", "table", "steps", "code", "choice", "calc", "picture")


def add_arguments(parser: ArgumentParser) -> None:
    """Add what is to be added, and where."""
    parser.add_argument("kind", choices=KINDS, metavar="|".join(KINDS))
    parser.add_argument("title", nargs="?", default="", metavar="TITLE", help=say("its title, question or sentence"))
    parser.add_argument(
        "--in", dest="place", default="", metavar="KEY", help=say("the entry, or the topic: then its last entry")
    )
    parser.add_argument("--key", default="", help=say("its key (default: one made from the title)"))
    parser.add_argument("--image", default="", metavar="FILE", help=say("picture: its file, in content/"))


def run(arguments: Namespace, environment: Environment) -> int:
    """Add it, and print where it is."""
    from hitoe.start import stubs

    if arguments.kind == "picture" and not arguments.image:
        raise RefusedError("a picture needs its file: name it with --image, as it lies in content/")
    wanted = stubs.Wanted(
        arguments.kind,
        joined_lines(arguments.title),
        arguments.key,
        arguments.place,
        arguments.image,
        week(environment.now()),
    )
    at = stubs.add(project_folder(arguments), wanted)
    tell(f"{(arguments.project / at.file).as_posix()}:{at.line}:{at.column}")
    return 0


def joined_lines(text: str) -> str:
    """Return a text of the command line without line ends."""
    return re.sub(r"\s*[\r\n\t]\s*", " ", text).strip()


def week(now: int) -> str:
    """Return the ISO week of a time in seconds since 1970, by UTC, such as 2020-W30."""
    return str(Week.of(datetime.fromtimestamp(now, UTC).date()))
