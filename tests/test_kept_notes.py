"""Notes of kept note types: the cards that Anki makes of them, the words that paper has of them, and their YAML."""

from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.deck import Note
from hitoe.importing.yaml_writer import InLines, InQuotes, document
from hitoe.kinds import anki_clozes, html_text, kept_type
from hitoe.kinds.note import KeptNote
from hitoe.model import kept_media
from hitoe.model.loader import Places, texts
from hitoe.release import kept_types
from hitoe.release.ledger import Ledger, TypeRow, load
from hitoe.source import read
from hitoe.source.signs import INVISIBLE
from hitoe.text import Break, ClozeSpan, Inline, PictureSpan, Plain, Sub, Sup
from hitoe.values.note_type import NoteTypeFile
from hypothesis import example, given
from hypothesis import strategies as st
from support import foreign
from support.anki_engine import collection, schedules
from support.notes import item, written

FRONTS = (
    "{{#A}}{{B}}{{/A}}",
    "{{^A}}{{B}}{{/A}}",
    "{{Tags}}{{A}}",
    "{{type:C}}",
    "{{#A}}text{{/A}}{{B}}<!--{{C}}-->",
    "{{furigana:C}}",
    "{{#A}}{{^B}}{{ C }}{{/B}}{{/A}}",
    "{{hint:B}} {{#C}}x{{/C}}",
)
VALUES = ("", "", "a", "<br>", "<div><br /></div> ", "&nbsp;", " \n", "<img src=x.png>", "{{c1::x}}")
CLOZES = (
    *("a {{c1::b}}", "{{c3::x}}", "none", "{{c1::open", "{{c1,2::both}}", "{{c3::{{c4::in}} out}}"),
    *("{{c0::a}} {{c01::b}}", "{{ c1::x}}", "{{C1::x}}", "}} {{c2::x}}"),
    *("x {{c1::open {{c2::in}}", "{{c1::a}} {{c2::open {{c3::in}} {{c4::in}}"),
    *("{{c501::high}}", r"\( {{c2::x}} \) <b>{{c5::</b>}}", "{{c6::}}"),
)  # fmt: skip


def test_the_cards_of_a_note_are_those_that_anki_makes(tmp_path: Path) -> None:
    random = Random(3)
    with collection(tmp_path / "collection") as col:
        model = col.models.new("Conditions")
        for name in "ABC":
            col.models.add_field(model, col.models.new_field(name))
        for number, front in enumerate(FRONTS):
            template = col.models.new_template(f"T{number}")
            template["qfmt"], template["afmt"] = front, "{{A}}"
            col.models.add_template(model, template)
        col.models.add(model)
        for number in range(60):
            fields = {name: random.choice(VALUES) for name in "ABC"}
            foreign.add(col, "Conditions", fields | {"A" if number % 2 else "B": fields["C"].strip() or "x"})
        for text in CLOZES:
            foreign.add(col, "Cloze", {"Text": text, "Back Extra": random.choice(CLOZES)})
        cards: dict[str, list[int]] = {}
        for guid, ord_ in schedules(col):
            cards.setdefault(guid, []).append(ord_)
        package = foreign.export(col, tmp_path / "foreign.apkg")
    assert main(["import", str(package), "-C", str(tmp_path / "project"), "--keep-progress"]) == 0
    ledger = load((tmp_path / "project/content/ledger.json").read_text("utf-8"))
    assert {guid: list(row.ords) for guid, row in ledger.notes.items()} == {
        guid: sorted(ords) for guid, ords in cards.items()
    }


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("plain", "plain"),
        ("a &lt; b<br>c&nbsp;d", "a < b c d"),
        ("<div>one</div><div>two</div>", "one two"),
        ("<style>.x{}</style><script>if (a < b) {}</script>left", "left"),
        ('<img src="x.png"> <img src="y.png" alt="a cat">[sound:z.mp3]', "[x.png] a cat♪"),
        ("漢字<ruby>日本<rt>にほん</rt></ruby>", "漢字日本[にほん]"),
        ("<ruby>漢<rp>(<rt>かん<rp>)<rb>字</rb><rp>(</rp><rt>じ</rt><rp>)</rp></ruby>です", "漢[かん]字[じ]です"),
        ("<head><title>x</title><body>left", "left"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<b>bold", "bold"),
        ("a < b <!-- x --> c<b", "a < b c"),
        ("<![if !supportLists]>1. <![endif]>one<![", "1. one"),
        ("<!--[if gte mso 9]><xml>Word</xml><![endif]-->one", "one"),
        ("{{c1::no cloze here}}", "{{c1::no cloze here}}"),
        ("<br> <div>one</div> <br><br>two <br>", "one two"),
        ("zero\ufeff\x07 width", "zero width"),
    ],
)
def test_paper_has_the_words_of_a_field(html: str, words: str) -> None:
    text = html_text.of_html(html)
    assert text
    assert text.plain == words


def test_paper_has_a_picture_by_the_name_that_its_address_means() -> None:
    html = '<img src="a%20b.png" alt="a cat"> <img src="か\u3099.png"> <img src="c.png"> <img alt="d">'
    text = html_text.of_html(html, pictures={"a b.png", "が.png"}.__contains__)
    assert text
    pictures = [node for node in text.walk() if isinstance(node, PictureSpan)]
    assert pictures == [PictureSpan("media/a b.png", "a cat"), PictureSpan("media/が.png", "が.png")]
    assert text.plain.endswith("[c.png] d")


@pytest.mark.parametrize(
    "html", ["", " ", "<br>", "<div></div>", "<style>x</style>", "{{c1::image-occlusion:rect:left=.1}}<br>"]
)
def test_a_field_without_words_is_none_on_paper(html: str) -> None:
    assert html_text.of_html(html, cloze=True) is None


def test_blanks_indices_and_lines_stay() -> None:
    text = html_text.of_html(
        "H<sub>2</sub>O is {{c1::w<b>a</b>ter::what?}}<br>x<sup>n</sup> {{c2::a {{c3::b}}}}", cloze=True
    )
    assert text
    assert text.inline == (
        *(Plain("H"), Sub("2"), Plain("O is "), ClozeSpan(1, (Plain("w"), Plain("a"), Plain("ter")), "what?")),
        *(Break(True), Plain("x"), Sup("n"), Plain(" "), ClozeSpan(2, (Plain("a "), Plain("b")), None)),
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("{{c1::a {{c2::b {{c3::c}} d}} e}} f {{c4::g}}", "<1 a b c d e> f <4 g>"),
        ("{{c2::a}}{{c3::b}} }}", "<2 a><3 b> }}"),
        ("{{c1::{{c2::a::h}} b::i}} c", "<1 a b::i> c"),
        ("{{c1::a::h {{c2::b}}}}", "<1 a::h >"),
        ("{{c1::a::}} {{c1::b {{c2::c}} d::e", "<1 a> b c d::e"),
    ],
)
def test_a_blank_in_a_blank_is_a_part_of_it_without_its_hint(html: str, words: str) -> None:
    text = html_text.of_html(html, cloze=True)
    assert text
    assert "".join(map(spelt, text.inline or ())) == words


def spelt(node: Inline) -> str:
    if isinstance(node, ClozeSpan):
        hint = "" if node.hint is None else f"::{node.hint}"
        return f"<{node.number} {''.join(map(spelt, node.children))}{hint}>"
    return node.text if isinstance(node, Plain) else "?"


def note_type() -> kept_type.KeptType:
    sides = {"question": "{{A}}", "answer": "{{FrontSide}}{{B}}{{C}}{{D}}"}
    type_ = {"note_type": "T", "id": "7", "fields": {name: {} for name in "ABCD"}, "templates": {"X": sides}}
    return kept_type.KeptType("t", NoteTypeFile.model_validate(type_))


@pytest.mark.parametrize(
    ("fields", "asked", "answered"),
    [
        ({"A": "a", "B": "b", "D": "d"}, {"A": "a"}, {"B": "b", "D": "d"}),
        ({"A": "<b></b>", "B": "b", "C": "c", "D": "d"}, {"B": "b"}, {"C": "c", "D": "d"}),
        ({"A": "<b></b>", "B": "<i></i>", "D": "d"}, {"D": "d"}, {}),
        ({"A": "<b></b>"}, {"": "[t]"}, {}),
    ],
)
def test_what_is_asked_is_the_first_field_with_words(
    fields: dict[str, str], asked: dict[str, str], answered: dict[str, str]
) -> None:
    context = {"note_types": {"t": note_type()}, "math": False}
    note = KeptNote.model_validate({"note": "t", "fields": fields}, context=context)
    assert {name: text.plain for name, text in note.asked} == asked
    assert {name: text.plain for name, text in note.answered} == answered


def test_what_clozes_hide_is_read_in_order_without_hints() -> None:
    nodes = anki_clozes.parsed("x {{c1::a {{c2::b::h}} c {{c3::d}}::i}} y {{c4::e}}")
    found = list(anki_clozes.every(nodes))
    assert [(cloze.ordinals, cloze.words, cloze.hint) for cloze in found] == [
        *(("1", "a b c d", "i"), ("2", "b", "h"), ("3", "d", None), ("4", "e", None)),
    ]
    assert [node for node in nodes if isinstance(node, str)] == ["x ", " y "]


def test_a_field_that_the_note_type_lacks_is_told_and_the_answer_is_that_of_the_first_card(tmp_path: Path) -> None:
    context = {"note_types": {"t": note_type()}, "math": False}
    note = KeptNote.model_validate({"note": "t", "fields": {"A": "a", "B": "b", "E": "e"}}, context=context)
    found = [(mistake.loc, str(mistake.message)) for mistake in note.mistakes(tmp_path)]
    assert found == [(("fields", "E"), "note type 't' has no field 'E': use one of: A, B, C, D")]
    assert [(words.question, words.answer) for words in note.card_words()] == [("a", "b")]


@pytest.mark.parametrize(
    ("fields", "asked"), [({"A": "a", "B": "b"}, "A"), ({"B": "b"}, "B"), ({"A": "a"}, "A"), ({"C": "c"}, "C")]
)
def test_paper_has_the_first_card_of_those_that_a_note_has(fields: dict[str, str], asked: str) -> None:
    templates = {name: {"question": f"{{{{{name}}}}}", "answer": "{{A}}{{B}}"} for name in "AB"}
    type_ = {"note_type": "T", "id": "7", "fields": {name: {} for name in "ABC"}, "templates": templates}
    kept = kept_type.KeptType("t", NoteTypeFile.model_validate(type_))
    assert kept.shown(fields) == ([asked], [name for name in fields if name != asked])


WHOLE = ("standard", *(f"field - {name}" for name in "ABCD"), "template - X")


@pytest.mark.parametrize(
    ("id_", "schema", "told"),
    [
        (7, WHOLE, None),
        (7, (), None),
        (7, ("standard", "field - A"), "field 'B' of this note type is new"),
        (7, (*WHOLE, "template - Y"), "template 'Y' of this note type was shipped and is gone"),
        (7, ("cloze", *WHOLE[1:]), "this note type was shipped as one of cloze cards"),
        (8, (), "this note type was shipped with the id 8"),
    ],
)
def test_a_note_type_stays_as_it_was_shipped_as_far_as_the_ledger_knows(
    tmp_path: Path, id_: int, schema: tuple[str, ...], told: str | None
) -> None:
    type_ = "note_type: T\nid: 7\nfields: {A: {}, B: {}, C: {}, D: {}}\n"
    type_ += "templates: {X: {question: '{{A}}', answer: '{{B}}'}}\n"
    project = checks.trusted(written(tmp_path, {"note-types/t.yaml": type_, "t.yaml": item("note: t\nfields: {A: a}")}))
    shipped = Ledger(types={"note-types/t": TypeRow("h", 1, id_, schema)})
    notes = [Note("f", "t", "g", "e.a", "note-types/t", (), (0,))]
    found = list(kept_types.broken(project, notes, shipped, Places(texts(tmp_path)[0])))
    assert [problem.message.partition(":")[0] for problem in found] == ([told] if told else [])


@pytest.mark.parametrize(
    "part", ["{{", "<!--", "<img ", "[sound:", "_-", "url(", "{{c1::", "<![", "<div>", "&", "<sub>", "{{#A}}"]
)
def test_no_field_and_no_template_takes_long(part: str) -> None:
    html = part * 20_000
    start = perf_counter()
    html_text.of_html(html, cloze=True)
    list(kept_media.media_names([html]))
    type_ = {"note_type": "T", "id": "1", "fields": {"A": {}}, "templates": {"C": {"question": html, "answer": html}}}
    kept = kept_type.KeptType("t", NoteTypeFile.model_validate(type_))
    kept.ords({"A": html})
    kept.shown({"A": html})
    assert perf_counter() - start < 3


SIGNS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\t :#-|>&*!{}[]'\"\\%@`,?~ \r"), max_size=30
)


@given(SIGNS, SIGNS, st.sampled_from([str, InLines, InQuotes]))
@example("k", " a\nb", InLines)
@example("k", "a\n\n", InLines)
def test_every_text_is_read_back_as_it_is(name: str, value: str, style: type[str]) -> None:
    name, value = (INVISIBLE.sub("", text) for text in (name, value))
    name = name if name.strip() else "k"
    document_, problems = read("f.yaml", document({"a": {name: style(value), "z": "end"}, "b": "c"}).encode())
    assert not problems
    assert document_
    assert document_.value == {"a": {name: value, "z": "end"}, "b": "c"}
