"""`report:` in deck.yaml puts a link on every back, which names the card to whoever can mend it."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hitoe import checks
from hitoe.checks import key_paths
from hitoe.deck import Note, cards, note_models
from hitoe.deck.note_types import NOTE_TYPES
from support import anki_engine as engine
from support.notes import DECK, item, problems, written
from support.projects import build, example_copy

ADDRESS = "https://example.com/report?deck={deck}&card={path}#top"
LINK = re.compile(r'<a href="([^"]*)">(間違いを報告する|Report a mistake)</a>')


def reporting(project: Path, address: str = ADDRESS) -> Path:
    deck = project / "content/deck.yaml"
    deck.write_text(deck.read_text("utf-8") + f"\nreport: {address}\n", "utf-8")
    return project


def notes(root: Path) -> dict[str, Note]:
    project = checks.trusted(root)
    return {note.path: note for note in cards.notes(project, cards.templates(project.deck.language))}


def test_the_link_is_a_field_of_its_own_and_changes_no_other(tmp_path: Path) -> None:
    project = example_copy(tmp_path / "project")
    before, after = notes(project), notes(reporting(project))
    assert {note.type for note in after.values()} == set(NOTE_TYPES)
    assert before.keys() == after.keys()
    for path, note in after.items():
        assert {name: value for name, value in note.fields.items() if name != "Extra2"} == before[path].fields
        assert "Extra2" not in before[path].fields


def test_the_link_names_deck_and_path_and_leads_back_to_the_source(tmp_path: Path) -> None:
    root = reporting(example_copy(tmp_path / "project"))
    project = checks.trusted(root)
    for path, note in notes(root).items():
        link = LINK.fullmatch(note.fields["Extra2"])
        assert link
        address = urlsplit(unescape(link[1]))
        assert address.geturl() == f"https://example.com/report?deck=example&card={quote(path, safe='')}#top"
        assert (address.netloc, address.path, address.fragment) == ("example.com", "/report", "top")
        query = parse_qs(address.query, strict_parsing=True)
        assert query == {"deck": ["example"], "card": [path]}
        assert key_paths.position(project, query["card"][0]).file == note.file


def test_every_back_in_anki_has_the_link_and_no_front(tmp_path: Path) -> None:
    project = reporting(example_copy(tmp_path / "project"))
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, build(project))
        sides = engine.sides(col)
    assert len(sides) > 50
    for front, back in sides.values():
        assert len(LINK.findall(back)) == 1
        assert not LINK.search(front)


def test_a_link_that_comes_later_arrives_and_no_review_is_lost(tmp_path: Path) -> None:
    project = example_copy(tmp_path / "project")
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, build(project))
        engine.study(col)
        schedules, reviews = engine.schedules(col), engine.reviews(col)
        types = len(col.models.all())
        log = engine.import_deck(col, build(reporting(project)))
        assert (log.new, log.duplicate, log.conflicting) == (0, 0, 0)
        assert log.updated == len(engine.fields(col))
        assert (engine.schedules(col), engine.reviews(col), len(col.models.all())) == (schedules, reviews, types)


def test_an_english_deck_and_own_words_name_the_link(tmp_path: Path) -> None:
    root = written(
        tmp_path,
        {
            "deck.yaml": DECK + "language: de\nreport: 'mailto:a@example.com?subject={path}'\n",
            "t.yaml": item("fact: a\nis: b"),
        },
    )
    assert notes(root)["e.a"].fields["Extra2"] == '<a href="mailto:a@example.com?subject=e.a">Report a mistake</a>'
    written(root, {"words.yaml": 'report: "Fehler <melden>"\n'})
    assert notes(root)["e.a"].fields["Extra2"].endswith(">Fehler &lt;melden&gt;</a>")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://example.com/{path}", "begin it with https:// or mailto:"),
        ("javascript:alert('{path}')", "begin it with https:// or mailto:"),
        ("example.com/{path}", "begin it with https:// or mailto:"),
        ("https:///{path}", "begin it with https:// or mailto:"),
        ("https://[x/{path}", "begin it with https:// or mailto:"),
        ("mailto:?subject={path}", "begin it with https:// or mailto:"),
        ("https://example.com/a b?{path}", "holds a space: write %20 for it"),
        ("https://example.com/?a=<b>&{path}", "holds '<': write %3C for it"),
        ("https://example.com/?d={dek}&c={path}", "unknown name '{dek}' in the address: did you mean 'deck'?"),
        ("https://example.com/?{line}&c={path}", "unknown name '{line}' in the address: use one of: deck, path"),
        (
            "https://example.com/?{path",
            "a brace in the address that belongs to no name: the names are {deck} and {path}",
        ),
        ("https://example.com/?{{path}}", "a brace in the address that belongs to no name"),
        ("https://{deck}.example.com/{path}", "{deck} and {path} cannot name whom the report goes to"),
        ("mailto:{deck}@example.com?subject={path}", "{deck} and {path} cannot name whom the report goes to"),
        ("https://example.com/{deck}", "the address names no card: write {path} where its key path belongs"),
    ],
)
def test_addresses_that_are_none(address: str, message: str, tmp_path: Path) -> None:
    (said,) = problems(tmp_path, {"deck.yaml": f'{DECK}report: "{address}"\n', "t.yaml": item("fact: a\nis: b")})
    assert said.startswith("content/deck.yaml:4:9: ")
    assert message in said


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_the_back_of_every_note_type_prints_the_field(key: str) -> None:
    words = note_models.own(
        key, "d", "t", cards.templates(checks.trusted(Path(__file__).parent / "example").deck.language)
    )
    for template in note_models.model(key, words)["tmpls"]:
        assert "{{#Extra2}}" in template["afmt"]
        assert "Extra2" not in template["qfmt"]
