"""The preview's addresses. Only this module and `guard` use Starlette.

No address leads to a file by its path: the page's own files are read once, and cards have their media in them.
"""

import asyncio
import json
import mimetypes
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from hitoe.preview import editor_links, page_words, pdf_pages
from hitoe.preview.faces import Look, document
from hitoe.preview.guard import CARD_POLICY, POST_POLICY
from hitoe.preview.latest_outputs import LatestOutputs
from hitoe.preview.live_project import LiveProject, Snapshot, changes
from hitoe.preview.printing import PRINTED, Outcome
from hitoe.problems import Position, Problem
from hitoe.resources import folder
from hitoe.translation import shown

PAGE_FILES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
BEAT = 1.0
"""Seconds after which a silent stream of events looks whether the server ends."""
NUMBER = re.compile("[0-9]{1,9}")
"""Of a page; Python refuses to read a number of thousands of digits."""


class Preview:
    """What the page is told: whole at first, then what changes, each time to all pages that are open."""

    def __init__(self, live: LiveProject, outputs: LatestOutputs, editor: str, ends: Callable[[], bool]) -> None:
        """Take the project, its outputs, an editor's address (see `editor_links`), and what says if the server ends."""
        self._live, self._outputs, self._editor, self._ends = live, outputs, editor, ends
        self._pages: set[asyncio.Queue[dict[str, Any]]] = set()
        names = sorted((folder() / "preview").iterdir())
        self._files = {path.name: path.read_bytes() for path in names if path.suffix in PAGE_FILES}
        self._files["index.html"] = page_words.page().encode()

    def app(self) -> Starlette:
        """Return the application."""
        routes = [
            Route("/", self._page),
            Route("/files/{name}", self._page),
            Route("/cards", self._cards),
            Route("/events", self._events),
            Route("/card", self._card),
            Route("/place", self._place),
            Route("/printed/{output}", self._printed),
            Route("/page", self._pdf_page),
            Route("/log/{name:path}", self._post),
        ]
        return Starlette(routes=routes)

    def tell(self, before: Snapshot, after: Snapshot) -> None:
        """Tell all pages what is other in a snapshot than in the one before."""
        found = {"findings": self._found(after)} if after.findings is not before.findings else {}
        self.send(changes(before, after) | self._told(after) | found)

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to all pages."""
        for page in self._pages:
            page.put_nowait(message)

    def _told(self, found: Snapshot | Outcome) -> dict[str, Any]:
        """Return what is wrong in the notes, or was found while an output was made, as data for JSON."""
        return {
            "problems": [self._problem(each) for each in found.problems],
            "warnings": [self._problem(each) for each in found.warnings],
        }

    def _found(self, snapshot: Snapshot) -> list[dict[str, Any]]:
        return [self._problem(each) for each in snapshot.findings]

    def _problem(self, problem: Problem) -> dict[str, Any]:
        return {"message": shown(problem.message), **self._at(problem.at)}

    def _at(self, at: Position) -> dict[str, Any]:
        return {"at": str(at), "link": editor_links.link(self._editor, self._live.root, at)}

    async def _page(self, request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in self._files:
            return Response(status_code=404)
        return Response(self._files[name], media_type=PAGE_FILES[Path(name).suffix])

    async def _cards(self, _: Request) -> Response:
        snapshot = self._live.snapshot
        told = self._told(snapshot) | {"findings": self._found(snapshot)}
        return JSONResponse(changes(Snapshot(), snapshot) | told)

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        """Yield events as they come, and a comment from time to time, until the page or the server ends."""
        page: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield ": open\n\n"
            while not self._ends():
                try:
                    message = await asyncio.wait_for(page.get(), BEAT)
                except TimeoutError:
                    yield ":\n\n"
                else:
                    yield f"data: {json.dumps(message, ensure_ascii=False)}\n\n"
        finally:
            self._pages.discard(page)

    async def _card(self, request: Request) -> Response:
        """Answer with one side of a card; `id` is its guid and ord."""
        asked, snapshot = request.query_params, self._live.snapshot
        guid, _, number = asked.get("id", "").rpartition(":")
        note = snapshot.notes.get(guid)
        if note is None or number not in map(str, note.ords):
            return Response(status_code=404)
        look = Look("back" in asked, "night" in asked, "phone" in asked, snapshot.language)
        page = await asyncio.to_thread(document, note, int(number), snapshot.models[note.type], look, self._live.root)
        return Response(page, media_type="text/html", headers={"content-security-policy": CARD_POLICY})

    async def _place(self, request: Request) -> Response:
        at = await asyncio.to_thread(self._live.snapshot.place, request.query_params.get("guid", ""))
        return JSONResponse(self._at(at)) if at else Response(status_code=404)

    async def _printed(self, request: Request) -> Response:
        """Answer with the files of an output as it was last good; if notes have changed since, it is made again."""
        output = request.path_params["output"]
        if output not in PRINTED:
            return Response(status_code=404)
        outcome, working = self._outputs.wanted(output, lambda: self.send({"printed": output}))
        made = [asdict(file) for file in outcome.made]
        known = {"made": made, "working": working, "failed": shown(outcome.failed)}
        return JSONResponse(known | self._told(outcome))

    async def _pdf_page(self, request: Request) -> Response:
        """Answer with a page of a sheet, counted from 0, as a picture."""
        asked = request.query_params
        pdf, number = self._outputs.file("sheet", asked.get("file", "")), asked.get("number", "")
        known = NUMBER.fullmatch(number)
        picture = await asyncio.to_thread(pdf_pages.picture, pdf, int(number)) if pdf and known else None
        return Response(picture, media_type="image/png") if picture else Response(status_code=404)

    async def _post(self, request: Request) -> Response:
        name = request.path_params["name"]
        content = self._outputs.file("log", name)
        if content is None:
            return Response(status_code=404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=kind, headers={"content-security-policy": POST_POLICY})
