"""The notes of a benchmark's project in the formats of other programs that make Anki decks.

Each note has a question, an answer, and tags, for that is what all of them can hold; what the author wrote more (hint,
explanation, entry, source) stands behind the answer. A cloze is asked with its first gap. The whole table or list
that hitoe prints behind the answer of a cell or a step is left out: an author would have to write it for each note.
"""

import csv
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import yaml
from bench_floor import Fields, notes

PACKAGE = "out.apkg"
GAP = re.compile(r"\{\{c(\d+)::(.*?)(?:::.*?)?\}\}")
GENANKI = """\
import genanki, json
model = genanki.Model(1, "basic", [{"name": "Front"}, {"name": "Back"}],
                      [{"name": "card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}])
deck = genanki.Deck(2, "bench")
for front, back, tags in json.load(open("notes.json", encoding="utf-8")):
    deck.add_note(genanki.Note(model, [front, back], tags=tags))
genanki.Package(deck).write_to_file("out.apkg")
"""
MODEL = """\
name: basic
id: 5e0f8a3c-0000-11ee-0000-000000000000
css_file: style.css
fields: [{name: Front}, {name: Back}]
templates: [{name: card, html_file: card.html}]
"""
RECIPE = """\
- build_parts:
  - headers_from_yaml_part: {part_id: header, file: header.yaml}
  - note_models_from_yaml_part: {part_id: basic, file: model.yaml}
  - SOURCE
- generate_crowd_anki:
    folder: out
    headers: header
    notes: {part_id: notes}
    note_models: {parts: [{part_id: basic}]}
"""
FROM_YAML = "notes_from_yaml_part: {part_id: notes, file: notes.yaml}"
FROM_CSV = """\
notes_from_csvs:
      part_id: notes
      note_model_mappings:
        - {note_models: [basic], columns_to_fields: {guid: guid, tags: tags, front: Front, back: Back}}
      file_mappings: [{file: notes.csv, note_model: basic}]\
"""
TEMPLATES = '[{name: card, qfmt: "{{Front}}", afmt: "{{FrontSide}}<hr>{{Back}}"}]'


@dataclass(frozen=True, slots=True)
class Note:
    """A note as every one of the programs can hold it."""

    front: str
    back: str
    tags: list[str]


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program, and how it is used.

    `write` puts notes into a folder, in which the command (its first word is in the environment's bin folder) then
    runs; `count` says how many notes with a question and an answer have arrived in what it made there.
    """

    name: str
    package: str
    write: Callable[[Path, Iterable[Note]], None]
    command: tuple[str, ...]
    count: Callable[[Path], int]
    is_rival: bool = False
    """It makes an Anki package of YAML, as hitoe does: hitoe's bounds are in terms of the best of these."""
    python: str = ""
    """The oldest Python that it runs with, if that is newer than what hitoe needs."""


def of_project(project: Path) -> Iterator[Note]:
    """Yield the notes of a project that bench_project made."""
    for file in sorted((project / "content" / "topics").glob("*.yaml")):
        topic = yaml.load(file.read_bytes(), yaml.CSafeLoader)
        for _, kind, values in notes(topic["entries"]):
            yield Note(*sides(values), [f"topic::{topic['topic']}", f"kind::{kind}"])


def sides(values: Fields) -> tuple[str, str]:
    """Return question and answer of a note with these fields."""
    question, answer = values["Question"], values.get("Answer", "")
    if not answer:
        answer = GAP.sub(r"\2", question)
        question = GAP.sub(lambda gap: "[…]" if gap[1] == "1" else gap[2], question)
    behind = (values[name] for name in ("Hint", "Extra", "Entry", "Source") if name in values)
    return " ".join(filter(None, (values.get("Title"), question))), "<br>".join((answer, *behind))


def _quoted(value: object) -> str:
    """Return a text or a list in JSON, which is YAML in double quotes as well."""
    return json.dumps(value, ensure_ascii=False)


def _write_json(folder: Path, all_: Iterable[Note]) -> None:
    (folder / "notes.json").write_text(_quoted([(note.front, note.back, note.tags) for note in all_]), "utf-8")


def _yaml_list(all_: Iterable[Note]) -> str:
    return "".join(
        f"  - front: {_quoted(note.front)}\n    back: {_quoted(note.back)}\n    tags: {_quoted(note.tags)}\n"
        for note in all_
    )


def _write_yaml_tool(folder: Path, all_: Iterable[Note]) -> None:
    config = f"config:\n  name: basic\n  deck-name: bench\n  fields: [Front, Back]\n  templates: {TEMPLATES}\n"
    (folder / "deck.yaml").write_text(f"{config}data:\n{_yaml_list(all_)}", "utf-8")


def _write_yaml2anki(folder: Path, all_: Iterable[Note]) -> None:
    (folder / "deck.yaml").write_text(f"deck_name: bench\ncards:\n{_yaml_list(all_)}", "utf-8")


def _write_markdown(folder: Path, all_: Iterable[Note]) -> None:
    (folder / "bench").mkdir()
    text = "\n---\n\n".join(f"{note.front}\n\n%\n\n{note.back}\n\n%\n\n{', '.join(note.tags)}\n" for note in all_)
    (folder / "bench" / "notes.md").write_text(text, "utf-8")


def _write_brain_brew(folder: Path, all_: Iterable[Note]) -> None:
    _write_recipe(folder, FROM_CSV)
    with (folder / "notes.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("guid", "front", "back", "tags"))
        rows.writerows((f"guid{i}", note.front, note.back, ", ".join(note.tags)) for i, note in enumerate(all_))


def _write_brain_brew_yaml(folder: Path, all_: Iterable[Note]) -> None:
    _write_recipe(folder, FROM_YAML)
    lines = (
        f"    - fields: {_quoted([note.front, note.back])}\n      guid: guid{i}\n      tags: {_quoted(note.tags)}\n"
        for i, note in enumerate(all_)
    )
    text = "".join(("note_groupings:\n  - note_model: basic\n    notes:\n", *lines))
    (folder / "notes.yaml").write_text(text, "utf-8")


def _write_recipe(folder: Path, source: str) -> None:
    recipe = RECIPE.replace("SOURCE", source)
    parts = {"header.yaml": "name: bench\n", "model.yaml": MODEL, "recipe.yaml": recipe, "style.css": ".card {}\n"}
    for name, text in {**parts, "card.html": "{{Front}}\n\n--\n\n{{Back}}\n"}.items():
        (folder / name).write_text(text, "utf-8")


def _count_in_package(folder: Path) -> int:
    with tempfile.TemporaryDirectory() as place, ZipFile(folder / PACKAGE) as package:
        connection = sqlite3.connect(package.extract("collection.anki2", place))
        rows = connection.execute("select flds from notes").fetchall()
        connection.close()
    return sum(all(fields.split("\x1f")[:2]) for (fields,) in rows)


def _count_in_crowd_anki(folder: Path) -> int:
    made = json.loads((folder / "out" / "deck.json").read_text("utf-8"))
    return sum(all(note["fields"][:2]) for note in made["notes"])


ASK_YAML_TOOL = ("anki-yaml-tool", "build", "--file", "deck.yaml", "--output", PACKAGE)
ASK_YAML2ANKI = ("yaml2anki", "deck.yaml", "-o", PACKAGE)
ASK_ANKDOWN = ("ankdown", "-r", "bench", "-p", PACKAGE)
ASK_BREW = ("brainbrew", "run", "recipe.yaml")
PEERS = (
    Peer("genanki", "genanki", _write_json, ("python", "-c", GENANKI), _count_in_package),
    Peer("ankdown", "ankdown", _write_markdown, ASK_ANKDOWN, _count_in_package),
    Peer("anki-yaml-tool", "anki-yaml-tool", _write_yaml_tool, ASK_YAML_TOOL, _count_in_package, is_rival=True),
    Peer("yaml2anki", "yaml2anki", _write_yaml2anki, ASK_YAML2ANKI, _count_in_package, is_rival=True, python="3.13"),
    # It writes a folder for the add-on CrowdAnki, which is JSON. Its manual takes notes from CSV; YAML it reads too.
    Peer("brain-brew", "brain-brew", _write_brain_brew, ASK_BREW, _count_in_crowd_anki),
    Peer("brain-brew, YAML", "brain-brew", _write_brain_brew_yaml, ASK_BREW, _count_in_crowd_anki),
)
