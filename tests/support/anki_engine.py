"""The real Anki: collections in a folder, imports with the dialog's defaults, reviews through the scheduler."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer, Scheduler

SCHEDULE = "did, type, queue, due, ivl, factor, reps, lapses, c.flags, c.data"


@dataclass(frozen=True)
class Log:
    """How many notes an import said were new, updated, as they were, and refused."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """Open an empty collection in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    col = Collection(str(folder / "collection.anki2"))
    try:
        yield col
    finally:
        col.close()


def import_deck(col: Collection, package: Path) -> Log:
    """Import as the dialog does when nothing in it is touched."""
    options = col._backend.get_import_anki_package_presets()
    request = ImportAnkiPackageRequest(package_path=str(package), options=options)
    log = col.import_anki_package(request).log
    # Python keeps note types across imports that changed them.
    col.models._clear_cache()
    return Log(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))


def faults(col: Collection) -> list[str]:
    """Let Anki check and mend the database, and return what was wrong with it.

    It is no fault that it writes the time of a review to a card whose answer it had stored as a second ended.
    """
    *found, _done = col.fix_integrity()[0].splitlines()
    return [fault for fault in found if not fault.startswith("Added last review time")]


def study(col: Collection, most: int = 1000) -> int:
    """Answer up to `most` cards through the scheduler, each once with Easy, and return how many were answered."""
    # Each subdeck has Anki's preset with 20 new cards a day: more would wait until tomorrow.
    config = col.decks.get_config(1)  # type: ignore[arg-type]
    assert config is not None
    config["new"]["perDay"] = config["rev"]["perDay"] = most
    col.decks.save(config)
    scheduler = col.sched
    assert isinstance(scheduler, Scheduler)
    answered = 0
    for deck in sorted(col.decks.all_names_and_ids(), key=lambda deck: deck.name):
        col.decks.select(deck.id)  # type: ignore[arg-type]
        while answered < most and (queue := scheduler.get_queued_cards().cards):
            card = col.get_card(queue[0].card.id)
            card.start_timer()
            answer = scheduler.build_answer(card=card, states=queue[0].states, rating=CardAnswer.EASY)
            scheduler.answer_card(answer)
            answered += 1
    return answered


def schedules(col: Collection) -> dict[tuple[str, int], tuple[object, ...]]:
    """Return the schedule of each card, by the note's guid and the card's ord."""
    rows = col.db.all(f"select n.guid, c.ord, {SCHEDULE} from cards c, notes n where c.nid = n.id")  # type: ignore[union-attr]
    return {(guid, ord_): tuple(rest) for guid, ord_, *rest in rows}


def fields(col: Collection) -> dict[str, dict[str, str]]:
    """Return the fields of each note by guid."""
    notes = (col.get_note(id_) for id_ in col.find_notes(""))
    return {note.guid: dict(note.items()) for note in notes}


def tags(col: Collection) -> dict[str, list[str]]:
    """Return the tags of each note by guid."""
    return {note.guid: note.tags for note in (col.get_note(id_) for id_ in col.find_notes(""))}


def reviews(col: Collection) -> int:
    """Return how many reviews are logged."""
    return int(col.db.scalar("select count() from revlog"))  # type: ignore[union-attr]


def sides(col: Collection) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the HTML of question and answer of each card, by guid and ord."""
    rendered = {}
    for id_ in col.find_cards(""):
        card = col.get_card(id_)
        output = card.render_output()
        rendered[card.note().guid, card.ord] = (output.question_text, output.answer_text)
    return rendered


def seen(html: str) -> str:
    """Return the characters that a learner sees of some HTML, white space folded."""
    shown = re.sub(r"<(style|script).*?</\1>|<!--.*?-->", "", html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).split())
