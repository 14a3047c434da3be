"""The ledger, `content/ledger.json`: what learners were given, and when each note last changed."""

from hitoe.history import LEDGER_FILE
from hitoe.ledger.release import Release, gone, release
from hitoe.ledger.rows import DeckRow, Ledger, LedgerError, NoteRow, TypeRow, dump, joined, load

__all__ = [
    "LEDGER_FILE",
    "DeckRow",
    "Ledger",
    "LedgerError",
    "NoteRow",
    "Release",
    "TypeRow",
    "dump",
    "gone",
    "joined",
    "load",
    "release",
]
