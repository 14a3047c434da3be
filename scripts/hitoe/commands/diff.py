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
    from hitoe.release.ledger import NoteRow

    root = project_folder(arguments)
    ledgers = release.read_ledgers(root)
    shipped, rows = ledgers[1].notes, deck_release.of(root, ledgers, environment.now()).ledger.notes
    found: dict[str, list[NoteRow]] = {"new": [], "changed": [], "retired": []}
    for guid, row in rows.items():
        if guid not in shipped:
            found["new"].append(row)
        elif row.mod != shipped[guid].mod:
            found["retired" if row.retired and not shipped[guid].retired else "changed"].append(row)
    kept = sum(len(rows[guid].ords) for guid in shipped if guid in rows)
    print(", ".join(f"{len(its_rows)} {what}" for what, its_rows in found.items()), "notes")
    print(f"{kept} {'card keeps its' if kept == 1 else 'cards keep their'} schedule")
    if arguments.notes:
        for what, its_rows in found.items():
            for row in its_rows:
                print(f"{what}: {row.file}: {row.path}")
    return 0
