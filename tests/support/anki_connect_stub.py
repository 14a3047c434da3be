"""A server that speaks AnkiConnect's protocol as its documentation says, for Anki's desktop is no package of the tests.

A request is a POST of `{"action", "version", "params", "key"}`, an answer `{"result", "error"}`; an origin that is not
allowed gets the status 403, but for `requestPermission`, which also needs no key.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

MISSING_KEY, UNKNOWN = "valid api key must be provided", "unsupported action"


@dataclass
class Stub:
    """An Anki with AnkiConnect, how it is set, and what it was asked.

    `raw` is answered instead of what the protocol says, `status` with another status; `silent` answers nothing.
    """

    api_key: str | None = None
    trusted: bool = True
    version: int = 6
    actions: tuple[str, ...] = ("requestPermission", "version", "guiImportFile")
    error: str | None = None
    raw: bytes | None = None
    status: int = 200
    silent: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    done: Event = field(default_factory=Event)
    address: str = ""

    def answer(self, request: dict[str, Any]) -> Any:
        """Return what the add-on answers."""
        action = request["action"]
        if request.get("key") != self.api_key and action != "requestPermission":
            return {"result": None, "error": MISSING_KEY}
        if action not in self.actions:
            return {"result": None, "error": UNKNOWN}
        if action == "requestPermission":
            granted = {"permission": "granted", "requireApiKey": bool(self.api_key), "version": self.version}
            return {"result": granted if self.trusted else {"permission": "denied"}, "error": None}
        if action == "guiImportFile" and self.error:
            return {"result": None, "error": self.error}
        return {"result": self.version if action == "version" else None, "error": None}

    @property
    def shown(self) -> list[str]:
        """The files whose import dialog was shown."""
        return [request["params"]["path"] for request in self.asked if request["action"] == "guiImportFile"]


@contextmanager
def running(stub: Stub) -> Iterator[Stub]:
    """Serve at `stub.address` until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.asked.append(request)
            stub.headers.append(dict(self.headers))
            if stub.silent:
                stub.done.wait()
                return
            body = stub.raw if stub.raw is not None else json.dumps(stub.answer(request)).encode()
            self.send_response(stub.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Location", f"{stub.address}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stub.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stub
        finally:
            stub.done.set()
            server.shutdown()
            thread.join()
