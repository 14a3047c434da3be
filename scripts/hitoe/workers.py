"""Work on many tasks at a time: here, and in worker processes.

Functions and tasks are sent to the workers by pickle, so functions must be defined at the top level of a module.
Import what they need first: where workers are copies of this process, they share its memory and take 6 ms to start;
elsewhere they start in 0.25 s and import all of it again, so that a task of the sheet begins after about 0.5 s.
"""

import atexit
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from time import process_time, sleep
from typing import Any, ParamSpec, Self, TypeVar

MOST = 4
"""Processes at a time, this one included."""
SWITCH = 0.001
"""Seconds after which another thread of this process may run. With Python's 5 ms, workers wait for the thread that
takes their results as long as for a task."""

PATIENCE = 6
"""How many times longer than a processor needs for a task it may take, for the machine may have other work."""
ENDED = "a worker process was ended from outside"

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class Workers:
    """This process and at most `most` - 1 others, which work on tasks together until the context ends.

    `done` is called here after each task. The others end with this process, even if it is killed.
    """

    def __init__(self, most: int = 1, done: Callable[[], None] = lambda: None) -> None:
        self._done = done
        self._others = min(most, os.cpu_count() or 1) - 1
        self._pool: ProcessPoolExecutor | None = None
        self._begun: dict[tuple[Callable[[Any], Any], Any], Future[Any]] = {}
        if self._others > 0:
            sys.setswitchinterval(SWITCH)
            self._before = multiprocessing.active_children()
            self._pool = ProcessPoolExecutor(self._others, _context(), initializer=_prepare)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)  # a worker takes 0.1 s to end

    def start(self, function: Callable[P, None], *arguments: P.args, **named: P.kwargs) -> None:
        """Let the others start now, and call a function that prepares them; whether it fails is not looked at."""
        for _ in range(self._others):
            if self._pool:
                with suppress(BrokenExecutor):
                    self._pool.submit(function, *arguments, **named)

    def begin(self, function: Callable[[T], Any], tasks: Sequence[T]) -> None:
        """Let each of the others begin with one of some tasks, which are hashable, while this process does other work.

        Those that are busy with it get no others until `results` is called for it: this process would wait for these.
        """
        if self._pool:
            with self._lack_of_memory():
                self._begun = {(function, task): self._pool.submit(function, task) for task in tasks[: self._others]}

    def results(self, function: Callable[[T], R], tasks: Sequence[T], *, last: bool = False) -> Iterator[R]:
        """Yield the function's result for each task, in the order of tasks.

        `last`: no other tasks follow, and the others end, and free their memory, as soon as none is left for them.
        An exception in another process is raised here, with the traceback there as its cause; MemoryError, if the
        process was ended from outside.
        """
        futures = [self._begun.pop((function, task), None) if self._begun else None for task in tasks]
        busy = sum(not future.done() for future in self._begun.values())
        # The others take tasks from the back, this process from the front until another has the next one. It does the
        # first one in any case, for an idle process may be about to start one or two more than it can do at once.
        with self._lack_of_memory():
            for at in reversed(range(1, len(tasks))):
                if self._pool and busy < self._others and futures[at] is None:
                    futures[at] = self._pool.submit(function, tasks[at])
        for task, future in zip(tasks, futures, strict=True):
            if future is None or future.cancel():
                result = function(task)
            else:
                if last and self._pool:
                    self._pool.shutdown(wait=False)
                with self._lack_of_memory():
                    result = future.result()
            self._done()
            yield result

    @contextmanager
    def _lack_of_memory(self) -> Iterator[None]:
        """Raise MemoryError where a process was ended from outside: a system without memory ends what takes most of it.

        The others are ended too: Python 3.11 may leave them waiting for tasks, and this process waiting for them.
        """
        try:
            yield
        except BrokenExecutor as error:
            for process in multiprocessing.active_children():
                if process not in self._before:
                    process.terminate()
            raise MemoryError(ENDED) from error


def are_copies() -> bool:
    """Whether workers start as copies of this process: if it has no other thread, which could hold a lock."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1  # those of libraries in C, too
    except OSError:
        return False


def _context() -> BaseContext:
    """Return how workers start."""
    if not are_copies():
        return multiprocessing.get_context("spawn")
    gc.freeze()  # a worker that looks for garbage need not look at, and so copy, what is here
    return multiprocessing.get_context("fork")


def background() -> ProcessPoolExecutor:
    """Return one other process, for long work that must not slow this one down; it ends with this process."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_prepare_background)


def end(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool, and of all others, in the middle of their work."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        process.terminate()


def limited(
    function: Callable[[T], R], tasks: Sequence[T], seconds: float, memory: int, prepare: Callable[[], object]
) -> Iterator[R | None]:
    """Yield the function's result for each task, in order, by one other process; None for a task that it cannot do.

    The process ends when a task has taken some `seconds` of a processor, and another one does the rest. On Linux it has
    at most `memory` bytes; elsewhere there is no such limit. `prepare` is called first, and takes what it takes.

    Raises:
        MemoryError: the process was ended before it was prepared.
    """
    process = None
    try:
        for task in tasks:
            if process is None:
                process, connection = _started(function, seconds, memory, prepare)
            result = None
            with suppress(EOFError, OSError):  # it has ended: in the library's C code, or for lack of memory
                connection.send(task)
                result = connection.recv() if connection.poll(PATIENCE * seconds) else None
            if result is None:
                _kill(process)
                process = None
            yield result
    finally:
        if process:
            _kill(process)


def _started(
    function: Callable[[T], R], seconds: float, memory: int, prepare: Callable[[], object]
) -> tuple[BaseProcess, "Connection[T, R]"]:
    """Return a process that waits for tasks, and where to send them."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(function, seconds, memory, prepare, there), daemon=True)
    process.start()
    there.close()
    try:
        here.recv()
    except (EOFError, OSError) as error:
        raise MemoryError(ENDED) from error
    return process, here


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join()


def _serve(
    function: Callable[[T], R], seconds: float, memory: int, prepare: Callable[[], object], tasks: "Connection[R, T]"
) -> None:
    """Be the process of `limited`."""
    _prepare()
    prepare()
    if sys.platform == "linux":
        import resource

        _, highest = resource.getrlimit(resource.RLIMIT_DATA)  # which only root may raise
        soft = memory if highest == resource.RLIM_INFINITY else min(memory, highest)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, highest))
    ends = [inf]
    Thread(target=_end_after, args=(ends,), daemon=True).start()
    tasks.send(None)  # type: ignore[arg-type]  # it is ready
    with suppress(EOFError, MemoryError):
        while True:
            task = tasks.recv()
            ends[0] = process_time() + seconds
            if hasattr(signal, "setitimer"):  # for the thread gets no turn while a regular expression is tried
                signal.setitimer(signal.ITIMER_PROF, seconds + 1)
            tasks.send(function(task))


def _end_after(seconds: Sequence[float]) -> None:
    """End this process when its processor time is more than the number that stands in a list."""
    while process_time() < seconds[0]:
        sleep(0.1)
    os._exit(1)


def _prepare() -> None:
    """Set up a worker process."""
    gc.disable()
    atexit.register(os._exit, 0)  # else it frees its memory piece by piece, which takes 0.1 s
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # on Ctrl-C only the parent says so
    Thread(target=_end_with_parent, daemon=True).start()


def _prepare_background() -> None:
    _prepare()
    gc.enable()  # it lives long
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Ctrl-C it ends when this process does
    if hasattr(os, "nice"):
        os.nice(10)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
