"""An English deck has nothing Japanese in it: in Anki, on paper, in the log, nor in the files that make them."""

import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from hitoe.cli import main
from hitoe.resources import folder
from support import anki_engine as engine
from support.notes import written

JAPANESE = re.compile("[ぁ-ゖァ-ヺ々-〇\u3400-\u9fff\uff01-\uff60]")
"""Kana, kanji, and full-width signs."""
DECK = """\
format: 1
key: own
title: Chemistry
language: en
description: Notes
domains: {d: {title: One, weight: 60}, e: {title: Two, weight: 40}}
series: {title: Learning, number_1: 2020-W30, intro: Hello, url: "https://example.com/"}
exam_date: 2021-01-01
"""
TOPIC = """\
topic: t
title: Topic
entries:
  first:
    title: First
    learned: 2020-W30
    domain: d
    sources: [{title: Site, url: "https://example.com/a"}]
    changed: Not any more
    corrections: {c: {said: x, correct: y, note: z}, o: {said: x, correct: y, outdated: true}}
    quote: {text: Words, source: Somebody}
    items:
      fact:
        fact: Symbol of iron
        is: Fe
        reverse: What is Fe?
        hint: Latin
        extra: More
        speak: true
        typed: true
        key: true
      question: {fact: "What is iron?", is: A metal, changed: New}
      old: {fact: Old, is: Gone, retired: true}
      blanks: {cloze: "{{c1::Iron}} rusts in {{c2::air::gas}}", retired_clozes: [3], hint: Latin, speak: true}
      table:
        table: Metals
        corner: Metal
        columns: {symbol: Symbol, how: "How heavy is it?"}
        rows: {Iron: {symbol: Fe, how: heavy}, Lead: {symbol: Pb, how: heavier}}
        ask: both
        ask_rows: true
      steps: {steps: Smelting, sequence: {a: Heat, b: Pour}}
      code: {code: Print it, is: print(1), reverse: "What does it do?"}
      calc: {calc: Mass of two, given: {m: {value: 5, unit: g}}, formula: m * 2, unit: g}
      picture:
        picture: Parts
        hint: Look
        image: {file: a.svg, alt: a}
        regions: {r: {label: Left, left: 0, top: 0, width: 50, height: 50}}
      drawn:
        fact: Share
        is: Half
        figure: {title: Shares, alt: Two, bar: {a: {label: Half, value: 1}}, total: 2, whole: all, rest: rest}
  second: {title: Second, domain: e, items: {a: {fact: Undated, is: x}}}
  third: {title: Third, learned: 2020-W31, items: {a: {fact: Without domain, is: x}}}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of which all outputs were built, after a deck that asked a card that is no longer asked."""
    project = tmp_path_factory.mktemp("english")
    asked = TOPIC.replace("{fact: Undated, is: x}", "{fact: Undated, is: x, reverse: Back}")
    for topic, outputs in ((asked, ["deck"]), (TOPIC, [])):
        written(project, {"deck.yaml": DECK, "t.yaml": topic, "a.svg": PICTURE})
        assert main(["build", *outputs, "-C", str(project)]) == 0
    assert main(["coverage", "-C", str(project)]) == 0
    return project


def test_the_cards(root: Path, tmp_path: Path) -> None:
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, root / "build" / "own.apkg")
        col.fix_integrity()  # which makes the card of the retired number
        sides = engine.sides(col)
        assert len(sides) > 20
        assert "This card is retired." in str(sides)
        assert [side for both in sides.values() for side in both if JAPANESE.search(side)] == []
        assert [fields for fields in engine.fields(col).values() if JAPANESE.search(str(fields))] == []
        assert not JAPANESE.search(str(engine.tags(col)))
        assert "Retired" in str(engine.tags(col))
        cards = [col.get_card(id_) for id_ in col.find_cards("")]
        tags = [tag for card in cards for tag in (*card.question_av_tags(), *card.answer_av_tags())]
        assert {tag.lang for tag in tags} == {"en_US"}  # type: ignore[union-attr]
        assert not JAPANESE.search(str([deck.name for deck in col.decks.all_names_and_ids()]))


def test_the_note_types(root: Path) -> None:
    with zipfile.ZipFile(root / "build" / "own.apkg") as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    (models,) = database.execute("select models from col").fetchone()
    database.close()
    ours = [model for model in json.loads(models).values() if "hitoe" in model["name"]]
    assert sorted(model["name"] for model in ours) == [
        f"hitoe Chemistry – {name}" for name in ("Basic", "Cloze", "Picture")
    ]
    for model in ours:
        assert not JAPANESE.search(json.dumps(model, ensure_ascii=False))
        assert "ja_JP" not in str(model)


def test_the_sheets(root: Path) -> None:
    printed = sorted((root / "build").glob("*.pdf"))
    assert len(printed) >= 5
    for path in printed:
        pdf = pypdfium2.PdfDocument(path)
        said = "".join(page.get_textpage().get_text_range() for page in pdf)
        assert said
        assert not JAPANESE.search(said + str(pdf.get_metadata_dict()) + str(list(pdf.get_toc()))), path


def test_the_log_and_the_drawing_of_the_coverage(root: Path) -> None:
    files = [*(root / "build" / "log").glob("*.*"), root / "build" / "coverage.svg"]
    assert {path.suffix for path in files} == {".md", ".html", ".xml", ".svg"}
    assert [path.name for path in files if JAPANESE.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "path",
    [path for path in folder().rglob("*.*") if path.suffix in (".j2", ".css", ".html")],
    ids=lambda path: path.name,
)
def test_the_templates_that_all_languages_share(path: Path) -> None:
    if path.parent.name != "words" or path.stem == "en":
        assert not JAPANESE.search(path.read_text("utf-8"))
