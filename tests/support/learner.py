"""A learner who studies in the real Anki, and does to the cards whatever its menus offer."""

from collections.abc import Callable
from random import Random

from anki.cards import CardId
from anki.collection import Collection
from anki.decks import DeckId
from anki.notes import NoteId
from anki.scheduler.v3 import Scheduler

MODERN = 1_750_000_000
"""Later than any time of a history: what Anki stamped with a later one, the learner did just now."""


class Learner:
    """Acts in a collection; `edited` maps the guids of notes to the second at which the learner last changed them."""

    def __init__(self, col: Collection, random: Random) -> None:
        self.col = col
        self.random = random
        self.edited: dict[str, int] = {}
        self.actions: tuple[Callable[[], object], ...] = (
            *(self.review, self.review, self.review, self.bring_forward, self.flag, self.suspend, self.bury),
            *(self.move, self.tag, self.tag, self.mark, self.edit, self.add, self.cram),
        )

    def act(self, clock: int) -> str:
        """Do one thing at the second `clock`, and return what."""
        chosen = self.random.choice(self.actions)
        chosen()
        database = self.col.db
        assert database is not None
        # Anki stamps what it changes with the real time; in this history it is `clock`.
        for guid in database.list("select guid from notes where mod > ?", MODERN):
            self.edited[guid] = clock
        database.execute("update notes set mod = ? where mod > ?", clock, MODERN)
        return chosen.__name__

    def cards(self) -> list[CardId]:
        """Return up to six cards."""
        found = list(self.col.find_cards(""))
        return self.random.sample(found, min(len(found), self.random.randint(1, 6)))

    def notes(self) -> list[NoteId]:
        """Return up to three notes."""
        found = list(self.col.find_notes(""))
        return self.random.sample(found, min(len(found), self.random.randint(1, 3)))

    def review(self) -> None:
        """Answer up to twelve cards, well and badly."""
        scheduler = self.col.sched
        assert isinstance(scheduler, Scheduler)
        config = self.col.decks.get_config(1)  # type: ignore[arg-type]
        assert config is not None
        config["new"]["perDay"] = config["rev"]["perDay"] = 1000
        self.col.decks.save(config)
        self.col.decks.select(self.random.choice(list(self.col.decks.all_names_and_ids())).id)  # type: ignore[arg-type]
        for _ in range(12):
            queue = scheduler.get_queued_cards().cards
            if not queue:
                return
            card = self.col.get_card(CardId(queue[0].card.id))
            card.start_timer()
            rating = self.random.choice([0, 1, 2, 2, 3])
            scheduler.answer_card(
                scheduler.build_answer(card=card, states=queue[0].states, rating=rating)  # type: ignore[arg-type]
            )

    def bring_forward(self) -> None:
        """Set a due date."""
        self.col.sched.set_due_date(self.cards(), self.random.choice(["0", "3-7"]))

    def flag(self) -> None:
        """Set or clear a flag."""
        self.col.set_user_flag_for_cards(self.random.randint(0, 4), self.cards())

    def suspend(self) -> None:
        """Suspend, or take back."""
        change = self.random.choice([self.col.sched.suspend_cards, self.col.sched.unsuspend_cards])
        change(self.cards())

    def bury(self) -> None:
        """Bury until tomorrow."""
        self.col.sched.bury_cards(self.cards())

    def move(self) -> None:
        """Move cards to a deck of the learner's own."""
        self.col.set_deck(self.cards(), int(self.col.decks.id(self.random.choice(["自分", "自分::下"])) or 0))

    def tag(self) -> None:
        """Tag notes."""
        self.col.tags.bulk_add(self.notes(), f"mine::{self.random.randint(1, 9)}")

    def mark(self) -> None:
        """Mark a note."""
        self.col.tags.bulk_add(self.notes()[:1], "marked")

    def edit(self) -> None:
        """Add to a field. Words in an empty one could make a card of the learner's own, which is no matter here."""
        if not (chosen := self.notes()):
            return
        note = self.col.get_note(chosen[0])
        field = self.random.choice([number for number, words in enumerate(note.fields) if number and words])
        note.fields[field] += "(私のメモ)"
        self.col.update_note(note)

    def add(self) -> None:
        """Add a note of the learner's own, beside the deck's or elsewhere."""
        kinds = [kind for kind in self.col.models.all() if "hitoe" not in kind["name"] and kind["type"] == 0]
        note = self.col.new_note(kinds[0])
        note.fields[0], note.fields[1] = f"自分の問い{self.random.random()}", "答え"
        decks = list(self.col.decks.all_names_and_ids(include_filtered=False))
        self.col.add_note(note, DeckId(self.random.choice(decks).id))

    def cram(self) -> None:
        """Take cards into a filtered deck, or send them back."""
        deck = self.col.sched.get_or_create_filtered_deck(DeckId(0))
        deck.config.search_terms[0].search = "is:due OR is:new"
        deck.config.search_terms[0].limit = 5
        deck.config.reschedule = True
        deck.allow_empty = True
        id_ = DeckId(self.col.sched.add_or_update_filtered_deck(deck).id)
        if self.random.random() < 0.5:
            self.col.sched.empty_filtered_deck(id_)
