"""What stops one output is told, and stops no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.native_libraries import remedy
from support.notes import DECK, item, written

GOOD = item("fact: 問い\nis: 北海道").replace("    items:", "    learned: 2020-W30\n    items:")
CHANGED = GOOD.replace("北海道", "北海道と沖縄")
FONT = "fonts/some.ttf"
TOLD = [
    "content/fonts/some.ttf:1:1: this cannot be read as a font: save it anew",
    "hitoe: 1 problem, not built: sheet",
]
DRAWING = item("fact: 問い\nis: 答え\nimage: {file: 絵 1.svg, alt: 絵}")
UNREADABLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<svg viewBox="a b c d"><rect width="9" height="9"/></svg></svg>'
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project, outside git, with a font that cannot be read."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return written(tmp_path / "small", {"t.yaml": GOOD, FONT: "no font"})


def built(project: Path) -> dict[str, tuple[int, int]]:
    """Return the outputs, each with what tells whether it was written again."""
    files = (path for path in (project / "build").rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {str(path.relative_to(project / "build")): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def run(project: Path, *words: str) -> int:
    return main(["build", *words, "-C", str(project)])


def test_deck_and_log_are_built_where_the_sheet_cannot_be(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project) == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[-2:] == TOLD
    assert {"own.apkg", "log/index.html"} <= built(project).keys()
    assert not [name for name in built(project) if name.endswith(".pdf")]
    assert "build/own.apkg" in said.out
    assert (project / "content" / "ledger.json").is_file()


def test_a_sheet_alone_that_cannot_be_built(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "sheet") == 1
    assert capsys.readouterr() == ("", "\n".join([*TOLD, ""]))
    assert built(project) == {}


def test_what_could_not_be_built_is_tried_again_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project) == 1
    before = built(project)
    capsys.readouterr()
    assert run(project) == 1
    assert capsys.readouterr() == ("", "\n".join([*TOLD, ""]))
    assert built(project) == before
    (project / "content" / FONT).unlink()
    assert run(project) == 0
    assert "own-sheet.pdf" in built(project)


def test_the_last_sheet_stays_where_a_new_one_cannot_be_built(project: Path) -> None:
    (project / "content" / FONT).unlink()
    assert run(project) == 0
    before = built(project)
    written(project, {"t.yaml": CHANGED, FONT: "no font"})
    assert run(project) == 1
    after = built(project)
    assert after.keys() == before.keys()
    assert after["own-sheet.pdf"] == before["own-sheet.pdf"]
    assert after["own.apkg"] != before["own.apkg"]


def test_a_mistake_in_the_notes_stops_every_output(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(project, {"t.yaml": item("fact: 問い")})
    assert run(project) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "hitoe: 1 problem, nothing was written"
    assert built(project) == {}


def test_a_drawing_that_cannot_be_drawn_is_told_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content" / FONT).unlink()
    written(project, {"t.yaml": DRAWING, "絵 1.svg": UNREADABLE})
    assert run(project) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "content/t.yaml:10:23: '絵 1.svg' cannot be read as a picture: save it anew, with no link to other files",
        "hitoe: 1 problem, not built: sheet",
    ]
    assert "own.apkg" in built(project)


@pytest.mark.skipif(sys.platform != "linux", reason="hides libraries from the loader of Linux")
@pytest.mark.parametrize(
    ("file", "name"),
    [
        pytest.param("libpango-1.0.so.0", "libpango-1.0-0", id="pango"),
        pytest.param("libharfbuzz-subset.so.0", "harfbuzz-subset", id="harfbuzz-subset", marks=pytest.mark.slow),
    ],
)
def test_a_machine_without_weasyprints_libraries_builds_the_rest(
    file: str, name: str, project: Path, tmp_path: Path
) -> None:
    (project / "content" / FONT).unlink()
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / file).write_bytes(b"no library")  # is found first, and cannot be loaded
    words = [sys.executable, "-m", "hitoe", "build", "-C", str(project)]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(hidden), "PYTHONUTF8": "1"}
    done = subprocess.run(words, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"hitoe: not built: sheet: the sheets need a library that is not on this machine ({name}): {remedy()}"
    )
    assert "-----" not in done.stdout  # WeasyPrint's own advice
    assert {"own.apkg", "log/index.html"} <= built(project).keys()


def test_a_digest_of_more_than_a_page_stops_no_other_sheet_and_is_told_at_every_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content" / FONT).unlink()
    many = "".join(f"      k{n}: {{fact: 問い {n}, is: 答え {n}, key: true}}\n" for n in range(40))
    written(project, {"t.yaml": GOOD + many, "deck.yaml": f"{DECK}sheet: {{paper: A5, smallest: 12}}\n"})
    for _ in range(2):
        assert run(project, "sheet", "--edition", "colour") == 1
        assert capsys.readouterr().err.splitlines()[-1] == "hitoe: 1 problem, not built: digest"
        assert "own-sheet.pdf" in built(project)
        assert "own-digest.pdf" not in built(project)
