"""A project that is read again after each save: only the files that changed, and their last good cards until then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from hitoe import checks, writing
from hitoe.build import collect, deck_release, topic_file
from hitoe.build.collect import Collected
from hitoe.build.topic_file import Settings, Task, TopicResult, is_remembered
from hitoe.deck import Note, kept_models, note_models
from hitoe.deck.cards import templates
from hitoe.deck.note_types import TypeWords
from hitoe.memo import Memo
from hitoe.model import loader
from hitoe.model.loader import Places
from hitoe.model.outline import TopicOutline
from hitoe.model.project import Project, is_topic
from hitoe.preview.judging import Judgement
from hitoe.preview.rows import Row, flagged, rows
from hitoe.problems import InputError, Position, Problem
from hitoe.release import kept_types, release
from hitoe.release.ledger import Ledger
from hitoe.release.release import ROOT_DECK
from hitoe.release.type_choice import chosen

NO_LEDGERS = (Ledger(), Ledger())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The cards as they were last good, and what is wrong now. `files` has the rows of the list by file, in order.

    `notes` are by guid, `models` are the note types as Anki's JSON, by key; `texts` are the files as they are now.
    `reading` counts how often the notes were read, `version` also what was found about them later: `findings`.
    """

    version: int = 0
    reading: int = 0
    title: str = ""
    language: str = ""
    files: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    findings: Sequence[Problem] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)

    def place(self, guid: str) -> Position | None:
        """Return where the item of a note is written; None without such a note."""
        note = self.notes.get(guid)
        return Places(self.texts).at(note.file, *note.loc, key=True) if note else None


class LiveProject:
    """A project's cards. `read` makes a new snapshot; what a reader has of the one before stays as it is."""

    def __init__(self, root: Path, memory: Memo) -> None:
        """Take the project's folder, and what builds remember of it."""
        self.root = root
        self.snapshot = Snapshot()
        self._memory = memory
        self._deck: Project | None = None
        self._settings: Settings = ()
        self._results: dict[str, TopicResult] = {}
        self._good: dict[str, TopicResult] = {}
        self._outlines: dict[str, TopicOutline] = {}
        self._ledgers = NO_LEDGERS
        self._of_ledgers: Sequence[Problem] = ()
        self._rows: dict[str, tuple[object, Sequence[Row]]] = {}
        self._shipped = Memo()
        self._judged: dict[str, frozenset[str]] = {}

    def read(self, others: bool = True) -> Snapshot:
        """Return a new snapshot; `others`: pictures, sounds and the ledger may have changed."""
        texts, problems = loader.texts(self.root)
        problems += self._read_deck(texts)
        if others:
            self._read_ledgers()
        problems += self._of_ledgers
        self._work_out(texts, others)
        outlines = {name: each.outline for name, each in self._results.items() if each.outline}
        self._outlines |= outlines
        between, alike = checks.between_files(outlines, texts)
        problems += [*(problem for each in self._results.values() for problem in each.problems), *between]
        problems += loader.without_topics(self.root, texts)
        if not problems and self._deck:
            problems += self._compatible(self._deck, texts, outlines)
        warnings = [warning for each in self._results.values() for warning in each.warnings]
        warnings += [*alike, *loader.unread(self.root)]
        shown = self._shown(texts, sorted(set(problems)), sorted(set(warnings)))
        self.snapshot = replace(shown, reading=shown.reading + 1)
        return self.snapshot

    def judged(self, judgement: Judgement) -> Snapshot:
        """Return a new snapshot with the rules' findings; in files that were saved since, cards stay as flagged."""
        before, places = self.snapshot, Places(self.snapshot.texts)
        for name, its in self._good.items():
            if judgement.digests.get(name) == writing.digest(before.texts[name]):
                self._judged[name] = flagged(its.notes, judgement.findings, name, places)
        shown = self._shown(before.texts, before.problems, before.warnings)
        self.snapshot = replace(shown, findings=judgement.findings)
        return self.snapshot

    def _read_deck(self, texts: Mapping[str, bytes]) -> list[Problem]:
        """Read deck.yaml; while it has mistakes, the deck stays as it was."""
        deck = checks.deck_file(self.root, texts)
        if deck.project and not deck.problems:
            self._deck, self._settings = deck.project, topic_file.settings(texts)
        return list(deck.problems)

    def _read_ledgers(self) -> None:
        try:
            self._ledgers, self._of_ledgers = release.read_ledgers(self.root), ()
        except InputError as error:
            self._of_ledgers = error.problems

    def _work_out(self, texts: Mapping[str, bytes], others: bool) -> None:
        """Work out the topic files that are other than before."""
        settings, before = self._settings, self.snapshot.texts
        tasks = [Task("deck", self.root, settings, name, text) for name, text in texts.items() if is_topic(name)]
        same = topic_file.settings(before) == topic_file.settings(texts)
        stale = [
            task
            for task in tasks
            if not (same and before.get(task.name) == task.text and task.name in self._results)
            or (others and (self._results[task.name].problems or not is_remembered(task, self._results[task.name])))
        ]
        new = collect.results(stale, self._memory)
        self._memory = Memo()
        self._results |= {task.name: result for task, result in zip(stale, new, strict=True)}
        for kept in (self._results, self._good, self._outlines, self._rows, self._judged):
            for name in kept.keys() - texts.keys():
                del kept[name]
        good = (each.outline is not None and not each.problems for each in new)
        self._good |= {task.name: each for task, each, is_good in zip(stale, new, good, strict=True) if is_good}

    def _compatible(
        self, deck: Project, texts: Mapping[str, bytes], outlines: Mapping[str, TopicOutline]
    ) -> list[Problem]:
        """Keep the cards that learners have; return what would orphan some."""
        collected = Collected(deck, texts, dict(self._results), outlines, ())
        memory = Memo(content=self._shipped.content())
        results, problems = deck_release.with_shipped_cards(collected, memory, self._ledgers[1])
        self._shipped = memory
        self._good |= {} if problems else results
        return problems

    def _shown(self, texts: Mapping[str, bytes], problems: Sequence[Problem], warnings: Sequence[Problem]) -> Snapshot:
        """Return the next snapshot, with the count of readings and the findings of the one before."""
        order = sorted(self._good, key=lambda name: self._outlines[name].place)
        notes = {note.guid: note for name in order for note in self._good[name].notes}
        models = self._models(list(notes.values()))
        types = {key: note_models.type_hash(key, model) for key, model in models.items()}
        places = Places(texts)
        told = {problem.at.file for problem in (*problems, *warnings)}
        files: dict[str, Sequence[Row]] = {}
        for name in order:
            its = self._good[name].notes
            wrong = flagged(its, [*problems, *warnings], name, places) if name in told else frozenset()
            wrong |= self._judged.get(name, frozenset())
            key = (its, wrong, types)
            if name not in self._rows or self._rows[name][0] != key:
                self._rows[name] = key, list(rows(its, wrong, types))
            files[name] = self._rows[name][1]
        return replace(
            self.snapshot,
            version=self.snapshot.version + 1,
            title=self._deck.deck.title if self._deck else "",
            language=str(self._deck.deck.language) if self._deck else "",
            files=files,
            notes=notes,
            models=models,
            problems=problems,
            warnings=warnings,
            texts=texts,
        )

    def _models(self, notes: list[Note]) -> dict[str, Mapping[str, Any]]:
        if not self._deck:
            return {}
        deck = self._deck.deck
        title = self._ledgers[1].decks.get(ROOT_DECK, deck.title)
        types = chosen(deck.key, title, notes, self._ledgers, templates(deck.language))
        kept = kept_types.used(self._deck, notes)
        own = {key: _model(key, words) for key, words in types.items()}
        return own | {key: kept_models.model(type_) for key, type_ in kept.items()}


@lru_cache(maxsize=64)
def _model(key: str, words: TypeWords) -> Mapping[str, Any]:
    return note_models.model(key, words)


def changes(before: Snapshot, after: Snapshot) -> dict[str, Any]:
    """Return what a page that shows one snapshot must know to show another; `changed` are ids of cards."""
    files = {name: its for name, its in after.files.items() if its is not before.files.get(name)}
    hashes = {row["id"]: row["hash"] for name in files for row in before.files.get(name, ())}
    changed = [row["id"] for its in files.values() for row in its if hashes.get(row["id"]) != row["hash"]]
    return {"version": after.version, "title": after.title, "order": list(after.files), "files": files} | {
        "changed": changed if before.version else []
    }
