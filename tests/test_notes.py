"""The content of a note: its hash, and the cards that learners have although they are no longer asked."""

from pathlib import Path
from unicodedata import is_normalized

import pytest
from hitoe import checks
from hitoe.deck import Note, cards, kept_models, note_models, with_shipped_cards
from hitoe.deck.notes import content_hash
from hitoe.values.language import Language
from support.notes import item, written

NOTICE = "もう問われない"


def note(ords: tuple[int, ...], type_: str = "standard", **fields: str) -> Note:
    bare = Note("f", "t", "g", "e.a", type_, ("b", "a"), ())
    return bare.with_fields({"Id": "own/e.a", **fields}, ords)


FORWARD = note((0,), Question="問い", Answer="答え")
BOTH = note((0, 1), Question="問い", Answer="答え", Reverse="逆の問い", ReverseAnswer="逆の答え")


def test_hashes_of_content_never_change() -> None:
    """By another hash every note would get a later time, and Anki would replace all tags of all learners."""
    assert content_hash("standard", ["問い", 'a "b"\\\n<c>'], ("b", "a"), (1, 0)) == "e54320fb02bc8916"
    assert content_hash("standard", ["問い", 'a "b"\\\n<c>'], ("a", "b"), (0, 1)) == "e54320fb02bc8916"
    assert content_hash("cloze", [], (), ()) == "b33864c799fbad40"


def test_hashes_of_note_types_never_change() -> None:
    face = {"name": "表", "qfmt": "{{Question}}", "afmt": "{{Answer}}"}
    model = {"name": "標準", "css": ".card {}", "tmpls": [face], "mod": 5}
    assert note_models.type_hash("standard", model) == "6d760772f782e05b"
    assert (
        kept_models.model_hash("kept", model)
        == kept_models.model_hash("kept", {**model, "mod": 6})
        == "eec19f3217ae31af"
    )


@pytest.mark.parametrize(
    ("language", "right_to_left"), [("ar", True), ("he-IL", True), ("pa-Arab", True), ("ja", False), ("az-Latn", False)]
)
def test_cards_of_a_language_from_right_to_left_are_read_so(language: str, right_to_left: bool) -> None:
    words = note_models.own("standard", "own", "T", cards.templates(Language(language)))
    assert ("direction: rtl; text-align: right" in note_models.model("standard", words)["css"]) is right_to_left


def test_each_part_of_a_notes_content_is_in_its_hash() -> None:
    others = [
        ("cloze", ["x", "y"], ("t",), (0,)),
        ("standard", ["x,y"], ("t",), (0,)),
        ("standard", ["x", "y"], (), (0,)),
    ]
    others += [("standard", ["x", "y"], ("t",), (1,)), ("standard", ["y", "x"], ("t",), (0,))]
    assert len({content_hash(*each) for each in [("standard", ["x", "y"], ("t",), (0,)), *others]}) == 6


@pytest.mark.parametrize("shipped", [(), (0,)])
def test_a_note_that_asks_all_its_learners_have_stays(shipped: tuple[int, ...]) -> None:
    assert with_shipped_cards(FORWARD, shipped, NOTICE) == FORWARD
    assert with_shipped_cards(BOTH, (0, 1), NOTICE) == BOTH


def test_a_card_that_is_no_longer_asked_says_so() -> None:
    kept = with_shipped_cards(FORWARD, (0, 1), NOTICE)
    assert kept
    assert (kept.ords, kept.unasked_ords, kept.new_ords) == ((0, 1), (1,), (0,))
    assert kept.fields == {**FORWARD.fields, "RetiredReverse": NOTICE}
    kept = with_shipped_cards(note((1,), Reverse="逆の問い", ReverseAnswer="逆の答え"), (0, 1), NOTICE)
    assert kept
    assert (kept.ords, kept.unasked_ords) == ((0, 1), (0,))
    assert kept.fields["RetiredForward"] == NOTICE
    assert "RetiredReverse" not in kept.fields


def test_of_a_note_without_cards_nothing_is_shipped_and_fields_of_cards_that_nobody_has_are_left_out() -> None:
    nothing = note((), Question="問い", Answer="答え")
    assert with_shipped_cards(nothing, (), NOTICE) is None
    kept = with_shipped_cards(nothing, (1,), NOTICE)
    assert kept
    assert kept.ords == kept.unasked_ords == (1,)
    assert kept.fields == {"Id": "own/e.a", "RetiredReverse": NOTICE}
    one = with_shipped_cards(note((0,), Question="問い", Reverse="逆の問い"), (), NOTICE)
    assert one
    assert one.fields == {"Id": "own/e.a", "Question": "問い"}


def test_a_card_that_is_no_longer_asked_keeps_its_words_if_the_note_still_has_them() -> None:
    both = note((0,), Question="問い", Answer="答え", Reverse="逆の問い", ReverseAnswer="逆の答え")
    kept = with_shipped_cards(both, (1,), NOTICE)
    assert kept
    assert kept.fields == {**both.fields, "RetiredReverse": NOTICE}


TABLE = """table: 国
columns: {capital: 首都, money: 通貨}
ask: {capital: reverse, money: both}
rows: {fr: {capital: パリ, money: ユーロ}, jp: {capital: 東京, money: 円}}"""
TWO_CARDS = "fact: 首都\nis: パリ\nreverse: パリは?\nspeak: true\ntyped: true"


@pytest.mark.parametrize(
    "text", [TABLE, TWO_CARDS, TWO_CARDS.replace("reverse: パリは?\n", ""), f"{TABLE}\nask_rows: true"]
)
def test_a_note_has_only_the_fields_of_the_cards_that_it_asks(tmp_path: Path, text: str) -> None:
    project = checks.trusted(written(tmp_path, {"t.yaml": item(text)}))
    for asked in cards.notes(project, cards.templates(project.deck.language), unasked=False):
        assert with_shipped_cards(asked, (), NOTICE) == asked


def test_clozes_say_by_themselves_what_is_retired() -> None:
    cloze = note((0,), "cloze", Text="{{c1::答え}}")
    assert with_shipped_cards(cloze, (0, 1), NOTICE) == cloze


def test_fields_reach_anki_with_their_characters_composed_those_of_formulas_too(tmp_path: Path) -> None:
    text = "fact: か\u3099とは $\\text{か\u3099}$\nis: '**か**\u3099 \\[\\text{e\u0301}\\]'\nextra: $\\text{か\u3099}$"
    deck = "format: 1\nkey: own\ntitle: 題\nmath: true\n"
    project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": item(text)}))
    (only,) = cards.notes(project, cards.templates(project.deck.language))
    assert [name for name, value in only.fields.items() if not is_normalized("NFC", value)] == []
    assert [only.fields[name].count(r"\text") for name in ("Question", "Answer", "Extra")] == [1, 1, 1]
