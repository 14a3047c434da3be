"""Worker processes for a build that remembers nothing: they start while this one still imports its modules."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import content_folder, memo
from hitoe.build.request import Request

if TYPE_CHECKING:
    from hitoe.workers import Workers

WORTH_A_WORKER = 1_000_000
"""Bytes of topic files that take longer than starting a worker does."""


@contextmanager
def early_workers(request: Request) -> Iterator["Workers | None"]:
    """Return processes for the topic files of a deck; None if a build before may have left results, or they are few."""
    remembered = "deck" not in request.outputs or (request.out / memo.FILES["deck"]).exists()
    if remembered or _size(request) < WORTH_A_WORKER:
        yield None
        return
    from hitoe import workers

    with workers.Workers(workers.MOST, request.done) as started:
        started.start(workers.load, "hitoe.build.topic_file")
        yield started


def _size(request: Request) -> int:
    """Return the bytes of the files with notes, about."""
    files = content_folder.walk(request.root).files.values()
    return sum(map(_bytes, (path for path in files if path.suffix == ".yaml")))


def _bytes(path: Path) -> int:
    """Return the size of a file, 0 if it is gone since the folder was listed: whoever reads it looks at that."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
