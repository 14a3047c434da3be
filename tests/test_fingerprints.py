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
