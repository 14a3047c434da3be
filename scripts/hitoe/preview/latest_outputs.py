"""Sheets and posts as they were last good, made again when a page asks for them and the notes have changed since."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from hitoe.messages import say
from hitoe.preview.live_project import LiveProject
from hitoe.preview.printing import Outcome, print_output

Start = Callable[[Coroutine[Any, Any, None]], object]
"""Starts a task of the server, which ends with it."""


class LatestOutputs:
    """The last good sheets and posts. Only one process works on them, so that cards come first."""

    def __init__(self, live: LiveProject, folder: Path, now: int, pool: ProcessPoolExecutor, start: Start) -> None:
        """Take the project, a folder for the files, the time in seconds since 1970, and one process."""
        self._live, self._folder, self._now, self._pool, self._start = live, folder, now, pool, start
        self._outcomes: dict[str, Outcome] = {}
        self._readings: dict[str, int] = {}
        self._working: set[str] = set()

    def wanted(self, output: str, done: Callable[[], None]) -> tuple[Outcome, bool]:
        """Return an output as it was last good, and whether it is made again now; then `done` is called after it."""
        if output not in self._working and self._readings.get(output) != self._live.snapshot.reading:
            self._working.add(output)
            self._start(self._made(output, done))
        return self._outcomes.get(output, Outcome()), output in self._working

    def file(self, output: str, name: str) -> bytes | None:
        """Return a file of an output; None if the output has no file of this name."""
        made = self._outcomes.get(output, Outcome()).made
        path = self._folder / ("log" if output == "log" else "") / name
        return path.read_bytes() if name in {file.name for file in made} and path.is_file() else None

    async def _made(self, output: str, done: Callable[[], None]) -> None:
        reading, before = self._live.snapshot.reading, self._outcomes.get(output, Outcome())
        loop, parts = asyncio.get_running_loop(), (self._live.root, self._folder, self._now)
        try:
            new = await loop.run_in_executor(self._pool, print_output, output, *parts)
        except (BrokenExecutor, MemoryError):
            new = Outcome(failed=say("not enough memory: close other programs, then start the preview again"))
        self._outcomes[output] = new if new.made else replace(new, made=before.made)
        self._readings[output] = reading
        self._working.discard(output)
        done()
