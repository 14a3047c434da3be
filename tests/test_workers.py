"""Work in worker processes: the same results as in one process, and nothing that goes wrong is lost."""

import atexit
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hitoe import workers
from hitoe.problems import InputError, Position, Problem
from hitoe.workers import Workers

T = TypeVar("T")
R = TypeVar("R")
HERE = Path(__file__).parent
THREAD = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
BAD = Problem(Position("content/topics/a.yaml", 3, 5), "a mistake: mend it")


def squared(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number * number, os.getpid()


def failing(number: int) -> int:
    if number == 0:
        raise InputError([BAD])
    return number


def waiting(for_: Path | None) -> int:
    """Return this process's number as soon as a path exists."""
    if for_:
        _wait(for_.exists)
    return os.getpid()


def noted(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


READ: list[str] = []
"""What is read in one process, and known in its copies."""


def known(number: int) -> tuple[int, list[str]]:
    time.sleep(0.02)
    return os.getpid(), READ


def tidying(folder: Path) -> None:
    atexit.register((folder / "tidied").touch)


def begun(folder: Path) -> None:
    noted(folder)
    time.sleep(60)


@pytest.fixture
def another_thread() -> Iterator[None]:
    """Have a thread, so that workers are new processes."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    yield
    end.set()
    thread.join()


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_other_processes_end_with_the_last_tasks_though_work_goes_on_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    before = set(multiprocessing.active_children())
    with Workers(2) as both:
        assert len({process for _, process in both.results(squared, range(90), last=True)}) == 2
        _wait(lambda: set(multiprocessing.active_children()) <= before)


def test_results_come_in_the_order_of_tasks_from_several_processes() -> None:
    calls: list[None] = []
    with Workers(2, lambda: calls.append(None)) as processes:
        found = list(processes.results(squared, range(60)))
    assert [square for square, _ in found] == [number * number for number in range(60)]
    assert len({process for _, process in found}) == 2
    assert len(calls) == 60


@pytest.mark.usefixtures("another_thread")
def test_what_a_new_process_has_to_do_at_its_end_is_done(tmp_path: Path) -> None:
    with Workers(2) as processes:
        processes.start(tidying, tmp_path)
        list(processes.results(squared, range(2)))
    _wait((tmp_path / "tidied").exists)


def test_results_are_given_while_another_process_works_on_later_ones(tmp_path: Path) -> None:
    with Workers(2) as processes:
        results = processes.results(waiting, [None, tmp_path / "go"])
        assert next(results) == os.getpid()
        (tmp_path / "go").touch()
        assert next(results) != os.getpid()


def test_the_same_processes_do_all_work_and_are_prepared(tmp_path: Path) -> None:
    with Workers(2) as processes:
        processes.start(noted, tmp_path)
        _wait(lambda: list(tmp_path.iterdir()))
        found = [{process for _, process in processes.results(squared, range(20))} for _ in range(2)]
    assert found == 2 * [{os.getpid(), int(next(tmp_path.iterdir()).name)}]


def done_once(folder: Path) -> int:
    """Return this process's number, which is the name of a folder then: it must not be there."""
    (folder / str(os.getpid())).mkdir()
    return os.getpid()


def test_the_other_process_begins_with_a_task_while_this_one_does_other_work(tmp_path: Path) -> None:
    tasks = [tmp_path / name for name in "abcd"]
    for task in tasks:
        task.mkdir()
    with Workers(2) as processes:
        processes.begin(done_once, tasks[1:])
        _wait(lambda: list(tasks[1].iterdir()))
        found = list(processes.results(done_once, tasks))
    assert (found[0] == os.getpid()) > (found[1] == os.getpid())
    assert found == [int(next(task.iterdir()).name) for task in tasks]


def test_while_the_other_process_is_busy_this_one_waits_for_nothing_that_it_could_do(tmp_path: Path) -> None:
    with Workers(2) as processes:
        processes.begin(waiting, [tmp_path / "go"])
        assert {process for _, process in processes.results(squared, range(20))} == {os.getpid()}
        (tmp_path / "go").touch()
        assert list(processes.results(waiting, [tmp_path / "go"])) != [os.getpid()]


def test_without_another_process_nothing_is_begun() -> None:
    with Workers() as alone:
        alone.begin(squared, [1])
        assert list(alone.results(squared, [1])) == [(1, os.getpid())]


@pytest.mark.parametrize("tasks", [[], [3], [1, 2]])
def test_few_tasks_have_their_results_too(tasks: list[int]) -> None:
    assert [square for square, _ in results(squared, tasks)] == [task * task for task in tasks]
    assert [square for square, _ in results(squared, tasks, most=1)] == [task * task for task in tasks]


def results(function: Callable[[T], R], tasks: Sequence[T], most: int = 4) -> list[R]:
    with Workers(min(most, len(tasks))) as processes:
        return list(processes.results(function, tasks))


def test_an_error_keeps_its_problems_and_the_workers_traceback() -> None:
    with pytest.raises(InputError) as error:
        results(failing, range(4))
    assert error.value.problems == (BAD,)
    assert "in failing" in "".join(traceback.format_exception(error.value))


def ended(parent: int) -> None:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.5)


# Python 3.11 may also print an error of the pool's own thread, which finds a task cancelled already.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_worker_that_the_system_ends_is_told_as_lack_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with pytest.raises(MemoryError):
        results(ended, [os.getpid()] * 8)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_so_is_one_that_the_system_has_ended_before_there_is_work(tmp_path: Path) -> None:
    with Workers(2) as processes:
        with pytest.raises(MemoryError):
            list(processes.results(ended, [os.getpid()] * 8))
        processes.start(noted, tmp_path)
        with pytest.raises(MemoryError):
            list(processes.results(squared, range(8)))


def ended_once(folder: Path) -> None:
    """End this process if it is the first one to begin with the task of a folder; others take a while."""
    time.sleep(0.2)
    if multiprocessing.parent_process() and not list(folder.iterdir()):
        (folder / "ended").touch()
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("thread", ["", THREAD])
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_ends_when_the_system_has_ended_one_of_its_workers(tmp_path: Path, thread: str) -> None:
    code = (
        "import os, pathlib, sys; os.cpu_count = lambda: 4\n"
        f"import test_workers as tests\n{thread}\n"
        "from hitoe.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(4) as processes:\n"
        "        list(processes.results(tests.ended_once, [pathlib.Path(sys.argv[1])] * 60))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=False,
        cwd=HERE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=30,
    )
    assert done.stderr.splitlines()[-1] == "MemoryError: a worker process was ended from outside"


@pytest.mark.parametrize("thread", ["", THREAD])
@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux alone")
def test_workers_are_copies_of_a_process_that_has_no_other_thread(thread: str) -> None:
    code = (
        "import os; os.cpu_count = lambda: 2\n"
        f"import test_workers as tests\n{thread}\n"
        "if __name__ == '__main__':\n"
        "    tests.READ.append('notes')\n"
        "    found = dict(tests.results(tests.known, range(60)))\n"
        "    print(sorted(found.values()))\n"
    )
    found = subprocess.check_output([sys.executable, "-W", "error", "-c", code], cwd=HERE, text=True)
    assert found == ("[[], ['notes']]\n" if thread else "[['notes'], ['notes']]\n")


def test_an_error_in_a_copy_keeps_its_problems_and_one_that_is_ended_is_lack_of_memory() -> None:
    code = (
        "import os; os.cpu_count = lambda: 2\n"
        "import test_workers as tests\n"
        "tests.test_an_error_keeps_its_problems_and_the_workers_traceback()\n"
        "try:\n"
        "    tests.results(tests.ended, [os.getpid()] * 8)\n"
        "except MemoryError:\n"
        "    print('lack of memory')\n"
    )
    assert subprocess.check_output([sys.executable, "-c", code], cwd=HERE, text=True) == "lack of memory\n"


@pytest.mark.parametrize("thread", ["", THREAD])
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path, thread: str) -> None:
    code = (
        "import os, pathlib, sys; os.cpu_count = lambda: 2\n"
        f"import test_workers\n{thread}\n"
        "test_workers.results(test_workers.begun, [pathlib.Path(sys.argv[1])] * 2)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=HERE)
    try:
        _wait(lambda: len(list(tmp_path.iterdir())) == 2)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    _wait(lambda: not any(_runs(int(path.name)) for path in tmp_path.iterdir()))


def counted(task: int) -> tuple[int, int]:
    """Return a task and the process: 0 takes for ever, 1 ends the process, 2 needs a gigabyte, 3 waits."""
    while task == 0:
        pass
    time.sleep(0.6 if task == 3 else 0)
    if task == 1:
        os._exit(3)
    return len(bytearray(1 << 30) if task == 2 else b"12345") * 0 + task, os.getpid()


def test_what_takes_too_long_is_ended_and_the_rest_is_done() -> None:
    results = workers.limited(counted, [5, 6, 0, 7, 1, 8, 3], 0.4, 1 << 32, os.getpid)
    tasks, processes = zip(*(found or (None, None) for found in results), strict=True)
    assert tasks == (5, 6, None, 7, None, 8, 3)
    assert (processes[0], processes[5]) == (processes[1], processes[6])
    assert len({os.getpid(), *processes} - {None}) == 4


def backtracked(pattern: str) -> bool:
    return re.search(pattern, "x" * 40) is not None


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such timer")
def test_a_regular_expression_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 300)
    start = time.monotonic()
    assert list(workers.limited(backtracked, ["(x+x+)+y", "x"], 0.1, 1 << 32, os.getpid)) == [None, True]
    assert time.monotonic() - start < 25


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such limit")
def test_what_takes_too_much_memory_is_ended() -> None:
    assert [found and found[0] for found in workers.limited(counted, [5, 2, 6], 9, 1 << 29, os.getpid)] == [5, None, 6]


def ending() -> None:
    os._exit(3)


def test_no_task_is_to_blame_for_a_process_that_ends_before_it_has_one() -> None:
    with pytest.raises(MemoryError):
        list(workers.limited(counted, [5], 9, 1 << 32, ending))


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such limit")
def test_a_limit_of_the_system_that_is_lower_is_kept() -> None:
    code = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (1 << 29, 1 << 29))\n"
        "import test_workers; from hitoe import workers\n"
        "found = workers.limited(test_workers.counted, [5, 2, 6], 9, 1 << 40, os.getpid)\n"
        "print([each and each[0] for each in found])\n"
    )
    raising_is_refused = ["setpriv", "--bounding-set=-sys_resource"] if os.getuid() == 0 else []
    command = [*raising_is_refused, sys.executable, "-c", code]
    assert subprocess.check_output(command, cwd=HERE, text=True) == "[5, None, 6]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_limited_process_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys; import test_workers; from hitoe import workers\n"
        "list(workers.limited(test_workers.begun, [pathlib.Path(sys.argv[1])], 60, 1 << 32, os.getpid))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=HERE)
    try:
        _wait(lambda: list(tmp_path.iterdir()))
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
