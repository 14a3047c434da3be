import subprocess
import sys
from pathlib import Path

import bench_log
import bench_project
import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.deck import cards
from hitoe.values.language import Language
from support.logs import log_files

NOTES = 300


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return a project as `make bench` times it, only smaller."""
    bench_project.write(tmp_path / "made", NOTES)
    return tmp_path / "made"


def test_what_the_benchmark_times_is_a_sound_project_of_as_many_notes(made: Path) -> None:
    project = checks.trusted(made)
    asked = [note for note in cards.notes(project, cards.templates(Language("ja"))) if note.ords]
    assert len(asked) == NOTES
    assert main(["build", "deck", "-C", str(made), "-o", str(made / "out")]) == 0
    bench_project.edit(made, 1)
    assert "答えその1" in (made / "content" / "topics" / "topic-0000.yaml").read_text("utf-8")
    checks.trusted(made)


def test_the_floor_makes_a_deck_of_the_same_project(made: Path) -> None:
    floor = Path(bench_project.__file__).with_name("bench_floor.py")
    done = subprocess.run([sys.executable, floor, made, made / "floor.apkg"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_the_logs_benchmark_times_is_a_log_of_as_many_weeks(tmp_path: Path) -> None:
    bench_project.write_weeks(tmp_path, 60, entries=4)
    project = checks.trusted(tmp_path)
    assert sum(len(placed.entry.items) for placed in project.entries()) == 60 * 4 * 3
    texts = log_files(project)
    assert len(texts) == 60 * 3 + 3
    assert texts["2017-W07.md"].count("\n### ") == 4
    bench_project.edit(tmp_path, 1)
    changed = {name for name, text in log_files(checks.trusted(tmp_path)).items() if text != texts[name]}
    assert changed == {"2016-W01.md", "2016-W01.commonmark.md", "2016-W01.html"}


def test_the_logs_benchmark_measures_and_tells_of_broken_bounds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = {52: (10.0, 0.1, 1.1), 520: (200.0, 0.2, 41.0)}
    monkeypatch.setattr(bench_log, "measure", lambda weeks, _entries, _rounds: runs[weeks])
    assert bench_log.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "growth exponent of the cold build: 1.30",
        "10 years: one changed week takes more than 0.2 of cold",
        "the growth exponent is above 1.05",
    ]
