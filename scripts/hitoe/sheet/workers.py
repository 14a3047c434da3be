"""Workers: as many pages are laid out at a time as there are processors, where processes can be forked safely."""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

MOST = 4

T = TypeVar("T")
R = TypeVar("R")
_work: list[Callable[[Any], Any]] = []


def side_by_side(work: Callable[[T], R], tasks: Sequence[T], done: Callable[[], None] = lambda: None) -> list[R]:
    """Return what `work` makes of each task, and call `done` after each.

    `work` is not copied to the workers, who inherit it; results are copied.
    """
    count = min(MOST, len(tasks), os.cpu_count() or 1)
    if count <= 1 or sys.platform in ("darwin", "win32"):
        return [_told(work(task), done) for task in tasks]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(count, context, initializer=_begin, initargs=(work,)) as pool:
        return [_told(result, done) for result in pool.map(_do, tasks)]


def _told(result: R, done: Callable[[], None]) -> R:
    done()
    return result


def _begin(work: Callable[[Any], Any]) -> None:
    _work.append(work)
    # What was inherited is not looked through when a task's boxes, which name one another, are thrown away.
    gc.freeze()


def _do(task: Any) -> Any:
    try:
        return _work[-1](task)
    finally:
        gc.collect()
