"""Reads the project again after each save, has its cards judged in the background, and tells the pages of both."""

import asyncio
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial

from hitoe.model.project import CONTENT
from hitoe.preview.app import Preview
from hitoe.preview.judging import judge
from hitoe.preview.live_project import LiveProject, Snapshot
from hitoe.preview.watching import saves

PAUSE = 1.0
"""Seconds without a save after which cards are judged: the browser shows first what was saved."""


class Follower:
    """What makes the snapshots of a project one after another, each from the one before."""

    def __init__(self, live: LiveProject, preview: Preview, pool: ProcessPoolExecutor) -> None:
        """Take the project, the pages to tell, and the process that judges."""
        self._live, self._preview, self._pool = live, preview, pool
        self._one_at_a_time = asyncio.Lock()
        self._saved = asyncio.Event()

    async def follow(self, stop: asyncio.Event) -> None:
        """Read the project again after each save, until `stop` is set."""
        async for paths in saves(self._live.root / CONTENT, stop):
            others = any(path.suffix != ".yaml" for path in paths)
            await self._next(partial(self._live.read, others))
            self._saved.set()

    async def judge(self) -> None:
        """Have the cards judged at first and in the pauses after saves, until the task is cancelled."""
        while True:
            self._saved.clear()
            await asyncio.sleep(PAUSE)
            if self._saved.is_set():
                continue
            try:
                judgement = await asyncio.get_running_loop().run_in_executor(self._pool, judge, self._live.root)
            except BrokenExecutor:  # ended from outside, as where memory is short: cards are shown without it
                return
            if judgement and (judgement.findings or self._live.snapshot.findings):
                await self._next(partial(self._live.judged, judgement))
            await self._saved.wait()

    async def _next(self, make: Callable[[], Snapshot]) -> None:
        async with self._one_at_a_time:
            before = self._live.snapshot
            self._preview.tell(before, await asyncio.to_thread(make))
