"""Requests web pages within limits: one request at a time for each server, a pause between them, and a total time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from queue import Empty, Queue
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic, sleep
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, UnknownHandler

from hitoe import __version__
from hitoe.messages import say

USER_AGENT = f"hitoe/{__version__} (looks whether the sources of study notes are still there)"
MOST_REDIRECTS = 5
REDIRECTS, PERMANENT = (301, 302, 303, 307, 308), (301, 308)
FIRST_ERROR = 400
NOT_QUOTED = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Seconds between two requests to a server, for one request, and in total; and the number of servers at a time."""

    pause: float = 0.5
    timeout: float = 10.0
    total: float = 120.0
    servers: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStatus:
    """The final HTTP status of an address, or 0 and the `error`; and the address to which it has moved permanently.

    `at` is when a cached status was requested, in seconds since 1970.
    """

    status: int
    moved: str = ""
    error: str = ""
    at: int = 0


def request_all(addresses: Sequence[str], limits: RequestLimits) -> Iterator[tuple[str, PageStatus]]:
    """Yield the status of each address as responses arrive; those that are missing after the total time never come."""
    client = _Client(limits)
    by_server: dict[str, list[str]] = {}
    for address in addresses:
        by_server.setdefault(urlsplit(address).netloc, []).append(address)
    slots = BoundedSemaphore(limits.servers)
    statuses: Queue[tuple[str, PageStatus]] = Queue()

    def work(batch: Iterable[str]) -> None:
        with slots:
            for address in batch:
                if client.seconds_left > 0:
                    statuses.put((address, client.status(address)))

    for batch in by_server.values():
        Thread(target=work, args=(batch,), daemon=True).start()  # a request that hangs must not block the exit
    for _ in addresses:
        try:
            yield statuses.get(timeout=max(client.seconds_left, 0) + limits.pause)
        except Empty:
            return


class _Client:
    """Sends requests until the total time is over, and remembers when it last sent one to each server."""

    def __init__(self, limits: RequestLimits) -> None:
        self._limits = limits
        self._end = monotonic() + limits.total
        self._locks: dict[str, Lock] = {}
        self._last: dict[str, float] = {}
        # The default opener would follow redirects by itself, raise for error statuses, and open local files.
        self._opener = OpenerDirector()
        for handler in (ProxyHandler(), UnknownHandler(), HTTPHandler(), HTTPSHandler()):
            self._opener.add_handler(handler)

    @property
    def seconds_left(self) -> float:
        """The seconds until the total time is over."""
        return self._end - monotonic()

    def status(self, address: str) -> PageStatus:
        """Return the status of an address after all its redirects."""
        at, moved, permanent = address, "", True
        try:
            for _ in range(MOST_REDIRECTS):
                status, target = self._request("HEAD", at)
                if status >= FIRST_ERROR:  # some servers reject HEAD only
                    status, target = self._request("GET", at)
                if status not in REDIRECTS or not target:
                    return PageStatus(status=status, moved=moved)
                at = urljoin(at, target)
                permanent = permanent and status in PERMANENT
                moved = at if permanent else moved
            return PageStatus(status=0, error=say("too many redirects"))
        except (OSError, HTTPException, ValueError) as error:
            return PageStatus(status=0, error=str(getattr(error, "reason", error)) or type(error).__name__)

    def _request(self, method: str, address: str) -> tuple[int, str | None]:
        """Send one request; return the status and the address of a redirect, if any."""
        parts = urlsplit(address)
        server = parts.netloc
        # A request needs ASCII: IDNA for the host name, percent-encoding for the rest.
        host = server if server.isascii() else server.encode("idna").decode()
        url = urlunsplit((parts.scheme, host, quote(parts.path, NOT_QUOTED), quote(parts.query, NOT_QUOTED), ""))
        with self._locks.setdefault(server, Lock()):
            sleep(max(0.0, self._last.get(server, 0.0) + self._limits.pause - monotonic()))
            seconds = min(self._limits.timeout, self.seconds_left)
            if seconds <= 0:
                raise TimeoutError(say("no time left"))
            request = Request(url, headers={"User-Agent": USER_AGENT}, method=method)
            try:
                with self._opener.open(request, timeout=seconds) as response:
                    return response.status, response.headers.get("Location")
            finally:
                self._last[server] = monotonic()
