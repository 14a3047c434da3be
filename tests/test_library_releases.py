"""Outputs are built anew with another release of a library that shapes them."""

import sys
from pathlib import Path

import pytest
from hitoe.build import fingerprints


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder from which libraries are loaded."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["WeasyPrint", "jinja2", "genanki", "pydantic", "markdown_it_py", "ruamel.yaml", "budoux", "zstandard"],
)
def test_another_release_of_a_library_that_shapes_outputs_makes_everything_be_built_anew(
    installed: Path, name: str
) -> None:
    without = fingerprints.tools()
    folder = installed / f"{name}-1.0.dist-info"
    folder.mkdir()
    one = fingerprints.tools()
    folder.rename(installed / f"{name}-1.1.dist-info")
    assert len({without, one, fingerprints.tools()}) == 3
