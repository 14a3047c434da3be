"""Work in worker processes: the same results as in one process, and nothing that goes wrong is lost."""

import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest
from hitoe import workers
from hitoe.problems import InputError, Position, Problem

BAD = Problem(Position("content/topics/a.yaml", 3, 5), "a mistake: mend it")


def squared(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number * number, os.getpid()


def failing(number: int) -> int:
    if number == 0:
        raise InputError([BAD])
    return number


def begun(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(60)


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_results_come_in_the_order_of_tasks_from_several_processes() -> None:
    calls: list[None] = []
    found = workers.results(squared, range(150), lambda: calls.append(None))
    assert [square for square, _ in found] == [number * number for number in range(150)]
    assert len({process for _, process in found}) == 2
    assert len(calls) == 150


@pytest.mark.parametrize("tasks", [[], [3], [1, 2]])
def test_few_tasks_have_their_results_too(tasks: list[int]) -> None:
    assert [square for square, _ in workers.results(squared, tasks)] == [task * task for task in tasks]
    assert [square for square, _ in workers.results(squared, tasks, most=1)] == [task * task for task in tasks]


def test_an_error_keeps_its_problems_and_the_workers_traceback() -> None:
    with pytest.raises(InputError) as error:
        workers.results(failing, range(4))
    assert error.value.problems == (BAD,)
    assert "in failing" in "".join(traceback.format_exception(error.value))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys; os.cpu_count = lambda: 2\n"
        "import test_workers; from hitoe import workers\n"
        "workers.results(test_workers.begun, [pathlib.Path(sys.argv[1])] * 2)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parent)
    try:
        _wait(lambda: len(list(tmp_path.iterdir())) == 2)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    _wait(lambda: not any(_runs(int(path.name)) for path in tmp_path.iterdir()))


def _wait(condition: object) -> None:
    for _ in range(200):
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.05)
    pytest.fail("it took more than ten seconds")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{process}/status").read_text() if Path("/proc").is_dir() else True
