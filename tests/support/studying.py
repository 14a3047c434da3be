"""A learner who studies for days on end in the real Anki, and the collection that is left, in each form it can have."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from anki.collection import Collection, ExportAnkiPackageOptions
from anki.scheduler.v3 import CardAnswer, Scheduler

from support.anki_engine import import_deck

DAY = 86400
RATINGS = [CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.GOOD, CardAnswer.GOOD, CardAnswer.EASY]
FORMS = ("open", "schema11", "colpkg", "colpkg-legacy", "apkg", "apkg-legacy")


def sleep(col: Collection, days: int) -> None:
    """Let days go by: all that was done in the collection was done so much earlier, and its first day was too."""
    assert col.db
    col.db.execute("update revlog set id = id - ?", days * DAY * 1000)
    col.db.execute("update cards set due = due - ? where due > 1000000000", days * DAY)
    for id_, data in col.db.all("select id, data from cards where data like '%lrt%'"):
        known = json.loads(data)
        known["lrt"] -= days * DAY
        col.db.execute("update cards set data = ? where id = ?", json.dumps(known), id_)
    col.db.execute("update col set crt = crt - ?", days * DAY)
    col.close()
    col.reopen()


def study(col: Collection, random: Random, most: int) -> None:
    """Answer up to `most` cards of each deck, well and badly, each in a time of its own."""
    scheduler = col.sched
    assert isinstance(scheduler, Scheduler)
    for deck in sorted(col.decks.all_names_and_ids(), key=lambda deck: deck.name):
        col.decks.select(deck.id)  # type: ignore[arg-type]
        for _ in range(most):
            if not (queue := scheduler.get_queued_cards().cards):
                break
            card = col.get_card(queue[0].card.id)
            card.start_timer()
            answer = scheduler.build_answer(card=card, states=queue[0].states, rating=random.choice(RATINGS))
            answer.milliseconds_taken = random.randint(1500, 40000)
            scheduler.answer_card(answer)


def studied(path: Path, package: Path, *, fsrs: bool) -> Collection:
    """Return a collection at `path` whose learner imported a deck and studied it for weeks.

    Leeches come early; some cards got a due date by hand, some were crammed without effect, two were forgotten.
    """
    random = Random(5)
    path.parent.mkdir(parents=True, exist_ok=True)
    col = Collection(str(path))
    col.set_config("fsrs", fsrs)
    import_deck(col, package)
    config = col.decks.get_config(1)  # type: ignore[arg-type]
    assert config
    config["new"]["perDay"] = config["rev"]["perDay"] = 1000
    config["lapse"]["leechFails"] = 2
    col.decks.save(config)
    for days in (1, 1, 2, 1, 3, 4, 6, 1, 5, 9, 1, 0):
        study(col, random, 12)
        if days == 2:
            col.sched.set_due_date(list(col.find_cards(""))[:3], "1")
        if days == 5:
            cram(col, random)
        sleep(col, days)
    col.sched.schedule_cards_as_new(list(col.find_cards(""))[-2:])
    return col


def cram(col: Collection, random: Random) -> None:
    """Go through some cards in filtered decks: once without any effect on their schedule, once before they are due."""
    for reschedule in (False, True):
        deck = col.sched.get_or_create_filtered_deck(0)  # type: ignore[arg-type]
        deck.name = f"cram {reschedule}"
        deck.config.search_terms[0].search = "is:review"
        deck.config.search_terms[0].limit = 8
        deck.config.reschedule = reschedule
        id_ = col.sched.add_or_update_filtered_deck(deck).id
        study(col, random, 8)
        col.sched.empty_filtered_deck(id_)  # type: ignore[arg-type]
        col.decks.remove([id_])  # type: ignore[list-item]


def exported(col: Collection, folder: Path) -> dict[str, Path]:
    """Close the collection, and return the paths of all forms in which a learner can have it."""
    files = {form: folder / f"{form}.{form.partition('-')[0]}" for form in FORMS[2:]}
    for legacy, end in ((False, ""), (True, "-legacy")):
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=False, legacy=legacy
        )
        col.export_anki_package(out_path=str(files[f"apkg{end}"]), options=options, limit=None)
        col.export_collection_package(str(files[f"colpkg{end}"]), include_media=False, legacy=legacy)
        col.reopen() if not col.db else None
    path = Path(col.path)
    for form, downgrade in (("open", False), ("schema11", True)):
        col.close(downgrade=downgrade)
        files[form] = folder / form / "collection.anki2"
        files[form].parent.mkdir()
        files[form].write_bytes(path.read_bytes())
        col.reopen()
    col.close()
    return files


@contextmanager
def opened(path: Path) -> Iterator[Collection]:
    """Open a collection."""
    col = Collection(str(path))
    try:
        yield col
    finally:
        col.close()
