"""Shows on a terminal how far long work is. Only this module uses rich, and loads it when there is a bar to show."""

import time
from typing import TYPE_CHECKING, Self, TextIO

from hitoe.translation import shown

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.5
"""Seconds that work may take without a bar."""


class ProgressBar:
    """Counts finished steps, and shows them once work takes long; the bar is erased at the end of the `with` block."""

    def __init__(self, label: str, stream: TextIO | None) -> None:
        """Take what is being done, and the terminal (None: nothing is shown)."""
        self._label, self._stream = label, stream
        self._done, self._since = 0, time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self) -> None:
        """Count one more step."""
        self._done += 1
        if self._stream and not self._bar and time.monotonic() - self._since >= PATIENCE:
            self._bar = _bar(self._stream)
            self._bar.add_task(shown(self._label), total=None)
            self._bar.start()
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._done)


def _bar(stream: TextIO) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.completed:.0f}"))
    return Progress(*columns, TimeElapsedColumn(), console=Console(file=stream), transient=True)
