"""Says when files of a folder were saved. Only this module uses watchfiles."""

from asyncio import Event
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

STEP, MOST = 15, 200
"""Milliseconds without a change after which a save counts as done, and after which it counts as done in any case."""


async def saves(folder: Path, stop: Event) -> AsyncIterator[set[Path]]:
    """Yield the files that were written or removed together, until `stop` is set."""
    async for found in awatch(folder, watch_filter=None, debounce=MOST, step=STEP, stop_event=stop):
        yield {Path(path) for _, path in found}
