"""What makes an output stale: everything that shapes it."""

import sys
from pathlib import Path

import pytest
from hitoe.build import fingerprints


@pytest.mark.parametrize("library", ["pydyf-1.0", "fonttools-4.0", "tinycss2-1.5", "pillow-12.0", "markupsafe-3.0"])
def test_every_installed_library_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    found = [fingerprints.tools()]
    folder = tmp_path / f"{library}.dist-info"
    folder.mkdir()
    found.append(fingerprints.tools())
    folder.rename(tmp_path / f"{library}.1.dist-info")
    found.append(fingerprints.tools())
    assert len(set(found)) == 3


def test_the_version_of_python_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.tools()
    monkeypatch.setattr(sys, "version", "3.99")
    assert fingerprints.tools() != before


def test_every_file_of_the_templates_counts_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "folder", lambda: tmp_path)
    file = tmp_path / "items" / "a.j2"
    file.parent.mkdir()
    found = []
    for content in ("one", "two"):
        file.write_text(content)
        found.append(fingerprints.tools())
    file.rename(file.with_name("b.j2"))
    found.append(fingerprints.tools())
    (tmp_path / "c.j2").touch()
    found.append(fingerprints.tools())
    assert len(set(found)) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    (tmp_path / "lock").symlink_to("nowhere")
    assert fingerprints.tools() == found[-1]
