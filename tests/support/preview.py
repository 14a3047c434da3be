"""A preview as the author starts it, in a process of its own, and requests to it."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What the server answers."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Served:
    """A preview that runs; `host` is its name and port."""

    host: str

    def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Request a target as it is written; names of headers have `_` for `-`."""
        connection = HTTPConnection(self.host, timeout=10)
        connection.putrequest(method, target, skip_host="host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        )
        connection.close()
        return answer

    @contextmanager
    def events(self) -> Iterator[HTTPResponse]:
        """Open the stream of events."""
        connection = HTTPConnection(self.host, timeout=10)
        connection.request("GET", "/events")
        with connection.getresponse() as response:
            yield response
        connection.close()

    def cards(self) -> Any:
        """Return all that the page asks first."""
        return json.loads(self.get("/cards").body)

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the list."""
        cards = self.cards()
        return [row for name in cards["order"] for row in cards["files"][name]]

    def card(self, id_: str, *look: str) -> str:
        """Return the page of a side of a card."""
        return self.get(f"/card?id={quote(id_)}" + "".join(f"&{each}" for each in look)).body.decode()


HURRIED = """
import sys
from hitoe import cli
from hitoe.preview import follower
follower.PAUSE = 0.1
sys.exit(cli.main())
"""
"""The command line of a preview that waits less before cards are judged."""


@contextmanager
def preview(root: Path, *, hurried: bool = False) -> Iterator[Served]:
    """Start the preview of a project, and end it as Ctrl-C does."""
    start = [sys.executable, *(("-c", HURRIED) if hurried else ("-m", "hitoe"))]
    command = [*start, "preview", "-C", str(root), "--port", "0", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=_code())
    assert process.stdout
    assert process.stderr
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, process.stderr.read()
        yield Served(urlsplit(found[0]).netloc)
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


def until(get: Callable[[], T], good: Callable[[T], bool]) -> T:
    """Return the first value that is good, asked for again and again for some seconds; the last one otherwise."""
    end = time.monotonic() + 60
    while not good(value := get()) and time.monotonic() < end:
        time.sleep(0.02)
    return value


def _code() -> Path:
    return Path(__file__).resolve().parents[2] / "scripts"
