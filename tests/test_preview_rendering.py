"""The preview's faces of cards are those of the real Anki, for every note type, and for all of its template syntax."""

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki.collection import Collection
from anki.sound import SoundOrVideoTag, TTSTag
from hitoe.cli import main
from hitoe.memo import Memo
from hitoe.preview.anki_fields import Card, Face, PlayedSound, Speech
from hitoe.preview.faces import faces, macro
from hitoe.preview.live_project import LiveProject
from support import anki_engine as engine
from support.projects import example_copy

if TYPE_CHECKING:
    from anki.cards import Card as AnkiCard

NOTEBOOKS = Path(__file__).resolve().parent / "gallery"
GALLERY = sorted(path.name for path in NOTEBOOKS.iterdir() if path.is_dir())
HINT_ID = re.compile(r"hint(?:-[^'\" ]*|[0-9a-f]{16})(?=['\"])")
FIELDS = {
    "A": "a &amp; <b>x</b> 東京[とうきょう]",
    "B": " 東京[とうきょう]に 行[い]く <b>日本[にほん]</b>&nbsp;本[ほん][sound:z &amp; y.mp3]",
    "C": "<div>x<br>y &lt; z</div>",
    "Empty": "<div><br></div> ",
}
SYNTAX = (
    "{{A}} {{ A }} {{unknown:A}} {{Tags}} {{Card}} <!-- {{A}} -->",
    "{{hint:A}} {{hint:C}}",
    "{{type:A}} {{type:nc:A}}",
    "{{furigana:B}}|{{kanji:B}}|{{kana:B}}|{{text:furigana:B}}|{{furigana:text:B}}",
    "{{text:C}} {{text:A}}",
    "{{#A}}a{{#Empty}}no{{/Empty}}{{^Empty}}yes{{/Empty}}{{/A}}{{^A}}no{{#A}}no{{/A}}{{/A}}",
    "{{tts ja_JP:A}} {{tts en_US speed=1.2 voices=x,y:C}} [sound:x.mp3] [anki:tts lang=fr_FR]<b>bon</b>[/anki:tts]",
)
CLOZES = (
    "a {{c1::b}} c {{c2::d::hint}} {{c1::e {{c2::f &amp; g}} h}}",
    r'\( x {{c1::y<b>k</b>}} {{c2::z::h}}\) {{c2::"q" <i>ü</i>}} \[{{c1::v}}\]',
    "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}} {{c2::image-occlusion:rect:left=.5:top=.2}}",
    "{{c1::x::y::z}} }} {{c1::}} {{c2::last}}",
    "{{c1,2::multi}} {{c1::same}} {{c1::same}}",
)
CLOZE_SYNTAX = (
    "{{cloze:Text}} {{type:cloze:Text}} {{tts en_US:cloze:Text}} {{tts en_US:cloze-only:Text}} {{cloze-only:Text}} "
    "{{#c1}}one{{/c1}}{{^c1}}not one{{/c1}}{{hint:cloze:Text}}"
)


@pytest.fixture(scope="module")
def col(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with engine.collection(tmp_path_factory.mktemp("anki")) as collection:
        yield collection


def alike(html: str) -> str:
    """Return HTML with the ids of hints, which Anki makes of their text, as one."""
    return HINT_ID.sub("hint", html)


def heard(tags: list[SoundOrVideoTag | TTSTag]) -> tuple[PlayedSound | Speech, ...]:
    return tuple(
        PlayedSound(tag.filename) if isinstance(tag, SoundOrVideoTag) else Speech(tag.field_text, tag.lang)
        for tag in tags
    )


def same(card: "AnkiCard", ours: tuple[Face, Face]) -> None:
    theirs = card.render_output()
    assert [alike(face.html) for face in ours] == [alike(theirs.question_text), alike(theirs.answer_text)]
    assert [face.audible for face in ours] == [heard(theirs.question_av_tags), heard(theirs.answer_av_tags)]


def ours(card: "AnkiCard", special: Mapping[str, str]) -> tuple[Face, Face]:
    front, back = (str(card.template()[face]) for face in ("qfmt", "afmt"))
    return Card(dict(card.note().items()), card.ord, macro, special).faces(front, back)


@pytest.mark.parametrize("syntax", SYNTAX)
def test_the_syntax_of_templates_is_ankis(col: Collection, syntax: str) -> None:
    kind = col.models.new(syntax)
    for name in FIELDS:
        col.models.add_field(kind, col.models.new_field(name))
    template = col.models.new_template("T")
    template |= {"qfmt": f"{{{{A}}}} {syntax}", "afmt": f"{{{{FrontSide}}}} {{{{B}}}} {syntax}"}
    col.models.add_template(kind, template)
    col.models.add(kind)
    note = col.new_note(kind)
    for name, text in FIELDS.items():
        note[name] = text
    note.tags = ["a::b", "c"]
    col.add_note(note, 1)  # type: ignore[arg-type]
    (card,) = note.cards()
    same(card, ours(card, {"Tags": "a::b c", "Card": "T"}))


@pytest.mark.parametrize("text", CLOZES)
def test_clozes_are_ankis(col: Collection, text: str) -> None:
    kind = col.models.by_name("Cloze")
    assert kind
    kind["tmpls"][0] |= {"qfmt": CLOZE_SYNTAX, "afmt": CLOZE_SYNTAX}
    col.models.update_dict(kind)
    note = col.new_note(kind)
    note["Text"] = text
    col.add_note(note, 1)  # type: ignore[arg-type]
    assert len(note.cards()) == 2
    for card in note.cards():
        same(card, ours(card, {}))


@pytest.mark.parametrize("name", ["example", *GALLERY])
def test_every_card_of_a_deck_looks_as_in_anki(tmp_path: Path, name: str) -> None:
    root = example_copy(tmp_path / "p") if name == "example" else tmp_path / "p"
    if name != "example":
        shutil.copytree(NOTEBOOKS / name, root)
    assert main(["build", "deck", "-C", str(root)]) == 0
    live = LiveProject(root, Memo())
    snapshot = live.read()
    assert not snapshot.problems
    (package,) = (root / "build").glob("*.apkg")
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        cards = [col.get_card(id_) for id_ in col.find_cards("")]
        assert cards
        for card in cards:
            note = snapshot.notes[card.note().guid]
            same(card, faces(note, card.ord, snapshot.models[note.type]))
        shown = {row["id"] for rows in snapshot.files.values() for row in rows}
        assert {f"{card.note().guid}:{card.ord}" for card in cards} <= shown


@pytest.mark.parametrize("part", ["[", "a", "[a", "{{", "<!--"])
def test_a_field_or_a_template_of_thousands_of_openings_is_shown_in_time_that_grows_with_it(part: str) -> None:
    start = time.process_time()
    Card({"A": part * 10_000}, 0, macro, {}).faces("{{furigana:A}}", part * 10_000)
    assert time.process_time() - start < 3
