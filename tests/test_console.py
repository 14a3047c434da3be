"""Output on consoles that cannot show every character."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.projects import example_copy


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("command", ["check", "coverage"])
def test_no_encoding_of_the_console_ends_in_a_traceback(tmp_path: Path, encoding: str, command: str) -> None:
    project = example_copy(tmp_path / "project")
    topic = next((project / "content").rglob("ryori.yaml"))
    topic.write_text(topic.read_text("utf-8").replace("title: ", "titel😀é한: ", 1), "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "hitoe", command, "-C", str(project)], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 1
    printed = done.stderr.decode(encoding)
    assert "Traceback" not in printed
    assert "unknown key 'titel" in printed
