"""Work on many tasks at a time: here, and in worker processes that are started in the same way on every platform.

Functions and tasks are sent to the workers by pickle, so functions must be defined at the top level of a module.
Starting a worker takes about 0.5 s, most of it imports: use workers only where there is more than that to win.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from threading import Thread
from typing import TypeVar

MOST = 4
"""Processes at a time, this one included."""

T = TypeVar("T")
R = TypeVar("R")


def results(
    function: Callable[[T], R], tasks: Sequence[T], done: Callable[[], None] = lambda: None, most: int = MOST
) -> list[R]:
    """Return the function's result for each task, in the order of tasks; `done` is called after each task.

    At most `most` processes work at a time, this one included. An exception in a worker is raised here, with the
    worker's traceback as its cause. Workers end with this process, even if it is killed.
    """
    count = min(most, len(tasks), os.cpu_count() or 1) - 1
    if count < 1:
        return [_reported(_result(function, task), done) for task in tasks]
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=_prepare)
    futures = [pool.submit(_result, function, task) for task in tasks]
    try:
        # Workers take tasks from the front, this process from the back until a worker has the next one.
        own = [
            _reported(_result(function, task), done)
            for future, task in zip(reversed(futures), reversed(tasks), strict=True)
            if future.cancel()
        ]
        return [own.pop() if future.cancelled() else _reported(future.result(), done) for future in futures]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # a worker takes 0.1 s to end


def _reported(result: R, done: Callable[[], None]) -> R:
    done()
    return result


def _result(function: Callable[[T], R], task: T) -> R:
    try:
        return function(task)
    finally:
        gc.collect(0)  # the young objects alone: those of this task, for the collector does not run by itself


def _prepare() -> None:
    """Set up a worker process."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # on Ctrl-C only the parent prints a traceback
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
