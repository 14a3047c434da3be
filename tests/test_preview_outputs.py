"""Trouble of the background process that makes sheets and posts is told, and leaves the cards as they are."""

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hitoe import workers
from hitoe.memo import Memo
from hitoe.preview.latest_outputs import LatestOutputs
from hitoe.preview.live_project import LiveProject
from hitoe.preview.printing import Outcome
from support.projects import example_copy


def test_lack_of_memory_in_the_background_ends_no_preview(tmp_path: Path) -> None:
    with workers.background() as pool:
        pool.submit(os.getpid).result()
        for process in multiprocessing.active_children():
            process.kill()
        outcome, working = asyncio.run(made("sheet", example_copy(tmp_path / "project"), tmp_path / "out", pool))
    assert "not enough memory" in outcome.failed
    assert not working


def test_a_folder_that_takes_no_files_is_told_and_ends_no_preview(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with workers.background() as pool:
        outcome, working = asyncio.run(made("log", example_copy(tmp_path / "project"), tmp_path / "out", pool))
    assert str(tmp_path / "out") in outcome.failed
    assert not working


async def made(output: str, root: Path, out: Path, pool: ProcessPoolExecutor) -> tuple[Outcome, bool]:
    """Return an output that was made in the background, and whether it is made again."""
    done = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        outputs = LatestOutputs(LiveProject(root, Memo()), out, 0, pool, tasks.create_task)
        outputs.wanted(output, done.set)
        await done.wait()
        return outputs.wanted(output, done.set)
