from io import StringIO

import pytest
from hitoe.terminal.progress_line import Gauge


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_the_work_go_on_and_is_left_clean() -> None:
    terminal = Terminal()
    gauge = Gauge(terminal, "laying out")
    gauge.tell()
    gauge.tell()
    assert terminal.getvalue().endswith("laying out ▪▪ 2")
    gauge.end()
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("calls", [0, 3])
def test_a_file_or_a_pipe_gets_nothing(calls: int) -> None:
    file = StringIO()
    gauge = Gauge(file, "laying out")
    for _ in range(calls):
        gauge.tell()
    gauge.end()
    assert file.getvalue() == ""
