"""The tutorial, run word for word with the hitoe that is installed, its decks imported into the real Anki."""

import os
import sys
from pathlib import Path

import pytest
import tutorial
from support import anki_engine

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {"tutorial.md": "C.UTF-8", "ja/tutorial.md": "ja_JP.UTF-8"}
"""The tutorials, and the locale of their readers."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("page", ["tutorial.md", pytest.param("ja/tutorial.md", marks=pytest.mark.slow)])
def test_a_stranger_gets_a_deck_and_keeps_what_was_learned(page: str, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LANG": PAGES[page],
        "PYTHONUTF8": "1",
    }
    install, *steps = tutorial.steps((DOCS / page).read_text("utf-8"))
    assert isinstance(install, tutorial.Command)
    assert install.line.endswith("pip install --quiet ./hitoe")  # `make stranger` runs it
    counts = []
    with anki_engine.collection(tmp_path / "anki") as col:
        for step in steps:
            if not isinstance(step, tutorial.Import):
                tutorial.act(step, folder, environment)
                continue
            (package,) = folder.glob("notes/build/*.apkg")
            before = anki_engine.schedules(col)
            anki_engine.import_deck(col, package)
            assert before.items() <= anki_engine.schedules(col).items()
            assert col.card_count() == step.cards
            assert anki_engine.study(col, most=5)
            counts.append(step.cards)
    assert counts == [17, 20]
    assert {"my-first-deck-sheet.pdf", "notes-sheet.pdf"} & {path.name for path in (folder / "notes/build").iterdir()}


@pytest.mark.parametrize(
    ("prints", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\n", True),
        ("a\n…\n", "a\nb\nc\n", True),
        ("…\nb\n…\n", "a\nb\nc\n", True),
        ("…\nb\n…\n", "b\n", True),
        ("…\nb\n…\n", "a\nc\n", False),
        ("…\n", "", True),
        ("a:1: …\n", "a:1: words\n", True),
        ("a:1: …\n…\n", "a:1: words\nmore\n", True),
        ("", "a\n", False),
    ],
)
def test_what_commands_print_is_compared(prints: str, printed: str, same: bool) -> None:
    assert bool(tutorial.differs(tutorial.Command("x", prints), printed)) != same
