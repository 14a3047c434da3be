"""Workers: two sheets are laid out at a time where there are two processors and processes can be forked safely."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

MOST = 2
"""Each takes the memory of a whole sheet."""

T = TypeVar("T")
R = TypeVar("R")
_work: list[Callable[[Any], Any]] = []


def side_by_side(work: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """Return what `work` makes of each task. It is not copied to the workers, who inherit it; results are copied."""
    count = min(MOST, len(tasks), os.cpu_count() or 1)
    if count == 1 or sys.platform in ("darwin", "win32"):
        return [work(task) for task in tasks]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(count, context, initializer=_work.append, initargs=(work,)) as pool:
        return list(pool.map(_do, tasks))


def _do(task: Any) -> Any:
    return _work[-1](task)
