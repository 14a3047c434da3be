"""docs/examples/many-decks: GNU make builds the decks that changed and starts nothing for the others."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / "docs" / "examples" / "many-decks"
HITOE = Path(sys.executable).parent / "hitoe"


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with four generated decks that are built."""
    folder = tmp_path_factory.mktemp("decks") / "four"
    shutil.copytree(EXAMPLE, folder)
    subprocess.run([sys.executable, "generate.py", "4", "4"], cwd=folder, check=True)
    assert len(built(folder)) == 4
    return folder


@pytest.fixture
def decks(four: Path, tmp_path: Path) -> Path:
    """Return a copy of it, with the times of its files."""
    return shutil.copytree(four, tmp_path / "copy", symlinks=True)


def make(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["make", "-k", "-j2", f"HITOE={HITOE}", "OUTPUTS=deck"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


def built(folder: Path) -> list[str]:
    """Run make, and return the names of the decks whose package hitoe has written."""
    before = packages(folder)
    done = make(folder)
    assert done.returncode == 0, done.stderr
    return sorted(path.stem for path, _ in packages(folder) - before)


def packages(folder: Path) -> set[tuple[Path, int]]:
    return {(path, path.stat().st_mtime_ns) for path in folder.glob("decks/*/build/*.apkg")}


def test_only_the_deck_that_was_edited_is_built_again(decks: Path) -> None:
    assert built(decks) == []
    topic = decks / "decks" / "deck-0002" / "content" / "topics" / "numbers.yaml"
    topic.write_text(topic.read_text("utf-8").replace("The square of", "The square number of"), "utf-8")
    assert built(decks) == ["deck-0002"]
    assert built(decks) == []


def test_a_deck_is_built_again_after_a_file_came_or_its_build_folder_went(decks: Path) -> None:
    topics = decks / "decks" / "deck-0001" / "content" / "topics"
    text = (topics / "numbers.yaml").read_text("utf-8").replace("topic: numbers", "topic: more")
    (topics / "more.yaml").write_text(text.replace("number-", "no-"), "utf-8")
    shutil.rmtree(decks / "decks" / "deck-0003" / "build")
    assert built(decks) == ["deck-0001", "deck-0003"]


def test_a_file_that_went_is_noticed_and_the_other_decks_are_built(decks: Path) -> None:
    (decks / "decks" / "deck-0000" / "content" / "topics" / "numbers.yaml").unlink()
    shutil.rmtree(decks / "decks" / "deck-0001" / "build")
    before = packages(decks)
    done = make(decks)
    assert done.returncode == 2
    assert "deck-0000/content/deck.yaml:1:1: there are no notes" in done.stderr
    assert [path.stem for path, _ in packages(decks) - before] == ["deck-0001"]
    assert make(decks).returncode == 2  # until it is mended
