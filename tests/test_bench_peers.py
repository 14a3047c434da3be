"""`make bench-peers`: what it writes for other programs, what it counts, and what its bounds say."""

import csv
import subprocess
import sys
from pathlib import Path

import bench_peer_environments as environments
import bench_peer_formats as formats
import bench_peers
import bench_project
import bench_scale
import pytest
import yaml
from bench import BIG, Figures
from bench_peer_formats import Note, Peer
from bench_peers import Measured, Run
from bench_peers_sheet import Paragraphs, visible

NOTES = 100
PEERS = {peer.name: peer for peer in formats.PEERS}


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> list[Note]:
    project = tmp_path_factory.mktemp("made") / "project"
    bench_project.write(project, NOTES)
    return list(formats.of_project(project))


def written(name: str, notes: list[Note], folder: Path) -> tuple[Peer, Path]:
    PEERS[name].write(folder, notes)
    return PEERS[name], folder


def test_each_note_of_the_project_has_a_question_and_another_answer(notes: list[Note]) -> None:
    assert len(notes) == NOTES
    assert all(note.front and note.back and note.front != note.back for note in notes)
    assert all("{{c" not in note.front + note.back for note in notes)


def test_a_cloze_is_asked_with_its_first_gap() -> None:
    sides = formats.sides({"Question": "A は{{c1::1 KB::大きさ}}で、{{c2::`x`}} を使う", "Entry": "題"})
    assert sides == ("A は[…]で、`x` を使う", "A は1 KBで、`x` を使う<br>題")


@pytest.mark.parametrize(("name", "key"), [("anki-yaml-tool", "data"), ("yaml2anki", "cards")])
def test_what_is_written_as_yaml_is_read_as_the_same_notes(
    notes: list[Note], tmp_path: Path, name: str, key: str
) -> None:
    written(name, notes, tmp_path)
    read = yaml.safe_load((tmp_path / "deck.yaml").read_text("utf-8"))[key]
    assert [Note(one["front"], one["back"], one["tags"]) for one in read] == notes


def test_brain_brew_gets_the_same_notes_as_csv_and_as_yaml(notes: list[Note], tmp_path: Path) -> None:
    written("brain-brew", notes, tmp_path)
    with (tmp_path / "notes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Note(row["front"], row["back"], row["tags"].split(", ")) for row in rows] == notes
    written("brain-brew, YAML", notes, tmp_path)
    [group] = yaml.safe_load((tmp_path / "notes.yaml").read_text("utf-8"))["note_groupings"]
    assert [Note(one["fields"][0], one["fields"][1], one["tags"]) for one in group["notes"]] == notes
    assert yaml.safe_load((tmp_path / "recipe.yaml").read_text("utf-8"))


def test_ankdown_gets_the_same_notes_as_markdown(notes: list[Note], tmp_path: Path) -> None:
    written("ankdown", notes, tmp_path)
    cards = (tmp_path / "bench" / "notes.md").read_text("utf-8").split("\n---\n")
    assert [[side.strip() for side in card.split("\n%\n")][:2] for card in cards] == [
        [note.front, note.back] for note in notes
    ]


def test_only_notes_with_an_answer_count_as_arrived(notes: list[Note], tmp_path: Path) -> None:
    peer, folder = written("genanki", [*notes, Note("問い", "", [])], tmp_path)
    subprocess.run([sys.executable, *peer.command[1:]], cwd=folder, check=True)
    assert peer.count(folder) == NOTES


def test_what_cannot_be_installed_is_told_in_a_sentence() -> None:
    with pytest.raises(environments.NotInstalledError, match=r"^nothing needs Python 9\.99, which is not found here$"):
        environments.folder_of_commands("nothing", "9.99")


def measured(notes: int, cold: float, memory: float, **rivals: tuple[float, float]) -> Measured:
    peers = {name.replace("_", "-"): Run(*figures) for name, figures in rivals.items()}
    return Measured(Figures(notes, 0.5, cold, 0.1, 0.5, memory), peers)


def test_the_bounds_are_those_beside_the_fastest_that_makes_packages_of_yaml() -> None:
    small = measured(1_000, 0.2, 60)
    good = measured(BIG, 2.0, 100, anki_yaml_tool=(5.0, 90), yaml2anki=(4.0, 100), genanki=(0.3, 30))
    assert list(bench_peers.broken([small, good])) == []
    bad = measured(BIG, 2.5, 101, anki_yaml_tool=(5.0, 90), yaml2anki=(4.0, 100))
    assert list(bench_peers.broken([small, bad])) == [
        "10,000 notes: hitoe is 1.60 times as fast as yaml2anki, not 2.0",
        "10,000 notes: hitoe takes 101 MB, yaml2anki 100",
        "the growth exponent is 1.10, above 1.05",
    ]


def test_bounds_that_cannot_be_looked_at_are_told() -> None:
    [sentence] = bench_peers.broken([measured(BIG, 2.0, 100, genanki=(0.3, 30))])
    assert sentence.startswith("no program that makes packages of YAML is installed")


def test_the_sheets_paragraphs_are_read_without_its_styles() -> None:
    html = "<head><style>p { }</style></head><body class='x'><h2><b>1</b>題</h2><p>水 &amp; <b>油</b></p><p> </p>"
    assert Paragraphs(html).texts() == ["1題", "水 & 油"]
    assert visible("水\u2060と 油\n") == 3


def test_a_million_items_are_extrapolated_by_the_growth_of_two_projects() -> None:
    small, large = bench_scale.Cost(10_000, 3.0, 100), bench_scale.Cost(50_000, 18.0, 300)
    assert bench_scale.growth(small, large) == pytest.approx(1.113, abs=0.001)
    assert bench_scale.row("deck", small, large) == "| deck | 50,000 | 18.0 | 300 | 0.36 | 1.11 | 0.14 | 5.0 |"
