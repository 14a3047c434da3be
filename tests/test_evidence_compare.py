"""Since which release of what it was taken from a fact no longer holds."""

import zipfile
from pathlib import Path

import pytest
from hitoe.cli import main
from support.models import changed, released
from support.notes import item, written

NOTES = item(
    "table: 動物\ncolumns: {a: 色}\nrows:\n  lion: {a: 黄}\n  seal: {a: 灰}\n  owl: {label: '`park:owl`', a: 茶}\n"
    'evidence:\n  - {botocore: "park#Animal.enum", rows: equal}\n  - {botocore: "park#Count.max", expect: 100}\n'
)
OLD = changed(("shapes.Count.max", 25))
NEW = changed(("shapes.Animal.enum", ["lion", "seal", "park:owl", "yak"]))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return notes that hold in botocore 1.9.0, which is installed; 1.8.0 and 1.10.0 were brought earlier."""
    monkeypatch.syspath_prepend(str(released(tmp_path / "installed", "1.9.0")))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    project = written(tmp_path / "project", {"t.yaml": NOTES})
    released(project / "build" / ".cache" / "botocore-1.8.0", "1.8.0", OLD)
    released(project / "build" / ".cache" / "botocore-1.10.0", "1.10.0", NEW)
    return project


def against(project: Path, *versions: str) -> int:
    return main(["check", "--evidence", "-C", str(project), "--against", *versions])


SINCE_10 = (
    "content/t.yaml:15:50: park#Animal.enum: no longer holds since botocore 1.10.0, held in 1.9.0: "
    "expected the table's rows only, found also yak"
)
SINCE_9 = "content/t.yaml:16:50: park#Count.max: holds only since botocore 1.9.0, not in 1.8.0: expected 100, found 25"


def test_each_difference_is_told_with_the_release_that_brought_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert against(project, "1.10.0", "1.8.0") == 0
    assert capsys.readouterr().out.splitlines() == [
        SINCE_10,
        SINCE_9,
        "compared with botocore 1.8.0, botocore 1.9.0, botocore 1.10.0: 2 differences",
    ]
    assert against(project, "1.8.0") == 0
    assert capsys.readouterr().out.splitlines() == [
        SINCE_9,
        "compared with botocore 1.8.0, botocore 1.9.0: 1 difference",
    ]


def test_what_holds_in_none_is_told_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(project, {"t.yaml": NOTES.replace("expect: 100", "expect: 99")})
    assert against(project, "1.8.0", "1.9.0") == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "content/t.yaml:16:50: park#Count.max: holds in none of 1.8.0, 1.9.0: expected 99, found 100"
    )


def test_notes_without_evidence_are_compared_with_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(project, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert against(project, "7.7.7") == 0
    assert capsys.readouterr().out == "compared with nothing, for the notes have no evidence: 0 differences\n"


def wheel(folder: Path, version: str) -> Path:
    """Write a wheel of botocore that pip can install, and return its folder."""
    made = released(folder / "made", version, OLD)
    info = made / f"botocore-{version}.dist-info"
    (info / "WHEEL").write_text("Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n", "utf-8")
    (info / "RECORD").write_text("", "utf-8")
    with zipfile.ZipFile(folder / f"botocore-{version}-py3-none-any.whl", "w") as archive:
        for path in sorted(made.rglob("*")):
            archive.write(path, path.relative_to(made))
    return folder


def test_pip_brings_what_is_not_there_yet_once(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel(tmp_path, "1.7.0")))
    assert against(project, "1.7.0") == 0
    assert "park#Count.max: holds only since botocore 1.9.0, not in 1.7.0: expected 100" in capsys.readouterr().out
    monkeypatch.delenv("PIP_FIND_LINKS")
    assert against(project, "1.7.0") == 0
    cache = project / "build" / ".cache"
    assert sorted(path.name for path in cache.iterdir()) == [
        f"botocore-{each}" for each in ("1.10.0", "1.7.0", "1.8.0")
    ]


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("0.0.99", "hitoe: pip cannot install botocore 0.0.99: No matching distribution found for botocore==0.0.99"),
        ("--help", "hitoe: '--help' is not a version: write it as botocore does, with digits and dots"),
        ("1/../2", "hitoe: '1/../2' is not a version: write it as botocore does, with digits and dots"),
    ],
)
def test_a_version_that_cannot_be_had_is_told_in_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], version: str, told: str
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert main(["check", "-C", str(project), f"--against={version}"]) == 1
    assert capsys.readouterr().err == told + "\n"
    assert not [
        path for path in (project / "build" / ".cache").iterdir() if path.name.startswith(f"botocore-{version}")
    ]
