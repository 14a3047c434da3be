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
from hitoe.problems import CollectionError, InputError, Problem

if TYPE_CHECKING:
    from hitoe.pipeline import Report


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
    except CollectionError as error:
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
    _command(commands, "check", _check, "read the notes and tell every mistake; build nothing")
    diff = _command(commands, "diff", _diff, "tell what the next import into Anki will change")
    diff.add_argument("--notes", action="store_true", help="name each note, by its file and key path")
    progress = _command(commands, "progress", _progress, "tell how learning in Anki goes, week by week and in total")
    progress.add_argument(
        "collection", type=Path, metavar="COLLECTION", help="collection.anki2, .colpkg, or .apkg with scheduling"
    )
    progress.add_argument("--week", help="an ISO week, 2020-W30 (default: the last with reviews)")
    progress.add_argument("--json", action="store_true", help="print JSON, for other programs")
    _command(commands, "schema", _schema, "write the JSON Schema of the format, for editors")
    ledger = _command(commands, "ledger", _ledger, "make a lost ledger anew")
    ledger.add_argument("how", choices=["restore", "rebuild"])
    ledger.add_argument("deck", nargs="?", type=Path, metavar="DECK.apkg", help="restore: the last deck that was built")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, help_: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=help_)
    command.add_argument("-C", dest="project", type=Path, default=Path(), help="the project (default: this folder)")
    command.set_defaults(run=run)
    return command


def _now() -> int:
    """Return the time: SOURCE_DATE_EPOCH if it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,10}", epoch):
        return int(epoch)
    if epoch:
        print(f"hitoe: SOURCE_DATE_EPOCH={epoch} is ignored: it is no count of seconds since 1970", file=sys.stderr)
    return int(time.time())


def _build(order: argparse.Namespace) -> int:
    if order.topics and order.outputs != ["sheet"]:
        print("hitoe: --topic is for sheets: hitoe build sheet --topic TOPIC", file=sys.stderr)
        return 2
    from hitoe import pipeline
    from hitoe.gauge import Gauge

    root = order.project.resolve()
    out = root / "build" if order.out is None else order.out.resolve()
    if out.exists() and not out.is_dir():
        print(f"hitoe: {out} is a file: name a folder to write into", file=sys.stderr)
        return 1
    own = out == (root / "build").resolve()
    gauge = Gauge(sys.stderr, "hitoe: laying out")
    try:
        report = pipeline.build(
            pipeline.Order(
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
    except pipeline.LockedError:
        print("hitoe: content/ledger.json would change: run `make deck` and commit it", file=sys.stderr)
        return 1
    except pipeline.UnknownTopicError as error:
        print(f"hitoe: {error}", file=sys.stderr)
        return 1
    finally:
        gauge.end()
    _tell(report, order.out or Path("build"), own=own)
    return 0


def _tell(report: "Report", out: Path, *, own: bool) -> None:
    """Say what was built in `out`, and what follows from it where that is the project's own folder."""
    for files in report.files.values():
        for file in files:
            print(f"{out}/{file}")
    _warn(report.warnings)
    if report.shipment:
        for notice in report.shipment.notices:
            print(f"hitoe: {notice}", file=sys.stderr)
    if report.ledger_changed and own:
        print("hitoe: commit content/ledger.json with the deck you import", file=sys.stderr)


def _warn(warnings: Sequence[Problem]) -> None:
    for warning in warnings:
        print(f"{warning.at}: warning: {warning.message}", file=sys.stderr)


def _check(order: argparse.Namespace) -> int:
    from hitoe import checks, shipping
    from hitoe.sheet.glyphs import missing

    root = order.project.resolve()
    project = checks.trusted(root)
    shipping.promised(project, shipping.read_ledgers(root)[1])
    # Deck and log may have signs that the sheet cannot print; only there they are errors.
    _warn(sorted({*checks.warnings(project), *missing(project)}))
    items = sum(len(placed.entry.items) for placed in project.entries())
    print(f"{len(project.topics)} topics, {sum(1 for _ in project.entries())} entries, {items} items: no problems")
    return 0


def _diff(order: argparse.Namespace) -> int:
    from hitoe import checks, shipping

    root = order.project.resolve()
    ledger, shipped = shipping.read_ledgers(root)
    shipment = shipping.ship(checks.trusted(root), ledger, shipped, _now())
    release = shipment.release
    kept = sum(len(release.ledger.notes[guid].ords) for guid in shipped.notes if guid in release.ledger.notes)
    print(f"{len(release.new)} new, {len(release.changed)} changed, {len(release.retired)} retired notes")
    print(f"{kept} {'card keeps its' if kept == 1 else 'cards keep their'} schedule")
    if order.notes:
        for what, guids in (("new", release.new), ("changed", release.changed), ("retired", release.retired)):
            for row in (release.ledger.notes[guid] for guid in guids):
                print(f"{what}: {row.file}: {row.path}")
    return 0


def _progress(order: argparse.Namespace) -> int:
    from hitoe import checks, progress
    from hitoe.progress import report
    from hitoe.schema import Week

    try:
        week = Week.parsed(order.week) if order.week else None
    except ValueError as error:
        print(f"hitoe: --week: {error}", file=sys.stderr)
        return 1
    project = checks.trusted(order.project.resolve())
    with tempfile.TemporaryDirectory() as scratch:
        found = progress.of(project, order.collection, Path(scratch) / "collection")
    print((report.as_json if order.json else report.table)(found, week))
    return 0


def _schema(order: argparse.Namespace) -> int:
    from hitoe.schema import editors

    for path in editors.write(order.project.resolve()):
        print(path.relative_to(order.project.resolve()))
    return 0


def _ledger(order: argparse.Namespace) -> int:
    from hitoe import checks, recovery
    from hitoe.ledger import LEDGER_FILE, dump

    root = order.project.resolve()
    project = checks.trusted(root)
    if order.how == "rebuild":
        ledger = recovery.from_content(project, _now())
    elif order.deck is None or not order.deck.is_file():
        what = f"no file '{order.deck}': " if order.deck else ""
        print(f"hitoe: {what}name the deck to restore from: hitoe ledger restore DECK.apkg", file=sys.stderr)
        return 1
    else:
        ledger = recovery.from_package(project, str(order.deck), order.deck.read_bytes())
    (root / LEDGER_FILE).write_text(dump(ledger), "utf-8")
    print(f"{LEDGER_FILE}: {len(ledger.notes)} notes")
    return 0
