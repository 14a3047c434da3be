"""`hitoe diff`: what the next import into Anki will change."""

from argparse import ArgumentParser, Namespace

from hitoe.commands import Environment, project_folder

HELP = "print what the next import into Anki will change"


def add_arguments(parser: ArgumentParser) -> None:
    """Add `--notes`."""
    parser.add_argument("--notes", action="store_true", help="name each note, by its file and key path")


def run(arguments: Namespace, environment: Environment) -> int:
    """Print how many notes are new, changed and retired."""
    from hitoe.build import deck_release
    from hitoe.release import release

    root = project_folder(arguments)
    ledgers = release.read_ledgers(root)
    made = deck_release.of(root, ledgers, environment.now()).release
    rows = made.ledger.notes
    kept = sum(len(rows[guid].ords) for guid in ledgers[1].notes if guid in rows)
    print(f"{len(made.new)} new, {len(made.changed)} changed, {len(made.retired)} retired notes")
    print(f"{kept} {'card keeps its' if kept == 1 else 'cards keep their'} schedule")
    if arguments.notes:
        for what, guids in (("new", made.new), ("changed", made.changed), ("retired", made.retired)):
            for guid in guids:
                print(f"{what}: {rows[guid].file}: {rows[guid].path}")
    return 0
