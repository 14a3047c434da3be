"""Consoles that cannot show every character, that are closed, and that send Ctrl-C."""

import os
import shlex
import signal
import socket
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hitoe.cli import STOPPED, main
from support.notes import item, written
from support.projects import example_copy

HITOE = (sys.executable, "-m", "hitoe")
unix = pytest.mark.skipif(sys.platform == "win32", reason="there are other consoles")


@pytest.fixture
def mistaken(tmp_path: Path) -> Path:
    """Return a project with a mistake whose sentence has signs that few encodings have."""
    project = example_copy(tmp_path / "project")
    topic = next((project / "content").rglob("ryori.yaml"))
    topic.write_text(topic.read_text("utf-8").replace("title: ", "titel😀é한: ", 1), "utf-8")
    return project


@pytest.mark.parametrize("command", ["check", "coverage"])
@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1", "utf-8"])
def test_no_encoding_of_the_console_ends_in_a_traceback(
    mistaken: Path, command: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = {name: TextIOWrapper(BytesIO(), encoding) for name in ("stdout", "stderr")}
    with monkeypatch.context() as patch:
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        assert main([command, "-C", str(mistaken)]) == 1
    streams["stderr"].seek(0)
    assert "unknown key 'titel" in streams["stderr"].read()


def test_neither_does_that_of_a_process(mistaken: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"}
    done = subprocess.run([*HITOE, "check", "-C", str(mistaken)], capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    printed = done.stderr.decode("cp932")
    assert "Traceback" not in printed
    assert "unknown key 'titel" in printed


@unix
@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&- >&- 2>&-"])
def test_a_build_needs_no_console(tmp_path: Path, closed: str) -> None:
    project = written(tmp_path / "p", {"t.yaml": item("fact: 問い\nis: 答え")})
    command = shlex.join([*HITOE, "build", "deck", "-C", str(project)])
    done = subprocess.run(["sh", "-c", f"{command} {closed}"], capture_output=True, check=False)
    assert done.returncode == 0
    assert (project / "build" / "own.apkg").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize(
    ("full", "said"), [("stdout", b"hitoe: standard output: No space left on device\n"), ("stderr", b"")]
)
def test_what_cannot_be_printed_ends_a_command_with_1(tmp_path: Path, full: str, said: bytes) -> None:
    project = written(tmp_path / "p", {"t.yaml": item("fact: 問い\nis: 答え" if full == "stdout" else "fact: 問い")})
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("wb") as device:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, full: device}
        words = [*HITOE, "check", "--language", "en", "-C", str(project)]
        done = subprocess.run(words, check=False, env=environment, **streams)  # type: ignore[call-overload]
    assert done.returncode == 1
    assert b"".join(filter(None, (done.stdout, done.stderr))) == said


@unix
def test_ctrl_c_ends_a_command_in_a_sentence() -> None:
    # A shell lets programs in the background ignore Ctrl-C, and the tests may be one.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import runpy"
    with socket.create_server(("127.0.0.1", 0)) as anki:
        words = [sys.executable, "-c", f"{heeding}; runpy.run_module('hitoe', run_name='__main__')"]
        words += ["push", "--url", f"http://127.0.0.1:{anki.getsockname()[1]}"]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as command:
            connection, _ = anki.accept()
            with connection:
                command.send_signal(signal.SIGINT)
                _, said = command.communicate()
    assert command.returncode == STOPPED
    assert said == "hitoe: stopped\n"


@unix
def test_a_folder_that_was_deleted_under_the_console_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    command = f"cd {shlex.quote(str(folder))}; rmdir ../gone; {shlex.join([*HITOE, 'check'])}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr == "hitoe: the present folder: No such file or directory\n"
