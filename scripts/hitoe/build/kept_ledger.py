"""The ledger of a project after an import of notes that go on, with the times of change that a collection has.

What a build makes of an unedited note has then the time that the learner's note has, and Anki leaves it alone.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hitoe import checks
from hitoe.build import collect, topic_file
from hitoe.build.topic_file import Task
from hitoe.deck import Note
from hitoe.importing.anki_file import ForeignNote
from hitoe.memo import Memo
from hitoe.model import loader
from hitoe.model.project import is_topic
from hitoe.problems import InputError, RefusedError
from hitoe.release import kept_types, release
from hitoe.release.ledger import Ledger
from hitoe.release.ledger_update import updated


def after_import(root: Path, scratch: Path, files: Mapping[str, str], notes: Sequence[ForeignNote]) -> Ledger:
    """Return the project's ledger with rows of the notes that were imported, and of their note types.

    `files` are the texts of the new files by name, and `scratch` is the folder that has the new pictures and sounds as
    the project will.

    Raises:
        InputError: a file cannot be used.
        RefusedError: learners have one of the notes with another note type: the package is this project's own deck.
        ValueError: a field would reach Anki with other characters; that is a mistake of hitoe's.
    """
    before, _ = release.read_ledgers(root) if root.exists() else (Ledger(), Ledger())
    texts = {**loader.texts(root)[0], **{name: text.encode() for name, text in files.items()}}
    settings, deck = topic_file.settings(texts), checks.deck_file(scratch, texts)
    tasks = [Task("deck", scratch, settings, name, texts[name]) for name in files if is_topic(name)]
    results = collect.results(tasks, Memo())
    problems = [*deck.problems, *(problem for result in results for problem in result.problems)]
    if problems or deck.project is None:
        raise InputError(problems)
    made = {note.guid: note for result in results for note in result.notes}
    _refuse_own(made, before)
    for note in notes:
        if made[note.guid].text != note.text:
            raise ValueError(f"the fields of note {note.id} would change: {note.text!r} to {made[note.guid].text!r}")
    rows = kept_types.rows(kept_types.used(deck.project, list(made.values())))
    new = updated((before, before), made.values(), rows, {}, 0, refresh=False)
    mods = {note.guid: note.mod for note in notes}
    times = {int(note.type.model["id"]): int(note.type.model["mod"]) for note in notes}
    types = {
        key: row._replace(mod=times[row.id]) if key not in before.types and row.id in times else row
        for key, row in new.types.items()
    }
    return Ledger(
        {**before.notes, **{its: row._replace(mod=mods[its]) for its, row in new.notes.items()}}, types, new.decks
    )


def _refuse_own(made: Mapping[str, Note], before: Ledger) -> None:
    for its, note in made.items():
        if its in before.notes and before.notes[its].type != note.type:
            raise RefusedError(
                "nothing was imported, for '{path}' in the package is a note of this project: import the notes of "
                "other decks alone",
                path=before.notes[its].path,
            )
