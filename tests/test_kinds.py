"""Every kind of item says something everywhere: in the deck, on each edition of the sheet, in the log, to `check`."""

import html
import inspect
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hitoe import sheet
from hitoe.deck import cards as deck_cards
from hitoe.deck.notes import FACES
from hitoe.kinds import KINDS, Item
from hitoe.kinds.question import FORWARD, REVERSE
from hitoe.lints import judged
from hitoe.log.formats import post_formats
from hitoe.log.section import Section
from hitoe.model.identity import item_path
from hitoe.model.project import PlacedEntry, Project
from hitoe.resources import folder
from hitoe.templating import Templates
from hitoe.text import Plain
from hitoe.values.language import Language
from support.notes import OWN_KINDS, written
from support.notes import item as one_item
from support.study_sheet import whole_sheet

CODE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def one_of_each(example_project: Project) -> Project:
    """Return the example with nothing but the first item of each kind that is not retired and not extra."""
    seen: set[str] = set()
    topics = {}
    for file, topic in example_project.topics.items():
        entries = {}
        for key, entry in topic.entries.items():
            items = {}
            for name, item in entry.items.items():
                if item.kind not in seen and not (entry.retired or item.retired) and item.tier == "core":
                    seen.add(item.kind)
                    items[name] = item
            if items:
                entries[key] = entry.model_copy(update={"items": items})
        if entries:
            topics[file] = topic.model_copy(update={"entries": entries})
    assert seen >= set(OWN_KINDS), "write an item of each kind into a file of tests/example/content/topics/"
    return replace(example_project, topics=topics)


@pytest.fixture(scope="module")
def printed(one_of_each: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the letters of each edition of the sheet by file name."""
    files = whole_sheet(one_of_each, tmp_path_factory.mktemp("cache"))
    return {
        name: letters("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)))
        for name, pdf in files.items()
    }


def placed_item(project: Project, kind: str) -> tuple[PlacedEntry, str, Item]:
    return next(
        (placed, key, item)
        for placed in project.entries()
        for key, item in placed.entry.items.items()
        if item.kind == kind
    )


def letters(text: str) -> str:
    """Return a text without spaces and without invisible characters of the sheet."""
    return re.sub(r"[\s\u2060\u200b\xa0①-⑳]", "", text)


def words(markup: str) -> str:
    """Return the letters of HTML or Markdown without their signs."""
    filled = re.sub(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", r"\1", re.sub(r"<[^>]*>", "", markup))
    return without_signs(html.unescape(filled))


def without_signs(text: str) -> str:
    return letters(re.sub(r"[*`\\]", "", text))


def plain(item: Item) -> list[str]:
    """Return the letters of the texts that the sheet prints of an item."""
    return [letters(text.plain) for _, text in item.texts()]


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_every_kind_is_asked_in_the_deck(one_of_each: Project, kind: str) -> None:
    placed, key, item = placed_item(one_of_each, kind)
    print_ = deck_cards.templates(Language("ja"))
    notes = [
        note for note in deck_cards.notes(one_of_each, print_) if note.path.startswith(item_path(placed, key, item))
    ]
    assert sum(len(note.ords) for note in notes) == item.card_count > 0
    said = words("".join(note.text for note in notes))
    assert [text for text in plain(item) if without_signs(text) not in said] == []


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_every_kind_is_printed_in_all_editions(one_of_each: Project, printed: dict[str, str], kind: str) -> None:
    _, _, item = placed_item(one_of_each, kind)
    assert sum("worksheet" in name for name in printed) == 1
    assert len(printed) == len(sheet.EDITIONS)
    for name, said in printed.items():
        if "worksheet" in name:  # answers are cut out of the texts, and stand in the key
            leaves = [node.text for _, text in item.texts() for node in text.walk() if isinstance(node, Plain)]
            assert [leaf for leaf in leaves if letters(leaf) not in said] == []
        else:
            assert [text for text in plain(item) if text not in said] == [], name


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_every_kind_reads_as_a_note_of_the_log(one_of_each: Project, kind: str) -> None:
    placed, key, item = placed_item(one_of_each, kind)
    alone = placed.entry.model_copy(update={"items": {key: item}, "points": (), "quote": None, "corrections": {}})
    section = Section.of(replace(placed, entry=alone), one_of_each.root / "content")
    for form in post_formats(Language("ja"), marked=False):
        form.templates.set_address(str)  # formats are made once, and another test may have put its files elsewhere
        said = words(form.section(section))
        assert [text for text in plain(item) if without_signs(text) not in said] == [], form.name


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_every_kind_is_judged_by_the_rules(one_of_each: Project, kind: str) -> None:
    found = [card for card in judged.of(one_of_each) if card.item.kind == kind]
    assert found
    for card in found:
        assert card.words.question
        assert card.words.said
        mapping: Any = one_of_each.documents[card.placed.file].value
        for key in (*card.placed.loc, "items", card.key):
            mapping = mapping[key]
        assert {card.words.asked[0], card.words.answered[0]} <= mapping.keys()


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_the_printed_texts_are_all_that_the_template_prints_in_order(example_project: Project, kind: str) -> None:
    templates = Templates("page", Language("ja"))
    items = [item for placed in example_project.entries() for item in placed.live_items.values() if item.kind == kind]
    assert items
    for item in items:
        left = words(templates.call(f"items/{kind}.html.j2", "fragment", item))
        between = ""
        for text in map(without_signs, plain(item)):
            before, found, left = left.partition(text)
            assert found, text
            between += before
        assert not re.search(r"\w", between + left), between + left


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_the_printed_texts_have_their_places_in_the_file(example_project: Project, kind: str) -> None:
    for placed in example_project.entries():
        lines = (example_project.root / placed.file).read_text("utf-8").splitlines()
        for key, item in placed.live_items.items():
            for loc, text in item.texts() if item.kind == kind else ():
                if loc != ("formula",):  # computed
                    at = example_project.at(placed.file, *placed.loc, "items", key, *loc)
                    there = "".join(lines[at.line - 1 : at.line + 1]).replace("\\\\", "\\")
                    assert text.raw.split()[0] in there, (at, text.raw)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_has_a_name_in_every_language(kind: str, language: str) -> None:
    assert Templates("page", Language(language)).word("kinds", kind)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_kind_leaves_out_what_it_must_say(kind: type[Item]) -> None:
    assert not inspect.isabstract(kind)


def test_a_kind_without_a_template_stops_the_build(tmp_path: Path) -> None:
    shutil.copytree(CODE / "scripts" / "hitoe", tmp_path / "hitoe", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(folder(), tmp_path / "hitoe" / "templates", ignore=shutil.ignore_patterns("fonts"))
    project = written(tmp_path / "project", {"t.yaml": one_item("fact: 問い\nis: 答え")})
    build = [sys.executable, "-m", "hitoe", "build", "deck", "-C", str(project)]
    assert subprocess.run(build, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "hitoe" / "templates" / "items" / "picture.html.j2").unlink()
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert "items of kind 'picture' cannot be printed: write templates/items/picture.html.j2" in done.stderr


def test_the_card_numbers_are_those_of_the_note_type() -> None:
    assert tuple(FACES) == (FORWARD, REVERSE)
