"""The command line: alone it reads the clock and the environment, and catches the author's errors."""

import argparse
import atexit
import gc
import os
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import __version__
from hitoe.commands import telling
from hitoe.problems import CollectionError, InputError, RefusedError

if TYPE_CHECKING:
    from hitoe.build.request import Report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run hitoe. Returns the exit status: 0 done, 1 the author must mend something."""
    order = _parser().parse_args(arguments)
    # Tens of thousands of nodes live to the end; looking through them again and again, or then, only costs time.
    gc.disable()
    atexit.register(gc.freeze)
    try:
        done: int = order.run(order)
        return done
    except InputError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"hitoe: {count} problem{'s' * (count != 1)}, nothing was written", file=sys.stderr)
        return 1
    except (CollectionError, RefusedError) as error:
        print(f"hitoe: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hitoe", description="One source of study notes: deck, sheet and log.")
    parser.add_argument("--version", action="version", version=f"hitoe {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = _command(commands, "build", _build, "build deck, sheet and log, or those that are named")
    build.add_argument("outputs", nargs="*", metavar="deck|sheet|log", choices=["deck", "sheet", "log", []])
    build.add_argument(
        "--topic", dest="topics", action="append", default=[], metavar="TOPIC", help="sheet: one of this topic alone"
    )
    build.add_argument("-o", dest="out", type=Path, help="write here instead of build/; the ledger stays as it is")
    build.add_argument("--locked", action="store_true", help="fail if the ledger would change (for CI)")
    build.add_argument(
        "--refresh-all", action="store_true", help="let every note count as changed, for learners who edited theirs"
    )
    build.add_argument(
        "--progress", type=Path, metavar="COLLECTION", help="log and sheet also tell what this Anki collection says"
    )
    log = _command(commands, "log", _log, "build the weekly log, or the posts of some weeks and nothing else")
    weeks = log.add_mutually_exclusive_group()
    weeks.add_argument("--week", action="append", help="this week's post, 2020-W30 say; may be repeated")
    weeks.add_argument("--since", metavar="WEEK", help="the posts of this week and all later ones")
    log.add_argument("-o", dest="out", type=Path, help="write here instead of build/")
    log.add_argument("--progress", type=Path, metavar="COLLECTION", help="also tell what this Anki collection says")
    telling.checks(_command(commands, "check", telling.check, "read the notes and tell every mistake; build nothing"))
    diff = _command(commands, "diff", telling.diff, "tell what the next import into Anki will change")
    diff.add_argument("--notes", action="store_true", help="name each note, by its file and key path")
    progress = _command(commands, "progress", _progress, "tell how learning in Anki goes, week by week and in total")
    progress.add_argument(
        "collection", type=Path, metavar="COLLECTION", help="collection.anki2, .colpkg, or .apkg with scheduling"
    )
    progress.add_argument("--week", help="an ISO week, 2020-W30 (default: the last with reviews)")
    progress.add_argument("--json", action="store_true", help="print JSON, for other programs")
    _command(
        commands, "coverage", telling.coverage, "tell how items and cards lie over the exam's domains, and draw it"
    )
    _command(commands, "schema", telling.schema, "write the JSON Schema of the format, for editors")
    ledger = _command(commands, "ledger", telling.ledger, "make a lost ledger anew")
    ledger.add_argument("how", choices=["restore", "rebuild"])
    ledger.add_argument("deck", nargs="?", type=Path, metavar="DECK.apkg", help="restore: the last deck that was built")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, help_: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=help_)
    command.add_argument("-C", dest="project", type=Path, default=Path(), help="the project (default: this folder)")
    command.set_defaults(run=run, now=_now)
    return command


def _now() -> int:
    """Return the time: SOURCE_DATE_EPOCH if it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,10}", epoch):
        return int(epoch)
    if epoch:
        print(f"hitoe: SOURCE_DATE_EPOCH={epoch} is ignored: it is no count of seconds since 1970", file=sys.stderr)
    return int(time.time())


def _places(order: argparse.Namespace) -> tuple[Path, Path]:
    """Return the project's folder and the one to write into.

    Raises:
        RefusedError: the latter is a file.
    """
    root = order.project.resolve()
    out = root / "build" if order.out is None else order.out.resolve()
    if out.exists() and not out.is_dir():
        raise RefusedError(f"{out} is a file: name a folder to write into")
    return root, out


def _build(order: argparse.Namespace) -> int:
    if order.topics and order.outputs != ["sheet"]:
        print("hitoe: --topic is for sheets: hitoe build sheet --topic TOPIC", file=sys.stderr)
        return 2
    from hitoe.build import pipeline
    from hitoe.build.request import Order
    from hitoe.terminal.progress_line import Gauge

    root, out = _places(order)
    own = out == (root / "build").resolve()
    gauge = Gauge(sys.stderr, "hitoe: laying out")
    try:
        report = pipeline.build(
            Order(
                root=root,
                out=out,
                outputs=order.outputs or list(pipeline.OUTPUTS),
                now=_now(),
                ledger=own,
                locked=order.locked,
                refresh=order.refresh_all,
                topics=order.topics,
                done=gauge.tell,
                progress=order.progress,
            )
        )
    finally:
        gauge.end()
    _tell(report, order.out or Path("build"), own=own)
    return 0


def _tell(report: "Report", out: Path, *, own: bool = False) -> None:
    """Say what was built in `out`, and what follows from it where that is the project's own folder."""
    for files in report.files.values():
        for file in files:
            print(f"{out}/{file}")
    telling.warn(report.warnings)
    if report.shipment:
        for notice in report.shipment.notices:
            print(f"hitoe: {notice}", file=sys.stderr)
    if report.ledger_changed and own:
        print("hitoe: commit content/ledger.json with the deck you import", file=sys.stderr)


def _log(order: argparse.Namespace) -> int:
    if not order.week and order.since is None:
        order.outputs, order.topics, order.locked, order.refresh_all = ["log"], [], False, False
        return _build(order)
    from hitoe.build import pipeline
    from hitoe.build.request import Order
    from hitoe.log.week_filter import WeekFilter

    root, out = _places(order)
    asked = WeekFilter(order.week or (), order.since)
    work = Order(root=root, out=out, outputs=["log"], now=_now(), progress=order.progress)
    report = pipeline.posts(work, asked.wants)
    _tell(report, order.out or Path("build"))
    if asked.missing:
        raise RefusedError(f"nothing was learned {asked.missing}: look at `learned:` in the notes")
    return 0


def _progress(order: argparse.Namespace) -> int:
    from hitoe import checks, progress
    from hitoe.progress import report
    from hitoe.schema import Week

    try:
        week = Week.read(order.week) if order.week else None
    except ValueError as error:
        print(f"hitoe: --week: {error}", file=sys.stderr)
        return 1
    project = checks.trusted(order.project.resolve())
    with tempfile.TemporaryDirectory() as scratch:
        found = progress.of(project, order.collection, Path(scratch) / "collection")
    print((report.as_json if order.json else report.table)(found, week))
    return 0
