"""`hitoe doctor` says what a machine lacks, each with its remedy."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from hitoe import resources
from hitoe.cli import main
from hitoe.native_libraries import remedy
from hitoe.source import syntax
from hitoe.start import machine


def told(project: Path, capsys: pytest.CaptureFixture[str], status: int) -> list[str]:
    """Return the lines that are not ok."""
    assert main(["doctor", "-C", str(project)]) == status
    return [line for line in capsys.readouterr().out.splitlines() if not line.startswith("ok ")]


def test_nothing_lacks_on_the_machine_of_the_tests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(tmp_path, capsys, 0) == []


@pytest.mark.skipif(sys.platform != "linux", reason="hides libraries from the loader of Linux")
def test_libraries_and_git_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"no library")
    environment = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path), "PATH": str(tmp_path)}
    words = [sys.executable, "-m", "hitoe", "doctor", "-C", str(tmp_path)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if not line.startswith("ok ")] == [
        "missing   libraries that print the sheets: the sheets need a library that is not on this machine "
        f"(libpango-1.0-0): {remedy()} (deck and log are built without them)",
        "optional  git: install git: without it hitoe takes every card that was ever built for one that learners have",
    ]


def test_fonts_that_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(resources.folder() / "fonts", tmp_path / "templates/fonts")
    font = tmp_path / "templates/fonts/IBMPlexMono-Regular.ttf"
    monkeypatch.setattr(resources, "folder", lambda: tmp_path / "templates")
    assert told(tmp_path, capsys, 0) == []
    font.write_bytes(font.read_bytes()[:-1])
    line = f"missing   fonts of the sheets: {font} is missing or damaged: install hitoe again"
    assert told(tmp_path, capsys, 1) == [line]
    font.unlink()
    assert told(tmp_path, capsys, 1) == [line]


def test_a_folder_for_outputs_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "build").write_text("")
    (line,) = told(tmp_path, capsys, 1)
    assert line.startswith("missing   writing into build/: ")
    assert line.endswith("build is a file: move it away")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_for_outputs_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    (line,) = told(tmp_path, capsys, 1)
    assert line.endswith("cannot be written: change its rights, or build with -o FOLDER")


def test_packages_that_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def version(name: str) -> str:
        if name == "genanki":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(machine, "version", version)
    assert told(tmp_path, capsys, 1) == ["missing   Python packages: genanki cannot be found: install hitoe again"]


def test_a_slow_parser_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(syntax, "CParser", None)
    assert told(tmp_path, capsys, 0) == [
        "optional  fast reading of YAML: notes are read slowly, with the same result: "
        "install the package ruamel.yaml.clib beside hitoe"
    ]
