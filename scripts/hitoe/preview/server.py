"""Serves the preview on this machine alone until it is stopped. Only this module uses uvicorn."""

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from hitoe.model.project import CONTENT
from hitoe.preview.app import Preview
from hitoe.preview.guard import Guard
from hitoe.preview.live_project import LiveProject
from hitoe.preview.watching import saves
from hitoe.problems import RefusedError

HOST = "127.0.0.1"


def opened(port: int) -> socket.socket:
    """Return a socket of this machine alone, with any free port for 0; raises RefusedError if the port is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise RefusedError(f"port {port} cannot be used ({error.strerror}): name another one with --port") from None
    return listening


def serve(live: LiveProject, editor: str, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve a project that was read, until the user stops it; `ready` is given the address when pages can be asked."""
    try:
        asyncio.run(_serve(live, editor, listening, ready))
    except KeyboardInterrupt:
        return


async def _serve(live: LiveProject, editor: str, listening: socket.socket, ready: Callable[[str], None]) -> None:
    port = listening.getsockname()[1]
    preview = Preview(live, editor, lambda: server.should_exit)
    config = uvicorn.Config(
        Guard(preview.app(), port), log_level="warning", lifespan="off", ws="none", server_header=False
    )
    server = uvicorn.Server(config)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_follow(live, preview, stop))
        listening.listen()
        ready(f"http://{HOST}:{port}/")
        await server.serve([listening])
        stop.set()


async def _follow(live: LiveProject, preview: Preview, stop: asyncio.Event) -> None:
    """Read the project again after each save, and tell the pages."""
    async for paths in saves(live.root / CONTENT, stop):
        before = live.snapshot
        others = any(path.suffix != ".yaml" for path in paths)
        preview.tell(before, await asyncio.to_thread(live.read, others))
