"""`hitoe import --keep-progress`: a collection that was studied goes on with notes that are edited as YAML."""

import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import genanki
import pypdfium2
import pytest
from anki.collection import Collection
from hitoe import checks
from hitoe.cli import main
from hitoe.memo import Memo
from hitoe.preview.faces import Look, document, faces
from hitoe.preview.live_project import LiveProject
from hitoe.problems import one_line
from hitoe.progress.aggregation import note_items
from hitoe.release.ledger import load
from support import foreign, studied
from support.anki_engine import Log, collection, fields, import_deck, reviews, schedules, study, tags
from support.notes import item, written

ITS_OWN = {"mod": 0, "usn": 0, "name": "", "originalId": 0}
"""What each collection says otherwise of a note type; stock types have their names already."""
HINT_ID = re.compile(r"hint(?:-[^'\"]*|[0-9a-f]{16})(?=['\"])")
UNTOUCHED = Log(new=0, updated=0, duplicate=43, conflicting=0)


@dataclass(frozen=True)
class State:
    """All that an import could change in a collection."""

    reviews: int
    schedules: dict[tuple[str, int], tuple[object, ...]]
    fields: dict[str, dict[str, str]]
    tags: object
    types: dict[int, dict[str, object]]
    decks: object
    media: dict[str, bytes]

    @classmethod
    def of(cls, col: Collection) -> "State":
        media = {path.name: path.read_bytes() for path in Path(col.media.dir()).iterdir()}
        types = {model["id"]: dict(model) for model in col.models.all()}
        decks = sorted(deck.name for deck in col.decks.all_names_and_ids())
        return cls(reviews(col), schedules(col), fields(col), tags(col), types, decks, media)


@dataclass(frozen=True)
class Studied:
    """A collection, and the project that was imported from a package of it."""

    col: Collection
    root: Path

    def import_(self, package: Path) -> None:
        assert main(["import", str(package), "-C", str(self.root), "--keep-progress"]) == 0

    def built(self) -> Path:
        assert main(["build", "deck", "-C", str(self.root)]) == 0
        return self.built_deck

    @property
    def built_deck(self) -> Path:
        (deck,) = (self.root / "build").glob("*.apkg")
        return deck

    def edit(self, change: Callable[[str], str], file: str = "topics/other.yaml") -> None:
        path = self.root / "content" / file
        text = path.read_text("utf-8")
        assert change(text) != text
        path.write_text(change(text), "utf-8", newline="")


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Studied]:
    with collection(tmp_path / "collection") as col:
        studied.studied(col)
        yield Studied(col, tmp_path / "project")


@pytest.fixture
def kept(learner: Studied, tmp_path: Path) -> Studied:
    learner.import_(foreign.export(learner.col, tmp_path / "foreign.apkg", scheduling=True))
    return learner


def whole(col: Collection, path: Path) -> Path:
    """Export the whole collection as the menu of Anki does."""
    col.export_collection_package(str(path), include_media=True, legacy=False)
    col.reopen(after_full_sync=False)
    return path


@pytest.mark.parametrize("form", ["new", "legacy", "colpkg"])
def test_what_was_not_edited_changes_nothing_in_the_collection(learner: Studied, tmp_path: Path, form: str) -> None:
    if form == "colpkg":
        package = whole(learner.col, tmp_path / "collection.colpkg")
    else:
        package = foreign.export(learner.col, tmp_path / "foreign.apkg", scheduling=True, legacy=form == "legacy")
    learner.import_(package)
    before = State.of(learner.col)
    assert before.reviews > 25
    assert import_deck(learner.col, learner.built()) == UNTOUCHED
    assert State.of(learner.col) == before


def test_every_character_of_a_field_reaches_a_new_collection(kept: Studied, tmp_path: Path) -> None:
    before = State.of(kept.col)
    with collection(tmp_path / "other") as other:
        assert import_deck(other, kept.built()) == Log(43, 0, 0, 0)
        after = State.of(other)
    told = str.maketrans({**{sign: f"&#x{ord(sign):x};" for sign in "\u2028\u2029\ufeff"}, "\x85": ""})
    written = {guid: {name: html.translate(told) for name, html in its.items()} for guid, its in before.fields.items()}
    assert after.fields == written
    assert after.media == {name: its for name, its in before.media.items() if name != "unused.png"}
    # A note type of the other collection has the name already.
    same = [{id_: {**type_, **ITS_OWN} for id_, type_ in its.types.items()} for its in (before, after)]
    assert {id_: type_ for id_, type_ in same[1].items() if id_ in same[0]} == same[0]
    assert set(before.schedules) == set(after.schedules)


def test_an_edited_field_arrives_and_all_else_stays(kept: Studied) -> None:
    before = State.of(kept.col)
    kept.edit(
        lambda text: text.replace("鶏", '<b>鶏</b> &amp; "a: b"', 1).replace("Back: <b>", "Back: |-\n            <b>")
    )
    assert import_deck(kept.col, kept.built()) == Log(new=0, updated=1, duplicate=42, conflicting=0)
    after = State.of(kept.col)
    changed = [guid for guid in before.fields if after.fields[guid] != before.fields[guid]]
    assert [after.fields[guid] for guid in changed] == [{"Front": "hen 0", "Back": '<b>鶏</b> &amp; "a: b"'}]
    assert (after.reviews, after.schedules, after.tags, after.types, after.decks) == (
        *(before.reviews, before.schedules, before.tags, before.types, before.decks),
    )
    assert import_deck(kept.col, kept.built()) == UNTOUCHED


def test_a_new_field_makes_its_card_and_templates_can_change(kept: Studied) -> None:
    before = State.of(kept.col)
    kept.edit(
        lambda text: text.replace("Front: cat 2\n", "Front: cat 2\n          Add Reverse: y\n"), "topics/生物.yaml"
    )
    kept.edit(
        lambda text: text.replace("question: |-\n      {{Front}}", "question: |-\n      Q: {{Front}}"),
        "note-types/basic.yaml",
    )
    kept.edit(
        lambda text: text.replace("Word: {", "Mot: {").replace("{{Word}}", "{{Mot}}"),
        "note-types/vocabulary-語彙-x.yaml",
    )
    for file in ("languages-french-verbs", "自分"):
        kept.edit(lambda text: text.replace("Word: ", "Mot: "), f"topics/{file}.yaml")
    assert import_deck(kept.col, kept.built()) == Log(new=0, updated=1, duplicate=42, conflicting=0)
    after = State.of(kept.col)
    assert len(set(after.schedules) - set(before.schedules)) == 1
    assert {card: its for card, its in after.schedules.items() if card in before.schedules} == before.schedules
    assert kept.col.models.by_name("Basic")["tmpls"][0]["qfmt"] == "Q: {{Front}}"  # type: ignore[index]
    assert kept.col.models.by_name("Vocabulary: 語彙 x")["flds"][0]["name"] == "Mot"  # type: ignore[index]


def test_a_picture_with_other_bytes_arrives(kept: Studied) -> None:
    foreign.picture_file(kept.root / "content" / "media" / "cell (1).png")
    before = kept.built().read_bytes()
    (kept.root / "content" / "media" / "cell (1).png").write_bytes(b"\x89PNG another")
    assert kept.built().read_bytes() != before
    log = import_deck(kept.col, kept.built())
    assert (log.new, log.conflicting) == (0, 0)
    assert log.updated == len([its for its in fields(kept.col).values() if "cell (1)" in str(its)])
    contents = [path.read_bytes() for path in Path(kept.col.media.dir()).glob("cell*")]
    assert b"\x89PNG another" in contents


def test_what_is_deleted_is_refused_and_what_is_retired_stays_with_a_tag(
    kept: Studied, capsys: pytest.CaptureFixture[str]
) -> None:
    before = State.of(kept.col)
    hen = re.search(r"      hen-0:\n(?:        .*\n)+", (kept.root / "content/topics/other.yaml").read_text("utf-8"))
    assert hen
    kept.edit(lambda text: text.replace(hen[0], ""))
    assert main(["build", "deck", "-C", str(kept.root)]) == 1
    assert (
        "'other.hen-0' was shipped and is gone, and 1 card of it would be orphaned: "
        "bring it back, with its guid and `retired: true`" in capsys.readouterr().err
    )
    # The key may be another one: the note is found by its guid.
    kept.edit(lambda text: text + hen[0].replace("hen-0", "chick") + "        retired: true\n")
    assert import_deck(kept.col, kept.built()) == Log(new=0, updated=1, duplicate=42, conflicting=0)
    after = State.of(kept.col)
    assert (after.reviews, after.schedules, after.fields) == (before.reviews, before.schedules, before.fields)
    assert list(kept.col.find_notes("tag:Retired")) == list(kept.col.find_notes('Front:"hen 0"'))


def test_own_facts_join_the_deck(kept: Studied) -> None:
    kept.edit(
        lambda text: (
            text + "      own: {fact: News, is: this}\n      more: {note: basic, fields: {Front: f, Back: b}}\n"
        )
    )
    before = State.of(kept.col)
    assert import_deck(kept.col, kept.built()) == Log(new=2, updated=0, duplicate=43, conflicting=0)
    after = State.of(kept.col)
    assert (after.reviews, after.decks) == (before.reviews, before.decks)
    assert len(list(kept.col.find_cards("deck:Other is:new News"))) == 1
    assert import_deck(kept.col, kept.built()).updated == 0


def test_a_note_type_keeps_its_fields_and_templates(kept: Studied, capsys: pytest.CaptureFixture[str]) -> None:
    def refusal(change: Callable[[str], str], file: str = "note-types/vocabulary-語彙-x.yaml") -> str:
        path = kept.root / "content" / file
        before = path.read_bytes()
        kept.edit(change, file)
        capsys.readouterr()
        assert main(["build", "deck", "-C", str(kept.root)]) == 1
        path.write_bytes(before)
        return capsys.readouterr().err

    never = "for Anki would never again update the notes that learners have"
    gone = refusal(lambda text: re.sub(r"  Audio: .*\n", "", text).replace("{{Audio}}", ""))
    assert (
        f"vocabulary-語彙-x.yaml:8:1: field 'Audio' of this note type was shipped and is gone: bring it back, {never}"
        in gone
    )
    new = refusal(lambda text: text.replace("templates:\n", "  New: {}\ntemplates:\n"))
    assert f"field 'New' of this note type is new: take it away, {never}" in new
    moved = refusal(lambda text: re.sub(r"(  Example: .*\n)(  Audio: .*\n)", r"\2\1", text))
    assert f"the fields or templates of this note type are in another order: sort them as before, {never}" in moved
    other = refusal(lambda text: re.sub(r"\nid: \d+", "\nid: 7", text))
    assert "this note type was shipped with the id " in other
    standard = refusal(lambda text: text.replace("cloze: true\n", ""), "note-types/cloze.yaml")
    assert f"this note type was shipped as one of cloze cards: change `cloze:` back, {never}" in standard
    template = refusal(lambda text: re.sub(r'  "Card: 3":\n(    .*\n|\n)+', "", text))
    assert f"template 'Card: 3' of this note type was shipped and is gone: bring it back, {never}" in template


def test_a_card_that_asks_nothing_any_more_is_told(kept: Studied, capsys: pytest.CaptureFixture[str]) -> None:
    kept.edit(lambda text: text.replace("{{c2::owl::who?}}", "owl", 1), "topics/languages-french-verbs.yaml")
    before = State.of(kept.col)
    deck = kept.built()
    assert "asks nothing any more on card 2: learners keep it, blank, with its reviews" in capsys.readouterr().err
    assert import_deck(kept.col, deck).updated == 1
    assert State.of(kept.col).schedules == before.schedules


def test_mistakes_are_told_with_their_place(kept: Studied, capsys: pytest.CaptureFixture[str]) -> None:
    basic = (kept.root / "content/topics/other.yaml").read_text("utf-8").splitlines()
    guid = next(line.split(": ", 1)[1] for line in basic if "guid: " in line)
    mistakes = (
        "      a: {note: basics, fields: {Front: x}}\n"
        "      b: {note: basic, fields: {Fron: x}}\n"
        "      c: {note: basic, fields: {Front: [x]}}\n"
        "      d: {note: basic, hint: x, fields: {Front: x}}\n"
        "      e: {note: basic, fields: {Front: '  '}}\n"
        "      f: {note: basic}\n"
    )
    kept.edit(lambda text: text + mistakes)
    capsys.readouterr()
    assert main(["check", "-C", str(kept.root)]) == 1
    told = capsys.readouterr().err
    for sentence in (
        "there is no note type content/note-types/basics.yaml: did you mean 'basic'?",
        "a list where HTML belongs: put |- after the key and the HTML below it, or quote it",
        "key 'fields' is missing: add it",
    ):
        assert sentence in told
    kept.edit(
        lambda text: text.replace(mistakes, "".join(mistakes.splitlines(keepends=True)[number] for number in (1, 3, 4)))
    )
    assert main(["check", "-C", str(kept.root)]) == 1
    told = capsys.readouterr().err
    for sentence in (
        "note type 'basic' has no field 'Fron': did you mean 'Front'?",
        "a note of a kept note type has no place for 'hint': write it into one of its fields",
        "a note without content: fill a field, such as 'Front'",
    ):
        assert sentence in told
    kept.edit(
        lambda text: (
            text[: text.index("      b: ")] + f"      copy: {{note: basic, guid: {guid}, fields: {{Front: x}}}}\n"
        )
    )
    assert main(["check", "-C", str(kept.root)]) == 1
    found = re.search(r"this guid is also that of (\S+):([0-9]+):([0-9]+): take `guid:` away", capsys.readouterr().err)
    assert found
    line = (kept.root / found[1]).read_text("utf-8").splitlines()[int(found[2]) - 1]
    assert line == f"        guid: {guid}"
    assert line[int(found[3]) - 1 :] == guid


def test_a_mistake_in_a_note_type_is_told_once(kept: Studied, capsys: pytest.CaptureFixture[str]) -> None:
    kept.edit(lambda text: text.replace("css: |", "ccs: |"), "note-types/basic.yaml")
    capsys.readouterr()
    assert main(["build", "deck", "-C", str(kept.root)]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "warning" not in line]
    assert len(told) == 2
    assert "note-types/basic.yaml" in told[0]
    assert "unknown key 'ccs': did you mean 'css'?" in told[0]


def test_a_second_package_brings_only_what_is_new(kept: Studied, tmp_path: Path) -> None:
    foreign.picture(kept.col, "late.png")
    foreign.add(kept.col, "Basic", {"Front": "late", "Back": '<img src="late.png">'}, deck="Other")
    kept.import_(foreign.export(kept.col, tmp_path / "second.apkg", scheduling=True))
    assert (kept.root / "content" / "media" / "late.png").is_file()
    project = checks.trusted(kept.root)
    assert len(project.note_types) == 7
    assert sum(len(placed.entry.items) for placed in project.entries()) == 44
    before = State.of(kept.col)
    assert import_deck(kept.col, kept.built()) == Log(0, 0, 44, 0)
    assert State.of(kept.col) == before


def test_the_report_names_what_differs(kept: Studied) -> None:
    lines = (kept.root / "import-report.txt").read_text("utf-8").splitlines()
    assert {line.partition(": ")[2] for line in lines} == {
        "control character is written as a character reference: U+2028",
        "control character is written as a character reference: U+2029",
        "control character is written as a character reference: U+FEFF",
        "control character was taken out: U+0085",
        "file is missing: gone.png",
    }


@pytest.mark.parametrize("name", ["_\0", "_\ud800", "_a/../../b", "_a\nb.png"])
def test_a_file_whose_name_no_file_can_have_is_told_and_all_else_kept(
    learner: Studied, tmp_path: Path, name: str
) -> None:
    package = foreign.export(learner.col, tmp_path / "foreign.apkg", legacy=True)
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(tmp_path / "other.apkg", "w") as new:
        for member in old.namelist():
            listed = json.dumps(json.loads(old.read(member)) | {"meta": name}) if member == "media" else ""
            new.writestr(member, listed or old.read(member))
    learner.import_(tmp_path / "other.apkg")
    report = (learner.root / "import-report.txt").read_text("utf-8")
    assert f"file with a name that no file can have: {one_line(name)}" in report
    assert learner.built()


def test_the_flag_is_for_packages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "notes.csv"
    table.write_text("a,b\n")
    assert main(["import", str(table), "-C", str(tmp_path / "project"), "--keep-progress"]) == 1
    assert "has no progress to keep: --keep-progress is for .apkg and .colpkg" in capsys.readouterr().err


def test_the_projects_own_deck_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert main(["build", "deck", "-C", str(project)]) == 0
    before = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    package = str(project / "build" / "own.apkg")
    assert main(["import", package, "--keep-progress", "-C", str(project)]) == 1
    assert "hitoe: nothing was imported, for 'e.a' in the package is a note of this project" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == before


def test_the_ledger_is_read_by_no_older_hitoe_and_merges_line_by_line(kept: Studied) -> None:
    text = (kept.root / "content" / "ledger.json").read_text("utf-8")
    assert json.loads(text)["format"] == 3
    ledger = load(text)
    assert len(ledger.notes) == 43
    notes = (kept.col.get_note(id_) for id_ in kept.col.find_notes(""))
    assert {guid: row.mod for guid, row in ledger.notes.items()} == {note.guid: note.mod for note in notes}


def test_the_preview_shows_every_card_as_anki_does(kept: Studied) -> None:
    snapshot = LiveProject(kept.root, Memo()).read()
    assert not snapshot.problems
    shown = {row["id"]: row for rows in snapshot.files.values() for row in rows}
    assert shown.keys() == {f"{guid}:{ord_}" for guid, ord_ in schedules(kept.col)}
    assert {(row["kind"], row["text"] != "", row["topic"] != "") for row in shown.values()} == {("note", True, True)}
    for id_ in kept.col.find_cards(""):
        card = kept.col.get_card(id_)
        note = snapshot.notes[card.note().guid]
        theirs = card.render_output()
        if any(sign in note.text + "".join(card.note().fields) for sign in ("&#x", "{{c7::}}", "\x85", "[latex]")):
            continue  # characters that the project has otherwise
        ours = faces(note, card.ord, snapshot.models[note.type])
        assert [HINT_ID.sub("", face.html) for face in ours] == [
            HINT_ID.sub("", html) for html in (theirs.question_text, theirs.answer_text)
        ]
    cat = next(note for note in snapshot.notes.values() if "cell (1)" in note.text)
    page = document(cat, 0, snapshot.models[cat.type], Look(back=True), kept.root)
    assert page.count("data:image/png;base64") == 2
    assert 'src="gone.png"' in page


@pytest.mark.parametrize("output", ["sheet", "log"])
def test_sheet_and_log_have_the_words_of_the_first_card(kept: Studied, output: str) -> None:
    for file in ("other", "languages-french-verbs", "生物-細胞"):
        kept.edit(lambda text: text.replace("    items:", "    learned: 2026-W40\n    items:"), f"topics/{file}.yaml")
    before = kept.built().read_bytes()
    asked = ["sheet", "--edition", "colour"] if output == "sheet" else [output]
    assert main(["build", *asked, "-C", str(kept.root)]) == 0
    if output == "sheet":
        pages = pypdfium2.PdfDocument(kept.root / "build" / "foreign-sheet.pdf")
        assert any(isinstance(each, pypdfium2.PdfImage) for page in pages for each in page.get_objects())
        said = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    else:
        said = (kept.root / "build" / "log" / "2026-W40.commonmark.md").read_text("utf-8")
        assert "![cell (1).png](media/hitoe-" in said
        said = re.sub(r"[*\\]", "", said)
    for words in ("hen 1: 鶏", "The owl is a bird", "chien 0", "犬 < 狼", "Le chien"):
        assert words in said.replace("&lt;", "<"), words
    # Neither the week nor the output changes what Anki gets.
    assert kept.built().read_bytes() == before


def test_notes_in_the_deck_that_every_collection_has_stay_there(tmp_path: Path) -> None:
    with collection(tmp_path / "collection") as col:
        foreign.add(col, "Basic", {"Front": "dog", "Back": "犬"}, deck="Default")
        kept = Studied(col, tmp_path / "project")
        kept.import_(foreign.export(col, tmp_path / "foreign.apkg", scheduling=True))
        before = State.of(col)
        assert import_deck(col, kept.built()) == Log(0, 0, 1, 0)
        assert State.of(col) == before
        ledger = kept.root / "content" / "ledger.json"
        text = ledger.read_text("utf-8")
        ledger.unlink()
        assert main(["ledger", "restore", str(kept.built_deck), "-C", str(kept.root)]) == 0
        assert ledger.read_text("utf-8") == text


def test_a_note_type_without_ids_keeps_its_names_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = {"name": "Card", "qfmt": "{{Q}}", "afmt": "{{FrontSide}}{{A}}"}
    model = genanki.Model(1_607_392_319, "Old", [{"name": "Q"}, {"name": "A"}], [template])
    deck = genanki.Deck(2_059_400_110, "Old::Deck")
    for number in range(3):
        deck.add_note(genanki.Note(model, [f"q{number} &amp; x", f"a{number}"]))
    genanki.Package(deck).write_to_file(str(tmp_path / "old.apkg"))
    with collection(tmp_path / "collection") as col:
        import_deck(col, tmp_path / "old.apkg")
        study(col, 3)
        kept = Studied(col, tmp_path / "project")
        kept.import_(foreign.export(col, tmp_path / "foreign.apkg", scheduling=True, legacy=True))
        before = State.of(col)
        assert import_deck(col, kept.built()) == Log(0, 0, 3, 0)
        assert State.of(col) == before
        kept.edit(lambda text: text.replace("A: a1", "A: new"), "topics/deck.yaml")
        kept.edit(lambda text: text.replace("{{FrontSide}}", "{{FrontSide}}<hr>"), "note-types/old.yaml")
        assert import_deck(col, kept.built()) == Log(0, 1, 2, 0)
        after = State.of(col)
        assert (after.reviews, after.schedules) == (before.reviews, before.schedules)
        assert "<hr>" in str(after.types[1_607_392_319])
        kept.edit(lambda text: text.replace("Q: ", "Asked: ").replace("{{Q}}", "{{Asked}}"), "note-types/old.yaml")
        kept.edit(lambda text: text.replace("Q: |-", "Asked: |-"), "topics/deck.yaml")
        assert main(["build", "deck", "-C", str(kept.root)]) == 1
        assert "field 'Q' of this note type was shipped and is gone: bring it back" in capsys.readouterr().err


def test_a_lost_ledger_is_restored_from_the_deck(kept: Studied) -> None:
    kept.edit(lambda text: text + "      own: {fact: News, is: this}\n      more: {note: basic, fields: {Front: f}}\n")
    kept.edit(lambda text: text.replace("      hen-0:\n", "      hen-0:\n        retired: true\n"))
    deck = kept.built()
    ledger = kept.root / "content" / "ledger.json"
    before = load(ledger.read_text("utf-8"))
    ledger.unlink()
    made, bomb = bytearray(deck.read_bytes()), kept.root / "bomb.apkg"
    entry = made.rindex(b"media") - 46  # the size before compression, in the archive's directory
    made[entry + 24 : entry + 28] = (2**31).to_bytes(4, "little")
    bomb.write_bytes(made)
    assert main(["ledger", "restore", str(bomb), "-C", str(kept.root)]) == 1
    assert main(["ledger", "restore", str(deck), "-C", str(kept.root)]) == 0
    assert load(ledger.read_text("utf-8")) == before
    bytes_ = deck.read_bytes()
    assert kept.built().read_bytes() == bytes_


def test_answers_of_these_notes_count_as_progress(kept: Studied) -> None:
    guids = {note.guid for note in map(kept.col.get_note, kept.col.find_notes(""))}
    assert note_items(checks.trusted(kept.root)).keys() == guids


def test_in_git_a_draft_of_a_note_keeps_the_learners_time_until_it_is_edited(kept: Studied) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-C", str(kept.root), "-c", "user.name=t", "-c", "user.email=t@e.org", *words], check=True
        )

    git("init", "-q")
    assert import_deck(kept.col, kept.built()) == UNTOUCHED
    git("add", "content")
    git("commit", "-qm", "notes")
    assert import_deck(kept.col, kept.built()) == UNTOUCHED
    kept.edit(lambda text: text.replace("鶏", "にわとり", 1))
    assert import_deck(kept.col, kept.built()).updated == 1
    kept.edit(lambda text: text.replace("にわとり", "鶏", 1))
    kept.built()
    ledger = load((kept.root / "content" / "ledger.json").read_text("utf-8"))
    # Content that is as it was committed has its committed time again.
    assert max(row.mod for row in ledger.notes.values()) == max(
        kept.col.get_note(id_).mod for id_ in kept.col.find_notes("-front:hen*")
    )


@pytest.mark.slow
def test_ten_thousand_notes_are_kept_in_ten_seconds(tmp_path: Path) -> None:
    with collection(tmp_path / "before") as col:
        for number in range(10_000):
            html = f"<div>word {number}</div>" if number % 3 else f"word {number}"
            foreign.add(col, "Basic", {"Front": html, "Back": f"&nbsp;{number} <b>x</b>"}, deck=f"Deck::{number % 7}")
        package = foreign.export(col, tmp_path / "foreign.apkg", scheduling=True)
    start = perf_counter()
    assert main(["import", str(package), "-C", str(tmp_path / "project"), "--keep-progress"]) == 0
    seconds = perf_counter() - start
    print(f"{seconds:.1f} s")
    assert seconds <= 10
