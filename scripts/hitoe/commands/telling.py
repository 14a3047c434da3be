"""The commands that tell, or mend the ledger; those that build are in cli.py.

Each takes what the command line says, and `now`, which gives the time.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from hitoe.problems import InputError, Problem


def warn(warnings: Sequence[Problem]) -> None:
    """Tell warnings, which stop nothing."""
    for warning in warnings:
        print(f"{warning.at}: warning: {warning.message}", file=sys.stderr)


def checks(command: ArgumentParser) -> None:
    """Add what `hitoe check` can be asked for."""
    only = command.add_mutually_exclusive_group()
    only.add_argument("--evidence", action="store_true", help="only verify the evidence of the notes")
    only.add_argument("--links", action="store_true", help="only look, over the network, whether the sources are there")
    command.add_argument(
        "--against", nargs="+", metavar="VERSION", help="tell since which release, brought by pip, evidence fails"
    )


def check(order: Namespace) -> int:
    """Read the notes and tell every mistake, and what they say that is not so. Returns the exit status."""
    from hitoe.commands import inspection
    from hitoe.terminal.progress_line import Gauge

    gauge = Gauge(sys.stderr, "hitoe: looking at sources")
    asked = inspection.Asked(evidence=order.evidence, links=order.links, against=order.against or ())
    try:
        report = inspection.of(order.project.resolve(), asked, order.now(), gauge.tell)
    finally:
        gauge.end()
    warn(report.warnings)
    if report.problems:
        raise InputError(report.problems)
    for sentence in report.sound:
        print(sentence)
    return 0


def diff(order: Namespace) -> int:
    """Tell what the next import will change. Returns the exit status."""
    from hitoe import checks
    from hitoe.release import release

    root = order.project.resolve()
    ledger, shipped = release.read_ledgers(root)
    shipment = release.ship(checks.trusted(root), ledger, shipped, order.now())
    made = shipment.release
    kept = sum(len(made.ledger.notes[guid].ords) for guid in shipped.notes if guid in made.ledger.notes)
    print(f"{len(made.new)} new, {len(made.changed)} changed, {len(made.retired)} retired notes")
    print(f"{kept} {'card keeps its' if kept == 1 else 'cards keep their'} schedule")
    if order.notes:
        for what, guids in (("new", made.new), ("changed", made.changed), ("retired", made.retired)):
            for row in (made.ledger.notes[guid] for guid in guids):
                print(f"{what}: {row.file}: {row.path}")
    return 0


def coverage(order: Namespace) -> int:
    """Tell how items and cards lie over the exam's domains, and draw it. Returns the exit status."""
    from hitoe import checks
    from hitoe.build import files
    from hitoe.stats import coverage_report

    root = order.project.resolve()
    found = coverage_report.of(checks.trusted(root))
    files.replace(root / "build", {coverage_report.FILE: found.drawing.encode()})
    print(found.table, f"build/{coverage_report.FILE}", sep="\n")
    warn(found.uncounted)
    return 0


def schema(order: Namespace) -> int:
    """Write the JSON Schema of the format. Returns the exit status."""
    from hitoe.schema import editors

    for path in editors.write(order.project.resolve()):
        print(path.relative_to(order.project.resolve()))
    return 0


def ledger(order: Namespace) -> int:
    """Make a lost ledger anew. Returns the exit status."""
    from hitoe import checks
    from hitoe.release import recovery
    from hitoe.release.git import LEDGER_FILE
    from hitoe.release.ledger import dump

    root = order.project.resolve()
    project = checks.trusted(root)
    if order.how == "rebuild":
        ledger = recovery.from_content(project, order.now())
    elif order.deck is None or not order.deck.is_file():
        what = f"no file '{order.deck}': " if order.deck else ""
        print(f"hitoe: {what}name the deck to restore from: hitoe ledger restore DECK.apkg", file=sys.stderr)
        return 1
    else:
        ledger = recovery.from_package(project, str(order.deck), order.deck.read_bytes())
    (root / LEDGER_FILE).write_text(dump(ledger), "utf-8")
    print(f"{LEDGER_FILE}: {len(ledger.notes)} notes")
    return 0
