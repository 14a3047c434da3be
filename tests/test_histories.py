"""A year with one deck: an author who edits at will, a learner who does what Anki's menus offer, import after import.

Each history is random and has a seed, which a failure names; what happened in it is printed, one line a step.
"""

import copy
import re
import shutil
import subprocess
from pathlib import Path
from random import Random
from unicodedata import normalize

import hitoe.build.fingerprints
import hitoe.resources
import pytest
from hitoe.cli import main
from hitoe.deck.note_types import NOTE_TYPES
from hitoe.model.identity import type_id
from support import anki_engine as engine
from support import snapshot
from support.authoring import Author
from support.edits import edit
from support.learner import Learner
from support.notebook import DECK, TITLE, expected, write
from support.snapshot import Note, Package, Snapshot

HISTORIES = 200
"""Histories of `make test-full`; the first FEW run always."""
FEW = 4
BEGIN = 1_600_000_000
REBUILDS = range(4, 8)
FIELDS = {key: list(kind.fields) for key, kind in NOTE_TYPES.items()}
OURS = {key: type_id(DECK, key) for key in NOTE_TYPES}


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let hitoe print with a copy of its templates, which a history may restyle."""
    copied = tmp_path / "templates"
    shutil.copytree(hitoe.resources.folder(), copied)
    monkeypatch.setattr(hitoe.resources, "folder", lambda: copied)
    monkeypatch.setattr(hitoe.build.fingerprints, "folder", lambda: copied)
    return copied


SEEDS = [pytest.param(seed, marks=[] if seed < FEW else [pytest.mark.slow]) for seed in range(HISTORIES)]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_history_loses_a_review(seed: int, tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    with engine.collection(tmp_path / "anki") as col:
        history = History(tmp_path / "project", templates, Author(random), Learner(col, random), monkeypatch)
        history.live(random.choice(REBUILDS))
        history.heal()
    shutil.rmtree(tmp_path)


class History:
    """A project, a collection, and what must be true between them."""

    def __init__(
        self, root: Path, templates: Path, author: Author, learner: Learner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.root, self.templates, self.author, self.learner = root, templates, author, learner
        self.col, self.random, self.monkeypatch = learner.col, author.random, monkeypatch
        self.clock = BEGIN
        self.git = self.random.random() < 0.7
        self.asked: dict[str, frozenset[int]] = {}
        self.committed: dict[str, tuple[Note, int]] = {}
        self.working: dict[str, tuple[Note, int]] = {}
        (root / "content").mkdir(parents=True)
        if self.git:
            self.run_git("init", "--quiet")

    def live(self, rebuilds: int) -> None:
        """Edit, build and import, with the learner busy in between."""
        for number in range(rebuilds + 1):
            if number:
                self.edits()
            self.study()
            package = self.ship()
            self.study(self.random.choice([0, 0, 2]))
            self.import_twice(package)
            self.study()

    def heal(self) -> None:
        """Refresh all notes: whatever the learner's edits held back arrives."""
        package = self.ship("--refresh-all")
        self.import_twice(package)
        after = snapshot.of_collection(self.col)
        assert {guid: after.notes[guid] for guid in package.notes} == package.notes
        assert not self.col.get_empty_cards().notes
        for (guid, number), (front, back) in engine.sides(self.col).items():
            if guid in package.notes:
                assert engine.seen(front) != engine.seen(back), (guid, number)
                assert "has a problem" not in front + back
                assert "is blank" not in front, (guid, number)

    # ---- what happens

    def say(self, *words: object) -> None:
        print(f"{self.clock}:", *words)

    def pass_time(self) -> None:
        self.clock += self.random.randint(1, 200_000)
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(self.clock))

    def study(self, most: int = 4) -> None:
        for _ in range(self.random.randint(0, most)):
            self.pass_time()
            before = self.learner.edited.copy()
            self.say("learner", self.learner.act(self.clock), self.learner.edited.items() - before.items() or "")

    def edits(self) -> None:
        """Edit the notes, now and then with a draft that is built and partly or wholly taken back."""
        if self.git and self.random.random() < 0.3:
            kept = copy.deepcopy(self.author.notebook)
            self.edit_some()
            self.build()
            if self.random.random() < 0.5:
                self.say("author takes the draft back")
                self.author.notebook = kept
        self.edit_some()

    def edit_some(self) -> None:
        self.say("author", *(edit(self.author) for _ in range(self.random.randint(0, 7))))
        if self.random.random() < 0.15:
            self.say("author restyles")
            with (self.templates / "cards" / "card.css").open("a") as css:
                css.write(f".restyled {{ width: {self.clock}px }}\n")

    def ship(self, *words: str) -> Package:
        """Build a deck for learners: what it holds is a promise from now on."""
        package = self.build(*words)
        if self.git:
            self.run_git("add", "-A", "content")
            self.run_git("commit", "--quiet", "--allow-empty", "-m", "shipped")
        self.asked = self.cards()
        self.author.shipped = set(self.asked)
        self.committed = self.working
        return package

    def build(self, *words: str) -> Package:
        self.pass_time()
        self.say("build", *words)
        write(self.author.notebook, self.root)
        assert main(["build", "deck", "-C", str(self.root), *words]) == 0
        package = snapshot.of_package(self.root / "build" / f"{DECK}.apkg")
        told = {path: (guid, package.notes[guid]) for path, guid in package.by_path().items()}
        assert len(told) == len(package.notes), "two notes of one thing"
        assert told.keys() == self.cards().keys()
        new = {note.path: note.ords - note.retired_ords for note in expected(self.author.notebook) if not note.retired}
        for path, (guid, _) in told.items():
            assert {n for g, n in package.asked if g == guid} == new.get(path, frozenset()), path
        self.shows(package)
        base = self.committed if self.git else self.working
        self.working = {
            guid: self.since(one, base.get(guid), self.working.get(guid), new=bool(words))
            for guid, one in package.notes.items()
        }
        if not self.git:
            self.asked = self.cards()
            self.author.shipped = set(self.asked)
        return package

    def since(self, one: Note, *known: tuple[Note, int] | None, new: bool) -> tuple[Note, int]:
        """Return a note with the time since which it says what it says."""
        if new:
            return one, self.clock
        return next((row for row in known if row is not None and row[0] == one), (one, self.clock))

    # ---- what must be true

    def cards(self) -> dict[str, frozenset[int]]:
        """Return the cards by path that learners can have now: those that are asked, and all that were ever shipped."""
        cards = {
            note.path: note.ords | self.asked.get(note.path, frozenset()) for note in expected(self.author.notebook)
        }
        assert self.asked.keys() <= cards.keys()
        return {path: ords for path, ords in cards.items() if ords}

    def shows(self, package: Package) -> None:
        """Every note says what the author's notebook says now."""
        cards, guids = self.cards(), package.by_path()
        for note in expected(self.author.notebook):
            if note.path not in cards:
                continue
            fields = package.notes[guids[note.path]].fields
            names = FIELDS["cloze" if "Text" in note.shows else "choice" if "Options" in note.shows else "standard"]
            said = {name: engine.seen(value) for name, value in zip(names, fields, strict=True)}
            silent = {"Question": 0, "Answer": 0, "Reverse": 1, "ReverseAnswer": 1}
            for name, words in note.shows.items():
                if name in silent and silent[name] not in cards[note.path]:
                    continue
                for word in words:
                    assert normalize("NFC", " ".join(word.split())) in said[name], (note.path, name)
            assert bool(said["Retired"]) == note.retired, note.path

    def import_twice(self, package: Package) -> None:
        """Import with the dialog's defaults: new content arrives, all else is as it was; a second time, all is."""
        before = snapshot.of_collection(self.col)
        log = engine.import_deck(self.col, package.path)
        self.say("import", log)
        after = snapshot.of_collection(self.col)
        assert log.conflicting == 0
        self.nothing_lost(before, after, package)
        self.all_arrived(before, after, package)
        engine.import_deck(self.col, package.path)
        assert snapshot.of_collection(self.col) == after

    def nothing_lost(self, before: Snapshot, after: Snapshot, package: Package) -> None:
        assert after.reviews == before.reviews
        assert {id_: after.cards.get(id_) for id_ in before.cards} == before.cards
        assert len(set(after.guids)) == len(after.guids)
        assert set(after.guids) == {*before.guids, *package.notes}
        assert {guid: after.places[guid][0] for guid in before.guids} == {
            guid: place[0] for guid, place in before.places.items()
        }
        assert after.asked == before.asked | package.asked
        assert {id_ for id_, (name, _) in after.types.items() if "hitoe" in name} <= set(OURS.values())
        assert not [deck for deck in after.decks if deck.startswith(TITLE) and re.search(r"[+_](::|$)", deck)]

    def all_arrived(self, before: Snapshot, after: Snapshot, package: Package) -> None:
        held = set()
        for guid, one in package.notes.items():
            if self.learner.edited.get(guid, 0) < self.working[guid][1]:
                assert after.notes[guid] == one, f"{guid} did not arrive"
            else:
                assert after.notes[guid] == before.notes[guid], f"{guid} lost what the learner wrote"
                held.add(guid)
        self.say(len(held & before.notes.keys()), "notes keep the learner's words")
        for guid in before.guids:
            if guid not in package.notes:
                assert after.notes[guid] == before.notes[guid]
        parts = (self.templates / "cards" / "card.css", self.templates / "figures" / "screen.css")
        css = "".join(part.read_text("utf-8") for part in parts)
        assert {after.types[OURS[key]][1] for key in ("standard", "cloze")} == {css}
        empty = {self.col.get_note(entry.note_id).guid for entry in self.col.get_empty_cards().notes}
        assert empty <= held

    def run_git(self, *words: str) -> None:
        settings = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(self.root), *settings, *words], check=True)
