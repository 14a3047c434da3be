"""Trouble of the process that makes sheets and posts beside the preview is told, and leaves the cards as they are."""

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hitoe import workers
from hitoe.build.memo import Memo
from hitoe.preview.beside import Beside
from hitoe.preview.live_project import LiveProject
from hitoe.preview.printing import Outcome
from support.projects import example_copy


def test_lack_of_memory_beside_ends_no_preview(tmp_path: Path) -> None:
    with workers.beside() as pool:
        pool.submit(os.getpid).result()
        for process in multiprocessing.active_children():
            process.kill()
        outcome, working = asyncio.run(made("sheet", example_copy(tmp_path / "project"), tmp_path / "out", pool))
    assert "not enough memory" in outcome.failed
    assert not working


def test_a_folder_that_takes_no_files_is_told_and_ends_no_preview(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with workers.beside() as pool:
        outcome, working = asyncio.run(made("log", example_copy(tmp_path / "project"), tmp_path / "out", pool))
    assert str(tmp_path / "out") in outcome.failed
    assert not working


async def made(output: str, root: Path, out: Path, pool: ProcessPoolExecutor) -> tuple[Outcome, bool]:
    """Return an output that was made beside, and whether it is made again."""
    done = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        beside = Beside(LiveProject(root, Memo()), out, 0, pool, tasks.create_task)
        beside.wanted(output, done.set)
        await done.wait()
        return beside.wanted(output, done.set)
