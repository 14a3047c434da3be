"""The commands that tell, or mend the ledger; those that build are in cli.py.

Each takes what the command line says, and `now`, which gives the time.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence

from hitoe.problems import Problem


def warn(warnings: Sequence[Problem]) -> None:
    """Tell warnings, which stop nothing."""
    for warning in warnings:
        print(f"{warning.at}: warning: {warning.message}", file=sys.stderr)


def check(order: Namespace) -> int:
    """Read the notes and tell every mistake. Returns the exit status."""
    from hitoe import checks, shipping
    from hitoe.sheet.glyphs import missing

    root = order.project.resolve()
    project = checks.trusted(root)
    shipping.promised(project, shipping.read_ledgers(root)[1])
    # Deck and log may have signs that the sheet cannot print; only there they are errors.
    warn(sorted({*checks.warnings(project), *missing(project)}))
    items = sum(len(placed.entry.items) for placed in project.entries())
    print(f"{len(project.topics)} topics, {sum(1 for _ in project.entries())} entries, {items} items: no problems")
    return 0


def diff(order: Namespace) -> int:
    """Tell what the next import will change. Returns the exit status."""
    from hitoe import checks, shipping

    root = order.project.resolve()
    ledger, shipped = shipping.read_ledgers(root)
    shipment = shipping.ship(checks.trusted(root), ledger, shipped, order.now())
    release = shipment.release
    kept = sum(len(release.ledger.notes[guid].ords) for guid in shipped.notes if guid in release.ledger.notes)
    print(f"{len(release.new)} new, {len(release.changed)} changed, {len(release.retired)} retired notes")
    print(f"{kept} {'card keeps its' if kept == 1 else 'cards keep their'} schedule")
    if order.notes:
        for what, guids in (("new", release.new), ("changed", release.changed), ("retired", release.retired)):
            for row in (release.ledger.notes[guid] for guid in guids):
                print(f"{what}: {row.file}: {row.path}")
    return 0


def schema(order: Namespace) -> int:
    """Write the JSON Schema of the format. Returns the exit status."""
    from hitoe.schema import editors

    for path in editors.write(order.project.resolve()):
        print(path.relative_to(order.project.resolve()))
    return 0


def ledger(order: Namespace) -> int:
    """Make a lost ledger anew. Returns the exit status."""
    from hitoe import checks, recovery
    from hitoe.ledger import LEDGER_FILE, dump

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
