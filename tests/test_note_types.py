"""Note types in the real Anki: each deck has its own words and voice, and what learners have stays what it is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from hitoe.checks.own_words import FIELDS
from hitoe.cli import main
from hitoe.deck import Note
from hitoe.deck.cards import templates
from hitoe.deck.note_types import NOTE_TYPES, SHARED
from hitoe.release.ledger import Ledger, TypeRow
from hitoe.release.type_choice import chosen
from hitoe.values.language import Language
from support import anki_engine as engine
from support.notes import written

FIRST, LATER = "1609459200", "1609545600"
TOPIC = """\
topic: t
title: T
entries:
  e:
    title: E
    items:
      f: {fact: Q, is: A, reverse: R, hint: H, speak: true}
      c: {cloze: "a {{c1::b}}", hint: H, speak: true}
      p:
        picture: P
        hint: H
        image: {file: a.svg, alt: a}
        regions: {r: {label: x, left: 0, top: 0, width: 50, height: 50}}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
IDS = {words.id for words in SHARED.values()}


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", FIRST)


def project(root: Path, language: str, key: str = "own", topic: str = TOPIC) -> Path:
    head = f"format: 1\nkey: {key}\ntitle: Title {key}\nlanguage: {language}\n"
    return written(root, {"deck.yaml": head, "t.yaml": topic, "a.svg": PICTURE})


def build(root: Path, *words: str) -> Path:
    """Build the deck, and return a copy that the next build leaves alone."""
    assert main(["build", "deck", "-C", str(root), *words]) == 0
    (made,) = (root / "build").glob("*.apkg")
    return Path(made.rename(root / f"deck-{len(list(root.glob('deck-*')))}.apkg"))


def ledger(root: Path) -> Path:
    return root / "content" / "ledger.json"


def made_shared(root: Path) -> None:
    """Make a project's ledger one of a deck that shares its note types, as the first hitoe wrote it."""
    text = re.sub(r', "id": \d+\}(?=\n)', "}", ledger(root).read_text("utf-8").replace('"format": 2', '"format": 1'))
    ledger(root).write_text(re.sub(r'("type \w+": \{"hash": ")\w+', r"\1", text), "utf-8")


def ours(col: Collection) -> dict[int, Any]:
    return {kind["id"]: kind for kind in col.models.all() if "hitoe" in kind["name"]}


def voices(col: Collection, search: str = "") -> set[str]:
    """Return the voices that read the cards that are found, on both sides."""
    cards = [col.get_card(id_) for id_ in col.find_cards(search)]
    return {tag.lang for card in cards for tag in (*card.question_av_tags(), *card.answer_av_tags())}  # type: ignore[union-attr]


def buttons(col: Collection) -> set[str]:
    """Return the words on the buttons that show hints."""
    return {
        word for front, _ in engine.sides(col).values() for word in re.findall(r"class=hint[^>]*>\s*([^<]+)</a>", front)
    }


def test_decks_of_several_languages_keep_their_own_words_and_voices(tmp_path: Path) -> None:
    languages = {
        "ja": ("ja_JP", "ヒント"),
        "en-GB": ("en_GB", "Hint"),
        "fr": ("fr_FR", "Hint"),
        "zh-Hant": ("zh_TW", "Hint"),
    }
    packages = [build(project(tmp_path / tag, tag, f"k{number}")) for number, tag in enumerate(languages)]
    with engine.collection(tmp_path / "anki") as col:
        for package in (*packages, *packages[::-1]):
            assert engine.import_deck(col, package).conflicting == 0
        assert len(ours(col)) == 3 * len(languages)
        assert not any("+" in kind["name"] for kind in ours(col).values())
        assert not IDS & set(ours(col))
        for number, (voice, _) in enumerate(languages.values()):
            assert voices(col, f'deck:"Title k{number}"') == {voice}
        assert buttons(col) == {"ヒント", "Hint"}
        names = {kind["name"] for kind in ours(col).values()}
        assert {
            "hitoe Title k0 – 一問一答",
            "hitoe Title k1 – Basic",
            "hitoe Title k2 – Cloze",
            "hitoe Title k3 – Picture",
        } <= names


def test_decks_with_one_title_keep_their_note_types(tmp_path: Path) -> None:
    packages = []
    for key in ("a", "b"):
        root = project(tmp_path / key, "en", key)
        deck = root / "content" / "deck.yaml"
        deck.write_text(deck.read_text("utf-8").replace(f"Title {key}", "Title"), "utf-8")
        packages.append(build(root))
    with engine.collection(tmp_path / "anki") as col:
        for package in packages * 2:
            assert engine.import_deck(col, package).conflicting == 0
        assert len(ours(col)) == 6
        assert len(engine.fields(col)) == 6


@pytest.mark.parametrize(
    ("before", "after", "voice"), [("ja", "de", "de_DE"), ("en", "ja", "ja_JP"), ("de", "pt-BR", "pt_BR")]
)
def test_another_language_arrives_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, voice: str
) -> None:
    root = project(tmp_path / "p", before)
    first = build(root)
    deck = root / "content" / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace(f"language: {before}", f"language: {after}"), "utf-8")
    if after == "de":
        written(root, {"words.yaml": "hint: Hinweis\nnote_types: {standard: Frage}\ncard_names: {forward: vorwärts}\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    second = build(root)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        assert engine.study(col) == len(engine.schedules(col)) == 4
        kept, reviewed, types = engine.schedules(col), engine.reviews(col), set(ours(col))
        assert engine.import_deck(col, second).conflicting == 0
        assert (engine.schedules(col), engine.reviews(col), set(ours(col))) == (kept, reviewed, types)
        assert voices(col) == {voice}
        assert buttons(col) == {{"de": "Hinweis", "ja": "ヒント"}.get(after, "Hint")}
        assert {fields.get("Hinweis") for fields in engine.fields(col).values()} == ({"H"} if after == "de" else {None})
        if after == "de":
            kind = next(kind for kind in ours(col).values() if kind["name"] == "hitoe Title own – Frage")
            assert [template["name"] for template in kind["tmpls"]] == ["vorwärts", "Answer → question"]
        assert engine.faults(col) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_deck_that_shares_its_note_types_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    root = project(tmp_path / "p", language)
    build(root)
    made_shared(root)
    first = build(root)
    assert '"format": 1' in ledger(root).read_text("utf-8")
    (root / "content" / "t.yaml").write_text(TOPIC.replace("is: A", "is: B"), "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    second = build(root)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        engine.study(col)
        kept, reviewed = engine.schedules(col), engine.reviews(col)
        log = engine.import_deck(col, second)
        assert (log.updated, log.new, log.conflicting) == (1, 0, 0)
        assert (engine.schedules(col), engine.reviews(col)) == (kept, reviewed)
        assert {kind["name"] for kind in ours(col).values()} == {"hitoe 一問一答", "hitoe 穴埋め", "hitoe 図"}
        assert set(ours(col)) == IDS
        assert (voices(col), buttons(col)) == ({"ja_JP"}, {"ヒント"})
        assert "Extra3" in col.models.field_names(ours(col)[SHARED["standard"].id])


def test_what_is_shipped_counts_before_what_was_built_last() -> None:
    before = Ledger(types={"standard": TypeRow("x", 1, 10**12)})
    note = Note("f", "t", "g", "e.f", "standard", (), (0,)).with_fields({"Question": "Q"}, (0,))
    shares = Ledger(types={"standard": TypeRow("y", 2)})
    for ledgers, id_ in (((before, shares), SHARED["standard"].id), ((before, Ledger()), 10**12)):
        assert chosen("own", "T", [note], ledgers, templates(Language("en")))["standard"].id == id_


def test_a_kind_of_note_that_was_not_shipped_gets_a_note_type_of_the_deck(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "en", topic="".join(TOPIC.partition("      p:\n")[:1]))
    build(root)
    made_shared(root)
    (root / "content" / "t.yaml").write_text(TOPIC, "utf-8")
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, build(root))
        assert {kind["name"] for kind in ours(col).values()} == {
            "hitoe 一問一答",
            "hitoe 穴埋め",
            "hitoe Title own – Picture",
        }


def test_without_their_rows_the_note_types_of_shipped_notes_stay(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "en")
    build(root)
    made_shared(root)
    lines = ledger(root).read_text("utf-8").splitlines(keepends=True)
    ledger(root).write_text("".join(line for line in lines if not line.startswith(', "type ')), "utf-8")
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, build(root))
        assert set(ours(col)) == IDS


@pytest.mark.parametrize("shares", [True, False])
@pytest.mark.parametrize("lost", ["restored", "damaged", "gone"])
def test_a_lost_ledger_loses_no_note_type(tmp_path: Path, shares: bool, lost: str) -> None:
    root = project(tmp_path / "p", "en")
    first = build(root)
    if shares:
        made_shared(root)
        first = build(root)
    if lost == "restored":
        ledger(root).unlink()
        assert main(["ledger", "restore", str(first), "-C", str(root)]) == 0
    elif lost == "damaged":
        ledger(root).write_text("{" + ledger(root).read_text("utf-8"), "utf-8")
        assert main(["ledger", "rebuild", "-C", str(root)]) == 0
    else:
        ledger(root).unlink()
    second = build(root)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        types = set(ours(col))
        log = engine.import_deck(col, second)
        # Whoever loses the ledger and all of its traces has a new deck.
        assert (log.conflicting == 0, set(ours(col)) == types) == (not shares or lost != "gone",) * 2


def test_the_rows_of_a_ledger_keep_the_id_of_a_note_type(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "en")
    build(root)
    rows = json.loads(ledger(root).read_text("utf-8"))
    assert rows["format"] == 2
    changed = rows["type standard"]["id"] + 1
    ledger(root).write_text(ledger(root).read_text("utf-8").replace(str(changed - 1), str(changed)), "utf-8")
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, build(root))
        assert changed in ours(col)


VOICED = TOPIC.replace("speak: true}", "speak: de-DE}", 1)
assert VOICED.count("de-DE") == 1


@pytest.mark.parametrize("shares", [True, False])
def test_an_item_has_a_voice_of_its_own(tmp_path: Path, shares: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path / "p", "ja")
    first = build(root)
    if shares:
        made_shared(root)
        first = build(root)
    (root / "content" / "t.yaml").write_text(VOICED, "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    second = build(root)
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, first)
        engine.study(col)
        kept = engine.schedules(col)
        assert engine.import_deck(col, second).conflicting == 0
        assert engine.schedules(col) == kept
        assert voices(col, "Id:own/e.f") == {"de_DE"}
        assert voices(col, "Id:own/e.c") == {"ja_JP"}
        card = col.get_card(col.find_cards("Id:own/e.f")[0])
        spoken = [[tag.field_text for tag in tags] for tags in (card.question_av_tags(), card.answer_av_tags())]  # type: ignore[union-attr]
        assert spoken == [["Qは?"], ["A"]]
        assert not [side for sides in engine.sides(col).values() for side in sides if "de_DE" in engine.seen(side)]
        assert set(ours(col)) >= IDS if shares else not IDS & set(ours(col))


def test_a_cloze_is_read_by_the_voice_of_its_item(tmp_path: Path) -> None:
    root = project(
        tmp_path / "p", "en", topic=TOPIC.replace("hint: H, speak: true}\n      p", "speak: fr-CA}\n      p")
    )
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, build(root))
        card = col.get_card(col.find_cards("Id:own/e.c")[0])
        tags = [*card.question_av_tags(), *card.answer_av_tags()]
        assert [(tag.lang, tag.field_text) for tag in tags] == [("fr_CA", "a blank"), ("fr_CA", "b")]  # type: ignore[union-attr]


def test_no_word_for_hints_can_be_the_name_of_another_field() -> None:
    names = {name.casefold() for kind in NOTE_TYPES.values() for name in kind.fields}
    assert names - {"hint"} <= FIELDS | {"back extra"}
