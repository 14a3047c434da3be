"""Packages of others are imported, built and imported into the real Anki: the words of their fields are the same."""

import re
import shutil
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from anki.collection import Collection
from hitoe.cli import main
from support import foreign, foreign_html
from support.anki_engine import collection, import_deck

MEDIA = re.compile(r"<img[^>]*>|\[sound:[^\]]*\]")
LINES = re.compile(r"</?(?:div|p|br|li|ul|ol|pre|h\d|tr|td|table|tbody)\b[^>]*>")
FIELDS = {"Front": "Question", "Back": "Answer", "Text": "Text", "Back Extra": "Extra", "Header": "Header"}
REVERSED = {"Front": "ReverseAnswer", "Back": "Reverse"}


def shown(html: str) -> str:
    """Return the words of a field: without markup, numbers of clozes, spaces within formulas, and borders of cells."""
    text = re.sub(r"<(style|script).*?</\1>", "", html, flags=re.S)
    text = LINES.sub(" ", MEDIA.sub("[file]", text)).replace(" | ", " ")
    text = unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ")
    text = re.sub(r"\\\(.*?\\\)|\\\[.*?\\\]", lambda tex: re.sub(r"\s", "", tex[0]), text, flags=re.S)
    return "".join(re.sub(r"\{\{c\d+::", "{{c::", text).split())


def fill(col: Collection, random: Random, count: int) -> None:
    """Add notes of all stock types, each with a tag of its own, in nested decks."""
    foreign.picture(col, "cell (1).png")
    foreign.sound(col, "dog.mp3")
    for number in range(count):
        kind = foreign.STOCK[number % len(foreign.STOCK)]
        if kind == "Cloze":
            fields = {"Text": foreign_html.cloze(random), "Back Extra": foreign_html.field(random)}
        elif kind == "Image Occlusion":
            fields = {
                "Occlusion": "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}",
                "Image": '<img src="cell (1).png">',
                "Header": foreign_html.inline(random),
            }
        else:
            media = random.choice(("", "", "[sound:dog.mp3]", '<img src="cell%20(1).png">'))
            fields = {"Front": foreign_html.inline(random) + media, "Back": foreign_html.field(random)}
        if "optional" in kind and random.random() < 0.5:
            fields["Add Reverse"] = "y"
        deck = random.choice(("Top", "Top::A", "Top::A::B", "Top::日本語"))
        foreign.add(col, kind, fields, deck=deck, tags=[f"n{number}", "two::levels"])


def by_tag(col: Collection) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for id_ in col.find_notes(""):
        note = col.get_note(id_)
        tag = next(tag for tag in note.tags if re.fullmatch(r"n\d+", tag))
        found.setdefault(tag, []).append(dict(note.items()))
    return found


def differences(before: Collection, after: Collection) -> tuple[int, list[str]]:
    """Return how many fields were compared, and what differs."""
    compared, found, new = 0, [], by_tag(after)
    for tag, (own,) in by_tag(before).items():
        for name, html in own.items():
            if name not in FIELDS or not html:
                continue
            compared += 1
            targets = [FIELDS[name], *([REVERSED[name]] if name in REVERSED and own.get("Add Reverse") else [])]
            got = [note[target] for note in new.get(tag, []) for target in targets]
            if not got or any(shown(html) != shown(text) for text in got):
                found.append(f"{tag} {name}: {html!r} became {got!r}")
    return compared, found


def round_trip(folder: Path, seed: int, notes: int, *, legacy: bool) -> tuple[int, list[str]]:
    with collection(folder / "before") as before:
        fill(before, Random(seed), notes)
        package = foreign.export(before, folder / "foreign.apkg", legacy=legacy)
        project = folder / "project"
        assert main(["import", str(package), "-C", str(project)]) == 0
        assert main(["build", "deck", "-C", str(project)]) == 0
        with collection(folder / "after") as after:
            import_deck(after, project / "build" / "top.apkg")
            return differences(before, after)


@pytest.mark.parametrize("legacy", [False, True])
def test_what_is_imported_and_built_reads_as_before(tmp_path: Path, legacy: bool) -> None:
    compared, found = round_trip(tmp_path, 1, 120, legacy=legacy)
    assert compared > 150
    assert len(found) <= compared / 100, "\n".join(found)


@pytest.mark.slow
def test_forty_packages_read_as_before(tmp_path: Path) -> None:
    compared, found = 0, list[str]()
    for seed in range(40):
        folder = tmp_path / str(seed)
        its_compared, its_found = round_trip(folder, seed, 120, legacy=seed % 2 == 0)
        compared, found = compared + its_compared, found + its_found
        shutil.rmtree(folder)
    print(f"{compared} fields of 40 packages, {len(found)} differ")
    assert len(found) <= compared / 100, "\n".join(found)


@pytest.mark.slow
def test_ten_thousand_notes_are_imported_in_ten_seconds(tmp_path: Path) -> None:
    with collection(tmp_path / "before") as before:
        fill(before, Random(7), 10_000)
        package = foreign.export(before, tmp_path / "foreign.apkg")
    start = perf_counter()
    assert main(["import", str(package), "-C", str(tmp_path / "project")]) == 0
    assert perf_counter() - start <= 10
