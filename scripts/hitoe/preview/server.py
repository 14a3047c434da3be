"""Serves the preview on this machine alone until it is stopped. Only this module uses uvicorn."""

import asyncio
import os
import socket
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from hitoe import workers
from hitoe.preview.app import Preview
from hitoe.preview.follower import Follower
from hitoe.preview.guard import Guard
from hitoe.preview.latest_outputs import LatestOutputs
from hitoe.preview.live_project import LiveProject
from hitoe.problems import RefusedError

HOST = "127.0.0.1"


def opened(port: int) -> socket.socket:
    """Return a socket of this machine alone, with any free port for 0; raises RefusedError if the port is taken."""
    listening = socket.socket()
    if os.name == "posix":  # elsewhere it would take a port that another program has
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise RefusedError(
            "port {port} cannot be used ({error}): name another one with --port", port=port, error=error
        ) from None
    return listening


@dataclass(frozen=True, slots=True)
class ServedProject:
    """What is served: a project that was read, the address of an editor, and a folder for sheets and posts.

    `now` is the time in seconds since 1970. `ready` is given the preview's address when pages can be asked.
    """

    live: LiveProject
    editor: str
    folder: Path
    now: int
    ready: Callable[[str], None]


def serve(served: ServedProject, listening: socket.socket) -> None:
    """Serve a project until the user stops it."""
    pool = workers.background()
    try:
        asyncio.run(_serve(served, listening, pool))
    except KeyboardInterrupt:
        return
    finally:
        workers.end(pool)


async def _serve(served: ServedProject, listening: socket.socket, pool: ProcessPoolExecutor) -> None:
    port = listening.getsockname()[1]
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        started: list[asyncio.Task[None]] = []

        def start(work: Coroutine[Any, Any, None]) -> None:
            started.append(tasks.create_task(work))

        outputs = LatestOutputs(served.live, served.folder, served.now, pool, start)
        preview = Preview(served.live, outputs, served.editor, lambda: server.should_exit)
        app = Guard(preview.app(), port)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", lifespan="off", ws="none", server_header=False)
        )
        follower = Follower(served.live, preview, pool)
        start(follower.judge())
        start(follower.follow(stop))
        listening.listen()
        served.ready(f"http://{HOST}:{port}/")
        await server.serve([listening])
        stop.set()
        for task in started:  # sheets take minutes
            task.cancel()
