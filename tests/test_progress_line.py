from io import StringIO

import pytest
from hitoe.terminal.progress_line import ProgressLine


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_count_and_is_left_clean() -> None:
    terminal = Terminal()
    with ProgressLine(terminal, "laying out") as line:
        line.step()
        line.step()
        assert terminal.getvalue().endswith("laying out ▪▪ 2")
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("steps", [0, 3])
def test_a_file_or_a_pipe_gets_nothing(steps: int) -> None:
    file = StringIO()
    with ProgressLine(file, "laying out") as line:
        for _ in range(steps):
            line.step()
    assert file.getvalue() == ""
