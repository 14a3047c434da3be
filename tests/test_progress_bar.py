"""The bar that shows how far long work is."""

from io import StringIO

import pytest
from hitoe import cli
from hitoe.terminal import progress_bar
from hitoe.terminal.progress_bar import ProgressBar
from test_architecture import loaded_by


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def steps(terminal: StringIO | None) -> None:
    with ProgressBar("laying [out]", terminal) as bar:
        bar.step()
        bar.step()


def test_a_terminal_shows_the_count_and_is_left_clean() -> None:
    terminal = Terminal()
    steps(terminal)
    assert "laying [out]" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")  # the line is erased (ECMA-48, EL)


def test_work_that_takes_moments_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE", 60)
    terminal = Terminal()
    steps(terminal)
    assert terminal.getvalue() == ""


def test_there_is_no_colour_where_the_user_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = Terminal()
    steps(coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    steps(plain)
    assert "\x1b[3" in coloured.getvalue()
    assert "\x1b[3" not in plain.getvalue()


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("CI", "true")])
def test_programs_and_ci_get_nothing(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    assert cli.terminal() is not None
    monkeypatch.setenv(name, value)
    assert cli.terminal() is None


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", StringIO())
    assert cli.terminal() is None
    steps(None)


def test_rich_is_loaded_for_a_bar_alone() -> None:
    assert "rich" not in loaded_by(
        "from hitoe.terminal.progress_bar import ProgressBar", "ProgressBar('', sys.stderr).step()"
    )
